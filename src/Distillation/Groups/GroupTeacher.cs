using Motion.Distillation.Skills;
using Motion.Policies.Skills;
using Motion.Sim.Skills;

namespace Motion.Distillation.Groups;

/// <summary>
/// Policies of groups that teach one of all their skills: each labels the worlds that are told a skill of its group, and sees what the student sees of state and
/// past, but the skill's index in the group in place of what the student is told. They know how to come from other motions, as experts do not.
/// </summary>
public sealed class GroupTeacher : ITeacher
{
    private readonly IReadOnlyList<SkillPolicy> _groups;
    private readonly (int Group, int Skill)[] _places;
    private float[] _observations = [];

    /// <summary>Takes over policies of groups.</summary>
    /// <param name="groups">The policies; none has a skill of another.</param>
    /// <param name="clips">The student's clips, by index.</param>
    /// <exception cref="MotionException">A clip is in no group or in two, or a group's policy is told sentences.</exception>
    public GroupTeacher(IReadOnlyList<SkillPolicy> groups, IReadOnlyList<string> clips)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(clips);
        _groups = groups;
        if (groups.FirstOrDefault(group => group.Card.Condition != SkillConditionKind.Index) is { } told)
        {
            throw new MotionException(ExitCode.BadInput, $"a policy of {told.Card.Skills.Length} skills is told sentences: a group's is told indices, and is trained with './motion train group'");
        }

        ILookup<string, (int Group, int Skill)> places = groups
            .SelectMany((group, index) => group.Card.Skills.Select((skill, place) => (skill.Clip, Place: (index, place))))
            .ToLookup(skill => skill.Clip, skill => skill.Place);
        _places = [.. clips.Select(clip => places[clip].Count() switch
        {
            1 => places[clip].First(),
            0 => throw new MotionException(ExitCode.BadInput, $"clip '{clip}' is in none of the groups: train one with './motion train group {clip} …', or leave it out"),
            _ => throw new MotionException(ExitCode.BadInput, $"clip '{clip}' is in {places[clip].Count()} groups: leave out all but one of them"),
        })];
    }

    /// <inheritdoc/>
    public string Name => "groups";

    /// <inheritdoc/>
    public void Label(SkillTask task, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(task);
        int features = task.ObservationCount;
        if (_observations.Length != features * task.WorldCount)
        {
            _observations = new float[features * task.WorldCount];
        }

        task.Observe(_observations);
        int count = task.ActionCount;
        foreach (IGrouping<int, int> worlds in Enumerable.Range(0, task.WorldCount).GroupBy(world => _places[task.SkillOf(world)].Group))
        {
            SkillPolicy group = _groups[worlds.Key];
            int[] told = [.. worlds];
            int seen = group.Card.Observations, condition = group.Card.ConditionSize;
            float[] observations = new float[told.Length * seen], chosen = new float[told.Length * count];
            for (int index = 0; index < told.Length; index++)
            {
                Span<float> row = observations.AsSpan(index * seen, seen);
                _observations.AsSpan(told[index] * features, seen - condition).CopyTo(row);
                row[seen - condition + _places[task.SkillOf(told[index])].Skill] = 1;
            }

            group.Act(observations, chosen);
            for (int index = 0; index < told.Length; index++)
            {
                chosen.AsSpan(index * count, count).CopyTo(actions[(told[index] * count)..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SkillPolicy group in _groups)
        {
            group.Dispose();
        }
    }
}
