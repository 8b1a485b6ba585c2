using System.Collections.Immutable;
using Motion.Policies.Skills;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;

namespace Motion.Distillation.Skills;

/// <summary>Those who act in trials.</summary>
public static class SkillActors
{
    /// <summary>A policy.</summary>
    public static SkillActor Of(SkillPolicy policy)
    {
        float[] observations = [];
        return (task, actions) =>
        {
            int count = task.WorldCount * task.ObservationCount;
            observations = observations.Length == count ? observations : new float[count];
            task.Observe(observations);
            policy.Act(observations, actions);
        };
    }

    /// <summary>A teacher itself: how far its students can come.</summary>
    public static SkillActor Of(ITeacher teacher) => (task, actions) => teacher.Label(task, actions);
}

/// <summary>A policy that looks ahead, one task's worlds after another's.</summary>
/// <param name="policy">The policy; not disposed here.</param>
/// <param name="skills">What it may be told on the way: [skill][condition].</param>
/// <param name="options">How it looks.</param>
public sealed class LookingActor(SkillPolicy policy, ImmutableArray<ReadOnlyMemory<float>> skills, LookaheadOptions options) : IDisposable
{
    private SkillTask? _task;
    private Lookahead? _ahead;
    private float[] _observations = [];

    /// <summary>Acts: a <see cref="SkillActor"/>.</summary>
    public void Act(SkillTask task, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (_task != task)
        {
            _ahead?.Dispose();
            (_task, _ahead) = (task, new Lookahead(new WideEngine(), policy, task, skills, options));
            _observations = new float[task.WorldCount * task.ObservationCount];
        }

        task.Observe(_observations);
        _ahead!.Guide(_observations);
        policy.Act(_observations, actions);
    }

    /// <inheritdoc/>
    public void Dispose() => _ahead?.Dispose();
}
