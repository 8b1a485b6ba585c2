using Motion.Distillation.Groups;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;
using static Motion.Distillation.Tests.Groups.ToyGroups;

namespace Motion.Distillation.Tests.Groups;

public class GroupEvaluationTests
{
    private static readonly GroupTries Tries = new() { Episodes = 2, Transitions = 1, Seconds = 1 };

    [Fact]
    public void Standing_still_does_not_fall_and_is_nearer_to_waving_than_to_gliding_away()
    {
        using SkillPolicy still = Policy();
        using GroupEvaluation evaluation = new(Clips, still.Card, Tries, threads: 1);
        (GroupScore score, IReadOnlyList<SkillScore> skills) = evaluation.Measure(still);
        Assert.Equal(1, score.NoFallRest);
        Assert.InRange(skills[0].Areas.Precision, 0.85, 1);

        // At a metre a second a window of half a second is 0.23 m off in the mean, which leaves 0.53 of the 0.5 m.
        Assert.InRange(skills[1].Areas.Recall, 0.3, 0.75);
        Assert.Equal((skills[0].Areas.Precision + skills[1].Areas.Precision) / 2, score.PrecisionAuc, 1e-9);
    }

    [Fact]
    public void The_same_policy_gives_the_same_figures()
    {
        using SkillPolicy still = Policy();
        using GroupEvaluation evaluation = new(Clips, still.Card, Tries, threads: 1);
        Assert.Equal(evaluation.Measure(still).Score, evaluation.Measure(still).Score);
    }

    [Fact]
    public void Recordings_last_as_long_as_a_try()
    {
        using SkillPolicy still = Policy();
        using GroupEvaluation evaluation = new(Clips, still.Card, Tries, threads: 1);
        IReadOnlyList<MotionRecording> recordings = evaluation.Record(still);
        Assert.Equal(["waving", "gliding"], recordings.Select(recording => recording.Name));
        Assert.All(recordings, recording => Assert.Equal(30, recording.FrameCount));
    }

    [Fact]
    public void A_groups_policy_teaches_those_who_are_told_its_skills_and_sees_their_index()
    {
        using SkillTask task = Worlds(4);
        using GroupTeacher teacher = new([Policy("gliding", "bowing"), Policy("waving", "hopping")], ["waving", "gliding"]);
        float[] labels = new float[4 * task.ActionCount], expected = new float[task.ActionCount];
        for (int world = 0; world < 4; world++)
        {
            task.StartAtRest(world, world % 2);
        }

        teacher.Label(task, labels);

        // World 3 is told gliding, the student's second clip: skill 0 of the first group.
        float[] seen = new float[4 * task.ObservationCount];
        task.Observe(seen);
        float[] own = seen[(3 * task.ObservationCount)..];
        (own[^2], own[^1]) = (1, 0);
        using SkillPolicy same = Policy("gliding", "bowing");
        same.Act(own, expected);
        Assert.All(expected.Zip(labels[(3 * task.ActionCount)..]), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Clips_in_no_group_or_in_two_are_named()
    {
        MotionException none = Assert.Throws<MotionException>(() => new GroupTeacher([], ["waving"]));
        Assert.Contains("clip 'waving' is in none of the groups", none.Message, StringComparison.Ordinal);
        using SkillPolicy one = Policy("waving", "gliding"), two = Policy("waving", "bowing");
        MotionException twice = Assert.Throws<MotionException>(() => new GroupTeacher([one, two], ["waving"]));
        Assert.Contains("clip 'waving' is in 2 groups", twice.Message, StringComparison.Ordinal);
    }

    private static SkillTask Worlds(int count) => new(
        new Motion.Sim.Physics.Wide.WideEngine().CreateBatch(new Motion.Sim.Physics.Scene { Character = TestMotions.Humanoid }, new Motion.Sim.Physics.BatchOptions { WorldCount = count, ControlRate = 30 }),
        ReferenceTable.Of(Clips, new TrackingOptions()),
        SkillConditions.Indices(2),
        new SkillOptions(),
        new TrackingOptions(),
        seed: 0);

    /// <summary>A policy that has learned nothing: it nearly holds the rest pose.</summary>
    private static SkillPolicy Policy(params string[] skills)
    {
        string[] names = skills.Length == 0 ? ["waving", "gliding"] : skills;
        TrackingOptions tracking = new();
        return SkillPolicy.Create(
            new SkillCard
            {
                Condition = SkillConditionKind.Index,
                ConditionSize = names.Length,
                Skills = [.. names.Select(name => new Skill(name, []))],
                Character = TestMotions.Humanoid.Name,
                CharacterFingerprint = "",
                Observations = SkillTask.CountOf(ObservationLayout.Of(TestMotions.Humanoid, tracking).StateCount, new SkillOptions(), names.Length),
                Actions = TestMotions.Humanoid.Actuators.Length,
                Seen = new SkillOptions(),
                Tracking = tracking,
                Policy = new() { Layers = [16] },
            },
            (ulong)names[0].Length);
    }
}
