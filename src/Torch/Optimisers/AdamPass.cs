using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchSharp.Modules;

public partial class Adam
{
    /// <summary>
    /// A step on the processor in one pass over memory: parameters, gradients and both means are read once and written once, where one operator after
    /// the other would go over them nine times.
    /// </summary>
    private readonly record struct AdamPass(float Beta1, float Beta2, float Rate, float Root, float Epsilon, float GradientDecay, float Shrink, float Sign)
    {
        public static AdamPass Of(Options options, long step, bool decoupled)
        {
            double beta1 = options.beta1!.Value, beta2 = options.beta2!.Value, rate = options.LearningRate!.Value, decay = options.weight_decay ?? 0;
            return new(
                (float)beta1,
                (float)beta2,
                (float)(rate / (1 - Math.Pow(beta1, step))),
                (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))),
                (float)options.eps!.Value,
                decoupled ? 0 : (float)decay,
                decoupled ? (float)(1 - (rate * decay)) : 1,
                options.maximize == true ? -1 : 1);
        }

        /// <summary>Whether a parameter's memory can be gone over in order.</summary>
        public static bool Fits(Gradient gradient) =>
            Plain(gradient.Parameter) && Plain(gradient.Value) && Plain(((State)gradient.State).exp_avg) && Plain(((State)gradient.State).exp_avg_sq);

        public void Over(State state, torch.Tensor parameter, torch.Tensor gradient)
        {
            Span<float> values = Numbers(parameter), slopes = Numbers(gradient), means = Numbers(state.exp_avg), squares = Numbers(state.exp_avg_sq);
            int width = Vector<float>.Count, whole = values.Length - (values.Length % width);
            for (int at = 0; at < whole; at += width)
            {
                Vector<float> value = new(values[at..]);
                Vector<float> slope = (Sign * new Vector<float>(slopes[at..])) + (GradientDecay * value);
                Vector<float> mean = (Beta1 * new Vector<float>(means[at..])) + ((1 - Beta1) * slope);
                Vector<float> square = (Beta2 * new Vector<float>(squares[at..])) + ((1 - Beta2) * slope * slope);
                mean.CopyTo(means[at..]);
                square.CopyTo(squares[at..]);
                ((Shrink * value) - (Rate * mean / ((Root * Vector.SquareRoot(square)) + new Vector<float>(Epsilon)))).CopyTo(values[at..]);
            }

            for (int at = whole; at < values.Length; at++)
            {
                float slope = (Sign * slopes[at]) + (GradientDecay * values[at]);
                means[at] = (Beta1 * means[at]) + ((1 - Beta1) * slope);
                squares[at] = (Beta2 * squares[at]) + ((1 - Beta2) * slope * slope);
                values[at] = (Shrink * values[at]) - (Rate * means[at] / ((Root * MathF.Sqrt(squares[at])) + Epsilon));
            }
        }

        private static bool Plain(torch.Tensor tensor) => tensor.dtype == torch.ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

        private static Span<float> Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
    }
}
