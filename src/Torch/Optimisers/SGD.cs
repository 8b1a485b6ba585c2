using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    public class SGD : OptimizerHelper
    {
        /// <summary>Moves parameters with the same settings.</summary>
        public SGD(
            IEnumerable<Parameter> parameters,
            double lr,
            double momentum = 0.0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>Moves groups of parameters; these settings are for what the groups leave open.</summary>
        public SGD(
            IEnumerable<ParamGroup> parameters,
            double lr,
            double momentum = 0.0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : base(
                parameters,
                Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                }))
        {
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Step(OptimizerOptions options, IReadOnlyList<Gradient> gradients)
        {
            if (gradients.Count == 0)
            {
                return;
            }

            var settings = (Options)options;
            torch.Tensor[] parameters = [.. gradients.Select(gradient => gradient.Parameter)];
            torch.Tensor[] directions = [.. gradients.Select(gradient => gradient.Value)];
            if (settings.weight_decay is > 0 and var decay)
            {
                directions = Aten.ForeachAddList.CallList(directions, parameters, decay);
            }

            if (settings.momentum is > 0 and var momentum)
            {
                torch.Tensor[] velocities =
                    [.. gradients.Zip(directions, (gradient, direction) => Velocity((State)gradient.State, direction, settings))];
                directions = settings.nesterov == true ? Aten.ForeachAddList.CallList(directions, velocities, momentum) : velocities;
            }

            var rate = settings.LearningRate!.Value;
            Aten.ForeachAddInPlaceList.Apply(parameters, directions, settings.maximize == true ? rate : -rate);
        }

        private static torch.Tensor Velocity(State state, torch.Tensor direction, Options settings)
        {
            if (state.momentum_buffer is null)
            {
                state.momentum_buffer = direction.clone().DetachFromDisposeScope();
            }
            else
            {
                state.momentum_buffer.mul_(settings.momentum!.Value).add_(direction, 1 - settings.dampening!.Value);
            }

            return state.momentum_buffer;
        }

        private static Options Checked(Options options)
        {
            if (options.LearningRate < 0 || options.momentum < 0 || options.weight_decay < 0)
            {
                throw new ArgumentException(
                    $"lr = {options.LearningRate}, momentum = {options.momentum} and weight_decay = {options.weight_decay} must not be negative");
            }

            if (options.nesterov == true && (options.momentum <= 0 || options.dampening != 0))
            {
                throw new ArgumentException("nesterov needs a momentum and no dampening");
            }

            return options;
        }

        /// <summary>The settings of a group.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How much of the velocity stays.</summary>
            public double? momentum { get; set; }

            /// <summary>How much of a gradient does not enter the velocity.</summary>
            public double? dampening { get; set; }

            /// <summary>How much of the parameter is added to its gradient.</summary>
            public double? weight_decay { get; set; }

            /// <summary>Whether the gradient is looked up ahead.</summary>
            public bool? nesterov { get; set; }

            /// <summary>Whether to go up instead of down.</summary>
            public bool? maximize { get; set; }

            /// <summary>Takes over the settings of another.</summary>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                (nesterov, maximize) = (other.nesterov, other.maximize);
            }

            internal override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                var whole = (Options)defaults;
                (momentum, dampening) = (momentum ?? whole.momentum, dampening ?? whole.dampening);
                (weight_decay, nesterov, maximize) = (weight_decay ?? whole.weight_decay, nesterov ?? whole.nesterov, maximize ?? whole.maximize);
            }
        }

        /// <summary>What it remembers about a parameter.</summary>
        public sealed class State : OptimizerState
        {
            /// <summary>Nothing yet, about a parameter.</summary>
            public State(Parameter parameter)
                : base(parameter)
            {
            }

            /// <summary>The velocity; null before the first step with momentum.</summary>
            public torch.Tensor? momentum_buffer { get; set; }

            /// <summary>Starts over.</summary>
            public override void Initialize(OptimizerOptions options) => Hold(null);

            /// <summary>Takes over a copy of what another remembers.</summary>
            public override void LoadStateDict(OptimizerState source) => Hold(Copy(((State)source).momentum_buffer));

            internal override void Release() => momentum_buffer?.Dispose();

            private void Hold(torch.Tensor? velocity)
            {
                Release();
                momentum_buffer = velocity;
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
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent with momentum.</summary>
            public static SGD SGD(
                IEnumerable<Parameter> parameters,
                double learningRate,
                double momentum = 0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent with momentum; the settings are for what the groups leave open.</summary>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters,
                double learningRate,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
