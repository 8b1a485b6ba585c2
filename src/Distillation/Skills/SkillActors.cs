using Motion.Policies.Skills;

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
