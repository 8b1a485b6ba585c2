namespace TorchSharp.Modules
{
    /// <summary>x / (1 + e^-x).</summary>
    public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        /// <summary>x / (1 + e^-x).</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.silu(input);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x / (1 + e^-x).</summary>
            public static Modules.SiLU SiLU() => new();

            public static partial class functional
            {
                /// <summary>x / (1 + e^-x).</summary>
                public static Tensor silu(Tensor x) => x.silu();
            }
        }
    }
}
