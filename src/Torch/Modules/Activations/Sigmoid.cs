namespace TorchSharp.Modules
{
    /// <summary>1 / (1 + e^-x).</summary>
    public sealed class Sigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        /// <summary>1 / (1 + e^-x).</summary>
        public override torch.Tensor forward(torch.Tensor input) => input.sigmoid();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>1 / (1 + e^-x).</summary>
            public static Modules.Sigmoid Sigmoid() => new();

            public static partial class functional
            {
                /// <summary>1 / (1 + e^-x).</summary>
                public static Tensor sigmoid(Tensor x) => x.sigmoid();
            }
        }
    }
}
