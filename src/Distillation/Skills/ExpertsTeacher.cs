using Motion.Policies;
using Motion.Sim.Skills;

namespace Motion.Distillation.Skills;

/// <summary>An expert for every clip: each labels the worlds that follow its clip.</summary>
/// <param name="experts">By clip; they are taken over.</param>
public sealed class ExpertsTeacher(IReadOnlyList<Expert> experts) : ITeacher
{
    /// <inheritdoc/>
    public string Name => "experts";

    /// <inheritdoc/>
    public void Label(SkillTask task, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(task);
        int features = task.TrackingObservations.Length / task.WorldCount, count = task.ActionCount;
        float[] chosen = new float[actions.Length];
        foreach (IGrouping<int, int> worlds in Enumerable.Range(0, task.WorldCount).GroupBy(task.FollowedBy))
        {
            Expert expert = experts[worlds.Key];
            int[] told = [.. worlds];
            int seen = expert.Card.Observations;
            float[] observations = new float[told.Length * seen], own = new float[told.Length * count];
            for (int index = 0; index < told.Length; index++)
            {
                // An expert looks less far ahead than a tracker: its observation is the beginning of the tracker's.
                task.TrackingObservations.Slice(told[index] * features, seen).CopyTo(observations.AsSpan(index * seen));
            }

            expert.Act(observations, own);
            for (int index = 0; index < told.Length; index++)
            {
                own.AsSpan(index * count, count).CopyTo(chosen.AsSpan(told[index] * count));
            }
        }

        task.FromTracking(chosen, actions);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Expert expert in experts)
        {
            expert.Dispose();
        }
    }
}
