namespace TorchSharp.Modules;

public partial class Adam
{
    /// <summary>The settings of a group; null takes the optimiser's.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>All open.</summary>
        public Options()
        {
        }

        internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            (LearningRate, InitialLearningRate) = (lr, lr);
            (this.beta1, this.beta2, this.eps) = (beta1, beta2, eps);
            (this.weight_decay, this.amsgrad, this.maximize) = (weight_decay, amsgrad, maximize);
        }

        /// <summary>How slowly the mean of the gradients follows, from 0 to before 1.</summary>
        public double? beta1 { get; set; }

        /// <summary>How slowly the mean of the squares follows, from 0 to before 1.</summary>
        public double? beta2 { get; set; }

        /// <summary>How fast parameters shrink.</summary>
        public double? weight_decay { get; set; }

        /// <summary>Keeps the division away from 0.</summary>
        public double? eps { get; set; }

        /// <summary>Whether the largest mean of squares so far is divided by.</summary>
        public bool? amsgrad { get; set; }

        /// <summary>Whether to go up instead of down.</summary>
        public bool? maximize { get; set; }

        /// <summary>Takes over the settings of another.</summary>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, weight_decay) = (other.beta1, other.beta2, other.weight_decay);
            (eps, amsgrad, maximize) = (other.eps, other.amsgrad, other.maximize);
        }

        internal Options Checked()
        {
            Require(LearningRate >= 0, "lr", LearningRate);
            Require(eps >= 0, nameof(eps), eps);
            Require(beta1 is >= 0 and < 1, nameof(beta1), beta1);
            Require(beta2 is >= 0 and < 1, nameof(beta2), beta2);
            Require(weight_decay >= 0, nameof(weight_decay), weight_decay);
            return this;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var whole = (Options)defaults;
            (beta1, beta2, weight_decay) = (beta1 ?? whole.beta1, beta2 ?? whole.beta2, weight_decay ?? whole.weight_decay);
            (eps, amsgrad, maximize) = (eps ?? whole.eps, amsgrad ?? whole.amsgrad, maximize ?? whole.maximize);
            Checked();
        }

        private static void Require(bool holds, string name, double? value)
        {
            if (!holds)
            {
                throw new ArgumentException($"{name} = {value} is out of range");
            }
        }
    }

    /// <summary>The means of a parameter's gradients and of their squares.</summary>
    public sealed class State : OptimizerState
    {
        /// <summary>Zeros for a parameter.</summary>
        public State(Parameter parameter)
            : base(parameter) => (exp_avg, exp_avg_sq) = (Zeros(), Zeros());

        /// <summary>How many steps it took.</summary>
        public long step { get; set; }

        /// <summary>The mean of the gradients.</summary>
        public torch.Tensor exp_avg { get; set; }

        /// <summary>The mean of their squares.</summary>
        public torch.Tensor exp_avg_sq { get; set; }

        /// <summary>The largest mean of squares so far; null unless asked for.</summary>
        public torch.Tensor? max_exp_avg_sq { get; set; }

        /// <summary>Starts over from zeros.</summary>
        public override void Initialize(OptimizerOptions options) =>
            Hold(0, Zeros(), Zeros(), ((Options)options).amsgrad == true ? Zeros() : null);

        /// <summary>Takes over a copy of what another remembers.</summary>
        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            Hold(other.step, Copy(other.exp_avg)!, Copy(other.exp_avg_sq)!, Copy(other.max_exp_avg_sq));
        }

        internal override void Release()
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        private void Hold(long steps, torch.Tensor mean, torch.Tensor square, torch.Tensor? largest)
        {
            Release();
            (step, exp_avg, exp_avg_sq, max_exp_avg_sq) = (steps, mean, square, largest);
        }
    }

    /// <summary>Parameters with settings of their own.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        /// <summary>No parameters yet.</summary>
        public ParamGroup()
        {
        }

        /// <summary>Parameters with their settings.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        /// <summary>Parameters with their settings.</summary>
        public ParamGroup(
            IEnumerable<Parameter> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
            : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
        }
    }
}
