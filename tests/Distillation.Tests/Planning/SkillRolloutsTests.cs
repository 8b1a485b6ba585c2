using Motion.Distillation.Planning;
using Motion.Distillation.Skills;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Tests.Planning;

public sealed class SkillRolloutsTests
{
    private static readonly CharacterClip[] Clips = [TestMotions.Waving(isLoop: true), TestMotions.Make("standing", 31, isLoop: true, (_, _) => { })];

    private static readonly RolloutOptions Options = new() { Worlds = 16, ShardSteps = 60, ChangeSeconds = 0.5f, StudentShare = 0.5f, Leash = 1, PushSeconds = 1 };

    private static readonly int Neck = Array.FindIndex([.. TestMotions.Humanoid.Actuators], actuator => TestMotions.Humanoid.Joints[actuator.Joint].Name == "neck");

    [Fact]
    public void A_rollout_depends_on_its_number_alone_and_changes_skill_within_a_trajectory()
    {
        using SkillRollouts source = Rollouts(Constant(0.3f), Options);
        TrajectoryRollout one = Empty(source), other = Empty(source);
        source.Roll(3, one);
        source.Roll(4, other);
        Assert.NotEqual(one.States, other.States);
        source.Roll(3, other);
        Assert.Equal(one.States, other.States);
        Assert.Equal(one.Actions, other.Actions);
        Assert.Equal(one.Flags, other.Flags);
        Assert.Contains(Enumerable.Range(1, one.Rows - 1), row => one.Skills[row] != one.Skills[row - 1] && (one.Flags[row] & TrajectoryRollout.Start) == 0);
    }

    [Fact]
    public void What_is_written_down_is_the_teachers_action_without_noise_whoever_acts()
    {
        // The teacher asks for 0.1 of every drive everywhere: its target is the same in all rows though students act and drives are noisy.
        using SkillRollouts source = Rollouts(Constant(0.3f), Options with { StudentShare = 1, Leash = 100, Noise = 1 });
        TrajectoryRollout rollout = Empty(source);
        source.Roll(0, rollout);
        Assert.All(Enumerable.Range(1, rollout.Rows - 1), row => Assert.Equal(rollout.Actions[Neck], rollout.Actions[(row * rollout.ActionCount) + Neck], 1e-5f));
    }

    [Fact]
    public void A_student_acts_only_as_far_as_its_leash_goes()
    {
        RolloutOptions quiet = Options with { Noise = 0, PushForce = 0, StudentShare = 1, Leash = 1e-6f };
        float[] Rolled(SkillActor? student, RolloutOptions options)
        {
            using SkillRollouts source = Rollouts(student, options);
            TrajectoryRollout rollout = Empty(source);
            source.Roll(0, rollout);
            return rollout.States;
        }

        float[] taught = Rolled(null, quiet);
        Assert.Equal(taught, Rolled(Constant(2), quiet));
        Assert.NotEqual(taught, Rolled(Constant(2), quiet with { Leash = 100 }));
    }

    [Fact]
    public void Falls_are_flagged_and_the_next_row_begins_anew()
    {
        using SkillRollouts source = Rollouts(Constant(8), Options with { StudentShare = 1, Leash = 1000, ShardSteps = 90 });
        TrajectoryRollout rollout = Empty(source, 90);
        source.Roll(0, rollout);
        int[] falls = [.. Enumerable.Range(0, rollout.Rows).Where(row => (rollout.Flags[row] & TrajectoryRollout.Fall) != 0)];
        Assert.NotEmpty(falls);
        Assert.All(falls.Where(row => (row + 1) % rollout.Steps != 0), row => Assert.Equal(TrajectoryRollout.Start, rollout.Flags[row + 1] & TrajectoryRollout.Start));
    }

    [Fact]
    public void Repeating_the_teachers_own_actions_from_where_a_window_began_repeats_its_states()
    {
        using SkillRollouts source = Rollouts(Constant(0.3f), Options);
        Replayed replayed = source.Replay(0, 20, taught => (step, states, targets) =>
        {
            for (int world = 0; world < taught.Worlds; world++)
            {
                taught.Actions.AsSpan(taught.RowOf(world, step) * taught.ActionCount, taught.ActionCount).CopyTo(targets[(world * taught.ActionCount)..]);
            }
        });
        StateErrors errors = new(source.Layout);
        foreach (int world in Enumerable.Range(0, 16).Where(world => Enumerable.Range(1, 20).All(step => replayed.Taught.Flags[replayed.Taught.RowOf(world, step)] == 0)))
        {
            int row = replayed.Taught.RowOf(world, 20), count = source.Layout.Count;
            Assert.Equal(0, errors.KeyBodyMillimetres(replayed.Taught.States.AsSpan(row * count, count), replayed.Repeated.States.AsSpan(row * count, count)), 0.01);
            Assert.Equal(replayed.TaughtPlaces[row].Position.X, replayed.RepeatedPlaces[row].Position.X, 1e-4f);
        }
    }

    [Fact]
    public void Replaying_something_else_comes_elsewhere()
    {
        using SkillRollouts source = Rollouts(null, Options);
        Replayed replayed = source.Replay(0, 20, _ => (_, _, targets) => targets.Fill(1));
        int row = replayed.Taught.RowOf(0, 20), count = source.Layout.Count;
        Assert.True(new StateErrors(source.Layout).KeyBodyMillimetres(replayed.Taught.States.AsSpan(row * count, count), replayed.Repeated.States.AsSpan(row * count, count)) > 20);
    }

    [Fact]
    public void Errors_of_states_are_mean_angles_and_distances()
    {
        StateLayout layout = new(TestMotions.Humanoid);
        float[] state = new float[layout.Count], other = new float[layout.Count];
        int rotations = layout.Part("joint rotations").Start, keys = layout.Part("key bodies").Start;
        int joints = TestMotions.Humanoid.Joints.Count(joint => joint.Kind != Sim.Characters.JointKind.Free);
        int at = rotations;
        foreach (Sim.Characters.Joint joint in TestMotions.Humanoid.Joints.Where(joint => joint.Kind != Sim.Characters.JointKind.Free))
        {
            if (joint.Kind == Sim.Characters.JointKind.Ball)
            {
                // x and z axes; the other's are turned by a right angle about z.
                (state[at], state[at + 5]) = (1, 1);
                (other[at + 1], other[at + 5]) = (1, 1);
                at += 6;
            }
            else
            {
                other[at++] = MathF.PI / 2;
            }
        }

        // One of the five key bodies is 5 cm off: 10 mm on average.
        other[keys] = 0.05f;
        StateErrors errors = new(layout);
        Assert.True(joints > 5);
        Assert.Equal(90, errors.JointDegrees(state, other), 1e-3);
        Assert.Equal(0, errors.JointDegrees(other, other), 0.05);
        Assert.Equal(10, errors.KeyBodyMillimetres(state, other), 1e-3);
    }

    [Fact]
    public void A_model_acts_as_a_student_by_codes_that_it_draws_for_the_skill_that_is_told()
    {
        using TrajectoryModel model = Model();
        TrajectoryRollout one = Rolled(model, 5), other = Rolled(model, 5), taught = Rolled(null, 5);
        Assert.Equal(one.States, other.States);
        Assert.NotEqual(one.States, taught.States);
    }

    private static TrajectoryRollout Rolled(TrajectoryModel? model, int number)
    {
        using SkillRollouts source = Rollouts(model is null ? null : new CodeStudent(model).Act, Options with { StudentShare = 1, Leash = 100 });
        TrajectoryRollout rollout = Empty(source);
        source.Roll(number, rollout);
        return rollout;
    }

    private static TrajectoryModel Model()
    {
        StateLayout layout = new(TestMotions.Humanoid);
        PlannerCard card = ToySource.CardOf(layout) with
        {
            Codes = 9,
            CodeWidth = 2,
            Shape = PlannerTrainingOptions.Profile("smoke").Shape with { Levels = [3, 3], SentenceLatent = 2 },
            Skills = ["waving", "standing"],
        };
        float[] Same(int count, float value) => [.. Enumerable.Repeat(value, count)];
        return TrajectoryModel.Create(card, new Standard(Same(card.States, 0), Same(card.States, 1)), new Standard(Same(card.Actions, 0), Same(card.Actions, 0.1f)), 1, [[1, 0], [0, 1]]);
    }

    private static SkillActor Constant(float action) => (_, actions) => actions.Fill(action);

    private static TrajectoryRollout Empty(SkillRollouts source, int steps = 60) => new(16, steps, source.Layout.Count, source.Layout.Actions);

    private static SkillRollouts Rollouts(SkillActor? student, RolloutOptions options) => new(
        new RolloutCast { Clips = Clips, Teacher = new ConstantTeacher(), Student = student, Tracking = new TrackingOptions { Carry = 1, BlendSeconds = 0.25f } }, options, 1);

    private sealed class ConstantTeacher : ITeacher
    {
        public string Name => "constant";

        public void Label(SkillTask task, Span<float> actions) => actions.Fill(0.1f);

        public void Dispose()
        {
        }
    }
}
