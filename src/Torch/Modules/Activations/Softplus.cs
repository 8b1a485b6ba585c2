namespace TorchSharp.Modules
{
    /// <summary>log(1 + e^(beta x)) / beta, the straight line above the threshold.</summary>
    public sealed class Softplus : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Softplus(double beta = 1, double threshold = 20)
            : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        /// <summary>How sharp it turns.</summary>
        public double beta { get; set; }

        /// <summary>From where on it is a straight line.</summary>
        public double threshold { get; set; }

        /// <summary>log(1 + e^(beta x)) / beta, the straight line above the threshold.</summary>
        public override torch.Tensor forward(torch.Tensor input) => input.softplus(beta, threshold);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>log(1 + e^(beta x)) / beta, the straight line above the threshold.</summary>
            public static Modules.Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            public static partial class functional
            {
                /// <summary>log(1 + e^(beta x)) / beta, the straight line above the threshold.</summary>
                public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);
            }
        }
    }
}
