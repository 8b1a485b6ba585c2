namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning-rate schedules: each is a rule for the rate at an epoch, from the rate that a group began with.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the rates of an optimiser's groups, at first for epoch 0 and then for the next one at every step.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer optimizer;
                private readonly double[] initial;
                private int epoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    this.optimizer = optimizer;
                    initial = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    epoch = last_epoch;
                }

                /// <summary>Goes to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes to an epoch, or the next one.</summary>
                public virtual void step(int? epoch)
                {
                    this.epoch = epoch ?? this.epoch + 1;
                    foreach (var (group, rate) in optimizer.ParamGroups.Zip(initial))
                    {
                        group.LearningRate = Rate(this.epoch, rate);
                    }
                }

                /// <summary>The rates of the groups now.</summary>
                public IEnumerable<double> get_last_lr() => optimizer.ParamGroups.Select(group => group.LearningRate);

                /// <summary>The rate at an epoch of a group that began with <paramref name="initial"/>.</summary>
                internal abstract double Rate(int epoch, double initial);
            }

            /// <summary>The rate times a function of the epoch.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) => rate * lr_lambda(epoch));

            /// <summary>The rate times gamma after every so many epochs.</summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) => rate * Math.Pow(gamma, epoch / step_size));

            /// <summary>The rate times gamma at every milestone.</summary>
            public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) => rate * Math.Pow(gamma, milestones.Count(milestone => milestone <= epoch)));

            /// <summary>The rate times gamma at every epoch.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) => rate * Math.Pow(gamma, epoch));

            /// <summary>The rate times a factor that goes evenly from start to end within total_iters epochs, and stays.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) =>
                    rate * (start_factor + ((end_factor - start_factor) * Math.Min(total_iters, epoch) / total_iters)));

            /// <summary>From the rate to eta_min along half a cosine within T_max epochs (Loshchilov and Hutter 2017, equation 5).</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1) =>
                new Rule(optimizer, last_epoch, (epoch, rate) =>
                    eta_min + ((rate - eta_min) * (1 + Math.Cos(Math.PI * epoch / T_max)) / 2));

            /// <summary>One schedule after the other; each begins at epoch 0 when its milestone comes.</summary>
            public static LRScheduler SequentialLR(
                Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
            {
                LRScheduler[] parts = [.. schedulers];
                int[] starts = [0, .. milestones];
                if (parts.Length != starts.Length)
                {
                    throw new ArgumentException($"{parts.Length} schedules need {parts.Length - 1} milestones; {starts.Length - 1} were given");
                }

                return new Rule(optimizer, last_epoch, (epoch, rate) =>
                {
                    var part = Array.FindLastIndex(starts, start => start <= epoch);
                    return parts[part].Rate(epoch - starts[part], rate);
                });
            }

            private sealed class Rule : LRScheduler
            {
                private readonly Func<int, double, double> rule;

                internal Rule(Optimizer optimizer, int last_epoch, Func<int, double, double> rule)
                    : base(optimizer, last_epoch)
                {
                    this.rule = rule;
                    step();
                }

                internal override double Rate(int epoch, double initial) => rule(epoch, initial);
            }
        }
    }
}
