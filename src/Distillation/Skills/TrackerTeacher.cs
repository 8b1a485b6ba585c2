using Motion.Policies;
using Motion.Sim.Skills;

namespace Motion.Distillation.Skills;

/// <summary>One policy that tracks all clips, and so the one that a world follows.</summary>
/// <param name="tracker">The policy; it is taken over.</param>
public sealed class TrackerTeacher(Expert tracker) : ITeacher
{
    private float[] _observations = [];
    private float[] _chosen = [];

    /// <inheritdoc/>
    public string Name => "tracker";

    /// <inheritdoc/>
    public void Label(SkillTask task, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (_chosen.Length != actions.Length)
        {
            (_observations, _chosen) = (new float[task.TrackingObservations.Length], new float[actions.Length]);
        }

        task.TrackingObservations.CopyTo(_observations);
        tracker.Act(_observations, _chosen);
        task.FromTracking(_chosen, actions);
    }

    /// <inheritdoc/>
    public void Dispose() => tracker.Dispose();
}
