using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>What happened in every world between two updates: all tables are [step, world, …]; tensors are on the learner's device.</summary>
public sealed class Rollout : IDisposable
{
    private readonly int _features;
    private readonly List<float> _finalObservations = [];

    /// <summary>Makes room.</summary>
    /// <param name="steps">Steps of every world.</param>
    /// <param name="worlds">Number of worlds.</param>
    /// <param name="features">Numbers in an observation.</param>
    /// <param name="actions">Numbers in an action.</param>
    /// <param name="device">Where tensors are; the processor when null.</param>
    /// <param name="labelled">Whether there is room for what a teacher would have done.</param>
    public Rollout(int steps, int worlds, int features, int actions, Device? device = null, bool labelled = false)
    {
        (Steps, Worlds, _features) = (steps, worlds, features);
        Device = device ?? CPU;
        Observations = zeros([steps + 1, worlds, features], device: Device).DetachFromDisposeScope();
        Means = zeros([steps, worlds, actions], device: Device).DetachFromDisposeScope();
        Actions = zeros([steps, worlds, actions], device: Device).DetachFromDisposeScope();
        Labels = labelled ? zeros([steps, worlds, actions], device: Device).DetachFromDisposeScope() : null;
        Trust = labelled ? zeros([steps, worlds], device: Device).DetachFromDisposeScope() : null;
        Rewards = new float[steps * worlds];
        Rows = new int[(steps + 1) * worlds];
        Terminated = new bool[steps * worlds];
        Truncated = new bool[steps * worlds];
    }

    /// <summary>Where tensors are.</summary>
    public Device Device { get; }

    /// <summary>Steps of every world.</summary>
    public int Steps { get; }

    /// <summary>Number of worlds.</summary>
    public int Worlds { get; }

    /// <summary>Steps of all worlds.</summary>
    public int Samples => Steps * Worlds;

    /// <summary>Observations before each step, and after the last: [step + 1, world, feature].</summary>
    public Tensor Observations { get; }

    /// <summary>Means of the actions: [step, world, action].</summary>
    public Tensor Means { get; }

    /// <summary>Actions that were taken: [step, world, action].</summary>
    public Tensor Actions { get; }

    /// <summary>What a teacher would have done, or null: [step, world, action].</summary>
    public Tensor? Labels { get; }

    /// <summary>How far to trust it, 0 to 1, or null: [step, world].</summary>
    public Tensor? Trust { get; }

    /// <summary>Rewards: [step × world].</summary>
    public float[] Rewards { get; }

    /// <summary>Rows of the reference that worlds should match before each step, and after the last: [(step + 1) × world].</summary>
    public int[] Rows { get; }

    /// <summary>Which steps ended in failure: [step × world].</summary>
    public bool[] Terminated { get; }

    /// <summary>Which steps ended an episode that could have gone on: [step × world].</summary>
    public bool[] Truncated { get; }

    /// <summary>Number of episodes that were cut short.</summary>
    public int FinalCount => _finalObservations.Count / _features;

    /// <summary>Observations of the states in which episodes were cut short, by steps and then worlds: [episode, feature]. The caller owns it.</summary>
    public Tensor FinalObservations() => tensor(_finalObservations).view(FinalCount, _features).to(Device);

    /// <summary>Forgets the episodes that were cut short before.</summary>
    public void Clear() => _finalObservations.Clear();

    /// <summary>Takes the observation in which an episode was cut short.</summary>
    public void AddFinal(ReadOnlySpan<float> observation) => _finalObservations.AddRange(observation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Observations.Dispose();
        Means.Dispose();
        Actions.Dispose();
        Labels?.Dispose();
        Trust?.Dispose();
    }
}
