namespace TorchSharp.Modules
{
    /// <summary>The hyperbolic tangent.</summary>
    public sealed class Tanh : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        /// <summary>The hyperbolic tangent.</summary>
        public override torch.Tensor forward(torch.Tensor input) => input.tanh();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The hyperbolic tangent.</summary>
            public static Modules.Tanh Tanh() => new();

            public static partial class functional
            {
                /// <summary>The hyperbolic tangent.</summary>
                public static Tensor tanh(Tensor x) => x.tanh();
            }
        }
    }
}
