namespace TorchSharp.Modules
{
    /// <summary>x for positive elements, a small slope for the others.</summary>
    public sealed class LeakyReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal LeakyReLU(double negative_slope = 0.01)
            : base(nameof(LeakyReLU))
        {
            this.negative_slope = negative_slope;
        }

        /// <summary>The slope below 0.</summary>
        public double negative_slope { get; set; }

        /// <summary>x for positive elements, a small slope for the others.</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.leaky_relu(input, negative_slope);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x for positive elements, a small slope for the others.</summary>
            public static Modules.LeakyReLU LeakyReLU(double negative_slope = 0.01) => new(negative_slope);

            public static partial class functional
            {
                /// <summary>x for positive elements, a small slope for the others.</summary>
                public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01) => input.leaky_relu(negative_slope);
            }
        }
    }
}
