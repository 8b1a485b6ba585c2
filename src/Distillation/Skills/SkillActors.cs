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

    /// <summary>A policy that looks ahead; what it looks into lives as long as the worlds that it acts in.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="skills">What it may be told on the way: [skill][condition].</param>
    /// <param name="options">How it looks.</param>
    public static SkillActor Of(SkillPolicy policy, ImmutableArray<ReadOnlyMemory<float>> skills, LookaheadOptions options)
    {
        float[] observations = [];
        SkillTask? looked = null;
        Lookahead? ahead = null;
        return (task, actions) =>
        {
            if (looked != task)
            {
                ahead?.Dispose();
                (looked, ahead) = (task, new Lookahead(new WideEngine(), policy, task, skills, options));
                observations = new float[task.WorldCount * task.ObservationCount];
            }

            task.Observe(observations);
            ahead!.Guide(observations);
            policy.Act(observations, actions);
        };
    }

    /// <summary>A teacher itself: how far its students can come.</summary>
    public static SkillActor Of(ITeacher teacher) => (task, actions) => teacher.Label(task, actions);
}
