namespace TorchSharp.Modules
{
    /// <summary>Dimensions from start to end made one.</summary>
    public sealed class Flatten : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Flatten(long start_dim = 1, long end_dim = -1)
            : base(nameof(Flatten))
        {
            this.start_dim = start_dim;
            this.end_dim = end_dim;
        }

        /// <summary>The first that is joined.</summary>
        public long start_dim { get; set; }

        /// <summary>The last that is joined.</summary>
        public long end_dim { get; set; }

        /// <summary>Dimensions from start to end made one.</summary>
        public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Dimensions from start to end made one.</summary>
            public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}
