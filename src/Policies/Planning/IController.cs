using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Whoever acts for an objective in the worlds of a batch, control step by control step.</summary>
public interface IController : IDisposable
{
    /// <summary>Forgets what was planned in every world.</summary>
    void Restart();

    /// <summary>Chooses joint targets.</summary>
    /// <param name="worlds">The worlds.</param>
    /// <param name="active">Those to act in; the others' targets may be anything.</param>
    /// <param name="objectives">What is wanted in each world: [world].</param>
    /// <param name="targets">Result: [actuator, world].</param>
    void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets);

    /// <summary>Milliseconds that plans took, in the order in which they were made: [plan], for all worlds together.</summary>
    IReadOnlyList<double> PlanMilliseconds { get; }
}
