using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Work on the parameters of modules.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients together so that their p-norm, taken over all of them as one vector, is at most max_norm. Returns the norm
            /// found, which waits for the device.
            /// </summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                if (gradients.Length == 0)
                {
                    return 0;
                }

                var norm = double.IsPositiveInfinity(norm_type)
                    ? stack(gradients.Select(gradient => gradient.abs().max())).max()
                    : Aten.LinalgVectorNorm.Call(stack(Aten.ForeachNormScalar.CallList(gradients, norm_type)), norm_type);
                var found = norm.ToDouble();
                var scale = max_norm / (found + 1e-6);
                if (scale < 1)
                {
                    Aten.ForeachMulInPlaceScalar.Apply(gradients, scale);
                }

                return found;
            }

            /// <summary>Cuts every element of every gradient to ±clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in Gradients(tensors))
                {
                    gradient.clamp_(-clip_value, clip_value);
                }
            }

            /// <summary>All parameters one after the other as a vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return scope.MoveToOuter(cat([.. tensors.Select(tensor => tensor.reshape(-1))]));
            }

            /// <summary>Copies the parts of a vector into the parameters, one after the other.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var start = 0L;
                foreach (var tensor in tensors)
                {
                    tensor.copy_(vec.narrow(0, start, tensor.numel()).view_as(tensor));
                    start += tensor.numel();
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> parameters) =>
                [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        }
    }
}
