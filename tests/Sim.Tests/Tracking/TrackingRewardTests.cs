using System.Numerics;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;
using Motion.Testing;

namespace Motion.Sim.Tests.Tracking;

public sealed class TrackingRewardTests : IDisposable
{
    private static readonly TrackingOptions Options = new();
    private readonly TrackingReward _reward = new(TestMotions.Humanoid, Options);

    public void Dispose() => _reward.Dispose();

    [Fact]
    public void A_perfect_match_earns_all_of_the_reward() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        (float reward, _, float deviation) = _reward.Compare(TestMotions.Random(seed), TestMotions.Random(seed));
        return MathF.Abs(reward - 1) < 1e-5f && deviation == 0;
    }).Holds();

    [Fact]
    public void The_reward_lies_between_0_and_1() => Prop.ForAll(Gen.Choose(0, 1_000_000).Two().ToArbitrary(), seeds =>
    {
        (float reward, float[] errors, _) = _reward.Compare(TestMotions.Random(seeds.Item1), TestMotions.Random(seeds.Item2));
        return reward is >= 0 and <= 1 && errors.All(error => error >= 0);
    }).Holds();

    [Fact]
    public void Moving_and_turning_both_on_the_ground_changes_neither_reward_nor_observation() => Prop.ForAll(Gen.Choose(0, 1_000_000).Three().ToArbitrary(), seeds =>
    {
        Random random = new(seeds.Item3);
        GroundDisplacement by = new((random.NextSingle() * 6) - 3, new Vector3(random.NextSingle() * 10, random.NextSingle() * -10, 0));
        var pose = TestMotions.Random(seeds.Item1);
        var reference = TestMotions.Random(seeds.Item2);
        (float here, _, float deviationHere) = _reward.Compare(pose, reference);
        (float there, _, float deviationThere) = _reward.Compare(TestMotions.Moved(pose, by), TestMotions.Moved(reference, by));
        float[] seenHere = _reward.Observe(pose, reference);
        float[] seenThere = _reward.Observe(TestMotions.Moved(pose, by), TestMotions.Moved(reference, by));
        return MathF.Abs(here - there) < 1e-4f && MathF.Abs(deviationHere - deviationThere) < 1e-3f
            && seenHere.Zip(seenThere).All(pair => MathF.Abs(pair.First - pair.Second) < 1e-3f);
    }).Holds();

    [Fact]
    public void A_root_a_tenth_of_a_metre_off_costs_part_of_its_own_term_only()
    {
        // |Δp|² = 0.01; exp(−5 · 0.01) = 0.951229; 0.5 + 0.1 + 0.15 · 0.951229 + 0.1 + 0.15 = 0.992684.
        (float reward, float[] errors, float deviation) = _reward.Compare(Rest(), Rest(positions => positions[0] += 0.1f));
        Assert.Equal(0.01f, errors[2], 1e-6f);
        Assert.Equal(0.992684f, reward, 1e-5f);
        Assert.Equal(0.1f, deviation, 1e-6f);
    }

    [Fact]
    public void A_bent_knee_costs_pose_and_foot()
    {
        // Pose: 0.6 · 0.2² = 0.024. The foot, 0.41 m below the knee, moves by 2 · 0.41 · sin(0.1) = 0.0818634, squared 0.00670161.
        // 0.5 · exp(−0.25 · 0.024) + 0.1 + 0.15 + 0.1 + 0.15 · exp(−10 · 0.00670161) = 0.497009 + 0.35 + 0.140277 = 0.987286.
        (float reward, float[] errors, float deviation) = _reward.Compare(Rest(), Rest(positions => positions[Joint("left_knee").PositionIndex] = 0.2f));
        Assert.Equal(0.024f, errors[0], 1e-6f);
        Assert.Equal(0.00670161f, errors[4], 1e-6f);
        Assert.Equal(0.987286f, reward, 1e-5f);
        Assert.Equal(0.0818634f, deviation, 1e-5f);
    }

    [Fact]
    public void A_ball_joint_counts_by_the_angle_between_rotations()
    {
        // The neck's weight is 0.6: 0.6 · 0.5² = 0.15, whatever the axis.
        Vector3 axis = Vector3.Normalize(new Vector3(1, 2, -2));
        (_, float[] errors, _) = _reward.Compare(Rest(), Rest(positions =>
            PositionVector.SetRotation(Joint("neck"), positions, Quaternion.CreateFromAxisAngle(axis, 0.5f))));
        Assert.Equal(0.15f, errors[0], 1e-5f);
    }

    [Fact]
    public void Velocities_count_by_their_difference()
    {
        // Root: |(1, 0, 0)|² + 0.1 · |(0, 0, 2)|² = 1.4. Knee: 0.6 · 3² = 5.4.
        var moving = Rest();
        (moving.Velocities[0], moving.Velocities[5], moving.Velocities[Joint("right_knee").VelocityIndex]) = (1, 2, -3);
        (float reward, float[] errors, _) = _reward.Compare(Rest(), moving);
        Assert.Equal(1.4f, errors[3], 1e-5f);
        Assert.Equal(5.4f, errors[1], 1e-5f);

        // 0.5 + 0.1 · exp(−0.054) + 0.15 + 0.1 · exp(−1.4) + 0.15 = 0.5 + 0.0947432 + 0.15 + 0.0246597 + 0.15.
        Assert.Equal(0.9194029f, reward, 1e-5f);
    }

    [Fact]
    public void A_turned_root_counts_a_tenth_of_its_angle_squared()
    {
        // 0.1 · 0.3² = 0.009.
        (_, float[] errors, _) = _reward.Compare(Rest(), Rest(positions =>
            PositionVector.SetRotation(TestMotions.Humanoid.Joints[0], positions, Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.3f))));
        Assert.Equal(0.009f, errors[2], 1e-6f);
    }

    [Fact]
    public void A_character_upside_down_is_still_observed_in_finite_numbers()
    {
        var pose = Rest(positions => PositionVector.SetRotation(TestMotions.Humanoid.Joints[0], positions, new Quaternion(1, 0, 0, 0)));
        Assert.All(_reward.Observe(pose, pose), number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void Targets_are_seen_from_the_root()
    {
        // Turned left by a quarter, what lies ahead (+x) of the world lies to the right (−y) of the character.
        var pose = Rest(positions => PositionVector.SetRotation(TestMotions.Humanoid.Joints[0], positions, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2)));
        var target = Rest(positions => positions[0] += 2);
        float[] seen = _reward.Observe(pose, target);
        ObservationPart part = ObservationLayout.Of(TestMotions.Humanoid, Options).Parts.Single(part => part.Name == "target +1 root position");
        Assert.Equal(0, seen[part.Start], 1e-5f);
        Assert.Equal(-2, seen[part.Start + 1], 1e-5f);
        Assert.Equal(0, seen[part.Start + 2], 1e-5f);
    }

    [Fact]
    public void The_layout_has_no_gaps_and_counts_what_is_observed()
    {
        ObservationLayout layout = ObservationLayout.Of(TestMotions.Humanoid, Options with { TargetSteps = [1, 2, 3] });
        int next = 0;
        foreach (ObservationPart part in layout.Parts)
        {
            Assert.Equal(next, part.Start);
            next += part.Count;
        }

        // State: 1 + 6 + 3 + 3 + (8 · 6 + 4) + 28 + 15 = 108. Each target: 3 + 6 + 52 + 15 = 76.
        Assert.Equal(108 + (3 * 76), layout.Count);
    }

    [Fact]
    public void A_key_body_that_does_not_exist_is_told_with_the_nearest_one()
    {
        MotionException problem = Assert.Throws<MotionException>(() => ObservationLayout.Of(TestMotions.Humanoid, Options with { KeyBodies = ["hed"] }));
        Assert.Equal(ExitCode.BadConfiguration, problem.ExitCode);
        Assert.Contains("did you mean 'head'", problem.Message, StringComparison.Ordinal);
    }

    private static Joint Joint(string name) => TestMotions.Humanoid.Joints.Single(joint => joint.Name == name);

    private static (float[] Positions, float[] Velocities) Rest(Action<float[]>? change = null)
    {
        float[] positions = PositionVector.Rest(TestMotions.Humanoid);
        change?.Invoke(positions);
        return (positions, new float[TestMotions.Humanoid.VelocityCount]);
    }
}
