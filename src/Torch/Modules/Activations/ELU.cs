namespace TorchSharp.Modules
{
    /// <summary>x for positive elements, alpha (e^x - 1) for the others.</summary>
    public sealed class ELU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal ELU(double alpha = 1.0, bool inplace = false)
            : base(nameof(ELU))
        {
            this.alpha = alpha;
            this.inplace = inplace;
        }

        /// <summary>How deep it goes.</summary>
        public double alpha { get; set; }

        /// <summary>Whether it overwrites its input.</summary>
        public bool inplace { get; set; }

        /// <summary>x for positive elements, alpha (e^x - 1) for the others.</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.elu(input, alpha, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x for positive elements, alpha (e^x - 1) for the others.</summary>
            public static Modules.ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            public static partial class functional
            {
                /// <summary>x for positive elements, alpha (e^x - 1) for the others; in place, the input itself.</summary>
                public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? x.copy_(x.elu(alpha)).alias() : x.elu(alpha);
            }
        }
    }
}
