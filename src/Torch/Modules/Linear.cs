using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>y = x Wᵀ + b.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            register_parameter(nameof(weight), torch.empty(outputSize, inputSize, dtype, device).AsParameter());
            torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (hasBias)
            {
                register_parameter(nameof(bias), torch.empty(outputSize, dtype, device).AsParameter());
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                torch.nn.init.uniform_(bias!, -bound, bound);
            }
        }

        /// <summary>Size of the last dimension that it takes.</summary>
        public long in_features { get; }

        /// <summary>Size of the last dimension that it gives.</summary>
        public long out_features { get; }

        /// <summary>W [out, in], at first even within ±1/√in.</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ReplaceParameter(nameof(weight), value);
        }

        /// <summary>b [out], at first even within ±1/√in, or null.</summary>
        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ReplaceParameter(nameof(bias), value);
        }

        /// <summary>[…, in] to […, out].</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y = x Wᵀ + b from size to size.</summary>
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            /// <summary>The computations of modules without their state.</summary>
            public static partial class functional
            {
                /// <summary>x Wᵀ + b.</summary>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Linear.Call(input, weights, bias);
            }
        }
    }
}
