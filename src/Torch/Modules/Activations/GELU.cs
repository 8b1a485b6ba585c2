namespace TorchSharp.Modules
{
    /// <summary>x times the normal distribution up to x.</summary>
    public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal GELU()
            : base(nameof(GELU))
        {
        }

        /// <summary>x times the normal distribution up to x.</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.gelu(input);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x times the normal distribution up to x.</summary>
            public static Modules.GELU GELU() => new();

            public static partial class functional
            {
                /// <summary>x times the normal distribution up to x.</summary>
                public static Tensor gelu(Tensor x) => x.gelu();
            }
        }
    }
}
