namespace TorchSharp.Modules
{
    /// <summary>The larger of each element and 0.</summary>
    public sealed class ReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal ReLU(bool inplace = false)
            : base(nameof(ReLU))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether it overwrites its input.</summary>
        public bool inplace { get; set; }

        /// <summary>The larger of each element and 0.</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.relu(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The larger of each element and 0.</summary>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>The larger of each element and 0; in place, the input itself.</summary>
                public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();
            }
        }
    }
}
