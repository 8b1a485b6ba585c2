using Motion.Policies.Planning;

namespace Motion.Distillation.Planning;

/// <summary>Whoever can act and write down what happens: where a planner's trajectories come from.</summary>
public interface IRolloutSource : IDisposable
{
    /// <summary>What states and actions are.</summary>
    StateLayout Layout { get; }

    /// <summary>Names of what is being done; rollouts refer to them by index.</summary>
    IReadOnlyList<string> Skills { get; }

    /// <summary>Everything that decides what is rolled out, as text: data of another description is not gone on with.</summary>
    string Description { get; }

    /// <summary>Acts. The same number gives the same rollout, whatever was rolled out before.</summary>
    /// <param name="number">Which rollout: another one gives another.</param>
    /// <param name="rollout">What is filled, all of it.</param>
    void Roll(int number, TrajectoryRollout rollout);
}

/// <summary>What happened beside each other in some worlds: tables [world, step, …].</summary>
/// <param name="Worlds">How many worlds.</param>
/// <param name="Steps">Control steps of each.</param>
/// <param name="StateCount">Numbers in a state.</param>
/// <param name="ActionCount">Numbers in an action.</param>
public sealed record TrajectoryRollout(int Worlds, int Steps, int StateCount, int ActionCount)
{
    /// <summary>Flag of a step before which nothing belongs to the same trajectory.</summary>
    public const byte Start = 1;

    /// <summary>Flag of a step in which the character fell.</summary>
    public const byte Fall = 2;

    /// <summary>States before the actions, physical: [world, step, feature].</summary>
    public float[] States { get; } = new float[Worlds * Steps * StateCount];

    /// <summary>Clean actions, joint targets, rad, while noisy ones were carried out: [world, step, actuator].</summary>
    public float[] Actions { get; } = new float[Worlds * Steps * ActionCount];

    /// <summary>Flags: [world, step].</summary>
    public byte[] Flags { get; } = new byte[Worlds * Steps];

    /// <summary>What is being done: [world, step].</summary>
    public int[] Skills { get; } = new int[Worlds * Steps];

    /// <summary>Steps of all worlds.</summary>
    public int Rows => Worlds * Steps;

    /// <summary>Where a step's rows are.</summary>
    public int RowOf(int world, int step) => (world * Steps) + step;
}
