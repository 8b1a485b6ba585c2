using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and learning-rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>What has a learning rate that a schedule sets.</summary>
        public interface ILearningRateController
        {
            /// <summary>The rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The rate that it began with.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Changes parameters by their gradients. Its own tensors are in no dispose scope and go with it.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>The groups of parameters, each with its rate.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>Sets all gradients to 0.</summary>
            public abstract void zero_grad();

            /// <summary>
            /// One step on all parameters that have a gradient. With a closure that computes the loss again, that loss is returned.
            /// </summary>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>All parameters.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Adds parameters with a rate of their own.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Disposes its own tensors; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes its own tensors.</summary>
            protected abstract void Dispose(bool disposing);

            /// <summary>Options of each group and the state of each parameter, in their order: the live objects, not copies.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>One for each group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>One for each parameter.</summary>
                public List<OptimizerState> State { get; } = [];
            }
        }
    }
}
