namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module learns. It takes over the tensor that it is made from, and its place in a scope.</summary>
    public class Parameter : torch.Tensor
    {
        /// <summary>Takes over <paramref name="data"/>, which is used up.</summary>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data) => this.requires_grad = requires_grad;
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Modules, their functions, and ways to start them.</summary>
        public static partial class nn
        {
            /// <summary>A tensor that a module learns; it takes over <paramref name="data"/>.</summary>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
