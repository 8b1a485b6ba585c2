using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>Lets a policy act in an environment and writes down what happens.</summary>
/// <param name="environment">Where to act; not disposed here.</param>
/// <param name="policy">Who acts.</param>
/// <param name="normaliser">What the policy's observations go through.</param>
/// <param name="random">The noise of the actions.</param>
public sealed class Collector(IEnvironment environment, GaussianPolicy policy, ObservationNormaliser normaliser, CounterRandom random)
{
    private readonly float[] _noise = new float[environment.WorldCount * environment.ActionCount];

    /// <summary>Control steps done so far, in every world: also the place in the noise.</summary>
    public ulong StepsDone { get; set; }

    /// <summary>Fills a rollout.</summary>
    public void Collect(Rollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        rollout.Clear();
        using IDisposable unrecorded = no_grad();
        for (int step = 0; step < rollout.Steps; step++)
        {
            Look(rollout, step);
            Act(rollout, step);
            environment.Step(Rollout.At(rollout.Actions, step));
            Record(rollout, step);
        }

        Look(rollout, rollout.Steps);
    }

    private void Look(Rollout rollout, int step)
    {
        environment.Observe(Rollout.At(rollout.Observations, step));
        for (int world = 0; world < rollout.Worlds; world++)
        {
            rollout.Rows[(step * rollout.Worlds) + world] = environment.RowOf(world);
        }
    }

    private void Act(Rollout rollout, int step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor means = policy.call(normaliser.Normalise(rollout.Observations.select(0, step))); // [world, action]
        rollout.Means.select(0, step).copy_(means);
        random.Normal(StepsDone++ * (ulong)_noise.Length, _noise);
        Span<float> actions = Rollout.At(rollout.Actions, step);
        ReadOnlySpan<float> centers = Rollout.At(rollout.Means, step);
        for (int index = 0; index < actions.Length; index++)
        {
            actions[index] = centers[index] + (policy.Deviation * _noise[index]);
        }
    }

    private void Record(Rollout rollout, int step)
    {
        int at = step * rollout.Worlds;
        environment.Rewards.CopyTo(rollout.Rewards.AsSpan(at));
        environment.Terminated.CopyTo(rollout.Terminated.AsSpan(at));
        environment.Truncated.CopyTo(rollout.Truncated.AsSpan(at));
        for (int world = 0; world < rollout.Worlds; world++)
        {
            if (environment.Truncated[world])
            {
                rollout.AddFinal(environment.FinalObservation(world));
            }
        }
    }
}
