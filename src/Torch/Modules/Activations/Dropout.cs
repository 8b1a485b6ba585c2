namespace TorchSharp.Modules
{
    /// <summary>In training, zeros with a probability and the rest scaled up; in use, what comes in.</summary>
    public sealed class Dropout : ParameterLessModule<torch.Tensor, torch.Tensor>
    {
        internal Dropout(double p = 0.5)
            : base(nameof(Dropout))
        {
            this.p = p;
        }

        /// <summary>The probability of a zero.</summary>
        public double p { get; set; }

        /// <summary>In training, zeros with a probability and the rest scaled up; in use, what comes in.</summary>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout(input, p, training);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>In training, zeros with a probability and the rest scaled up; in use, what comes in.</summary>
            public static Modules.Dropout Dropout(double p = 0.5) => new(p);

            public static partial class functional
            {
                /// <summary>In training, zeros with a probability and the rest scaled up; else what comes in.</summary>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true) => Motion.Torch.Native.Aten.Dropout.Call(input, p, training);
            }
        }
    }
}
