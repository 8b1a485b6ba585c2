namespace TorchSharp.Modules
{
    /// <summary>What comes in.</summary>
    public sealed class Identity : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        /// <summary>What comes in.</summary>
        public override torch.Tensor forward(torch.Tensor input) => input.alias();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What comes in.</summary>
            public static Modules.Identity Identity() => new();
        }
    }
}
