using System.Numerics;
using Motion.Policies.Planning;

namespace Motion.Policies.Tests.Planning;

public sealed class ObjectivesTests
{
    // Upright, at the origin, facing along y; moving 3 m/s forward, 1 m/s to the left and 2 m/s up, turning at 0.5 rad/s.
    private static readonly RootState Upright = Root(Vector3.UnitX, Vector3.UnitZ, new Vector3(3, 1, 2), new Vector3(0, 0, 0.5f), new GroundPlace(default, MathF.PI / 2));

    [Theory]
    [InlineData(BodyTask.Speed, 3.7416573867739413)] // √(9 + 1 + 4)
    [InlineData(BodyTask.Forward, 3)]
    [InlineData(BodyTask.Backward, -3)]
    [InlineData(BodyTask.ShiftLeft, 1)]
    [InlineData(BodyTask.Jump, 2)]
    [InlineData(BodyTask.Rotate, 0.5)]
    public void Upright_the_six_tasks_read_the_velocities(BodyTask task, double reward) => Assert.Equal(reward, new BodyObjective(task).Reward(Upright), 1e-5);

    [Fact]
    public void Pitched_by_60_degrees_forward_speed_counts_half()
    {
        // Pitched forward by 60°: forward axis (½, 0, −√¾), up axis (√¾, 0, ½). A velocity of 2 m/s along the forward axis reads v = (2, 0, 0); the plumb line
        // reads w = (−√¾, 0, ½), so ŵ_z = ½ and the reward ½ · 2 = 1. v · w = −√3: falling, no jump.
        float side = MathF.Sqrt(0.75f);
        Vector3 forward = new(0.5f, 0, -side), up = new(side, 0, 0.5f);
        RootState pitched = Root(forward, up, 2 * forward, default, default);
        Assert.Equal(1, new BodyObjective(BodyTask.Forward).Reward(pitched), 1e-5);
        Assert.Equal(0, new BodyObjective(BodyTask.Jump).Reward(pitched), 1e-5);
        Assert.Equal(2, new BodyObjective(BodyTask.Speed).Reward(pitched), 1e-5);
    }

    [Fact]
    public void A_point_far_off_earns_the_speed_toward_it_and_one_that_is_reached_earns_standing()
    {
        // Facing y and moving 3 m/s forward is (−1, 3) in the world: 3 m/s toward (0, 4), of which 1.3 count, less a quarter of 4 m.
        // It faces the point: 1 more.
        Assert.Equal(1.3 - 1 + 1, new GoToPoint(new Vector2(0, 4)).Reward(Upright), 1e-5);
        // Toward (−4, 0), to its left: 1 m/s.
        Assert.Equal(1 - 1, new GoToPoint(new Vector2(-4, 0)).Reward(Upright), 1e-5);
        // 45° to its right: √2 m/s, of which 1.3 count, and half of what facing it earns; behind it, what facing it earns is lost.
        Assert.Equal(1.3 - Math.Sqrt(2) + 0.5, new GoToPoint(new Vector2(4, 4)).Reward(Upright), 1e-5);
        Assert.Equal(-3 - 1 - 1, new GoToPoint(new Vector2(0, -4)).Reward(Upright), 1e-5);
        // At the point: 1.3 less half of √10.
        Assert.Equal(1.3 - (0.5 * Math.Sqrt(10)), new GoToPoint(new Vector2(0, 0.1f)).Reward(Upright), 1e-5);
    }

    [Fact]
    public void Facing_keeping_a_speed_and_avoiding_circles_earn_what_they_say()
    {
        Assert.Equal(1, new FaceDirection(MathF.PI / 2).Reward(Upright), 1e-5);
        Assert.Equal(-1, new FaceDirection(-MathF.PI / 2).Reward(Upright), 1e-5);
        Assert.Equal(-(Math.Sqrt(10) - 1), new KeepSpeed(1).Reward(Upright), 1e-5);
        Assert.Equal(-(Math.Sqrt(10) - 1), new SpeedLimit(1).Reward(Upright), 1e-5);
        Assert.Equal(0, new SpeedLimit(4).Reward(Upright));
        // A circle of 1 m, 1 m away, with 0.3 m about it: 0.3 m deep. The other is out of reach.
        Assert.Equal(-0.3, new AvoidCircles([(new Vector2(1, 0), 1), (new Vector2(9, 0), 1)]).Reward(Upright), 1e-5);
    }

    [Fact]
    public void A_path_is_followed_along_its_nearest_piece()
    {
        FollowPath path = new([new Vector2(-2, 1), new Vector2(2, 1), new Vector2(2, 5)]);
        // The first piece, along x, is 1 m off; the velocity (−1, 3) goes −1 m/s along it.
        Assert.Equal(-1 - 1, path.Reward(Upright), 1e-5);
        // At the corner both pieces are equally near: the second, along y, is followed, at 1.3 of 3 m/s.
        Assert.Equal(1.3, path.Reward(Root(Vector3.UnitX, Vector3.UnitZ, new Vector3(3, 1, 0), default, new GroundPlace(new Vector2(2, 1), MathF.PI / 2))), 1e-5);
    }

    [Fact]
    public void Meaning_earns_its_cosine_to_the_sentence_and_sums_are_weighted()
    {
        LikeSentence like = new([3, 4]);
        Assert.Equal(0.6, like.RewardOfMeaning([2, 0]), 1e-6);
        WeightedObjective both = new([(2, like), (10, new BodyObjective(BodyTask.Rotate))]);
        Assert.Equal(1.2, both.RewardOfMeaning([2, 0]), 1e-6);
        Assert.Equal(5, both.Reward(Upright), 1e-5);
        Assert.Contains("has 2 numbers, the planner's model gives 3", Assert.Throws<MotionException>(() => like.RewardOfMeaning([1, 2, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_even_turn_at_an_even_speed_is_an_arc()
    {
        // π m/s and π/2 rad/s for a second: a quarter of a circle of 2 m, to (2, 2), facing y.
        GroundPlace place = default;
        for (int step = 0; step < 100; step++)
        {
            place = place.Moved(new Vector2(MathF.PI, 0), MathF.PI / 2, 0.01f);
        }

        Assert.Equal(2, place.Position.X, 1e-3f);
        Assert.Equal(2, place.Position.Y, 1e-3f);
        Assert.Equal(MathF.PI / 2, place.Heading, 1e-4f);
    }

    [Fact]
    public void A_plan_earns_its_steps_less_what_a_fall_and_unlikely_codes_cost()
    {
        // Two steps of 3 m/s forward; it stands with a chance of ½ at the end (a logit of 0), and a fall costs 60.
        float[] roots = [.. Enumerable.Repeat((float[])[0.9f, 1, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0], 2).SelectMany(row => row)];
        PlannerOptions options = new() { FallCost = 60, LikelihoodFloor = -2, UnlikelyCost = 0.5 };
        GroundPlace[] path = new GroundPlace[2];
        (double score, double stands) = PlanScore.Of(roots, [20, 0], (ToyModel.Request(1) with { Place = default }, options, 0.5f), path);
        Assert.Equal(0.5, stands, 1e-6);
        Assert.Equal(6 - 30, score, 1e-5);
        Assert.Equal(new Vector2(3, 0), path[1].Position);

        // Three codes with −10 nats in all are 4 below three times the floor of −2.
        Assert.Equal(-2, PlanScore.Unlikely(-10, 3, options), 1e-9);
        Assert.Equal(0, PlanScore.Unlikely(-5, 3, options), 1e-9);
    }

    private static RootState Root(Vector3 forward, Vector3 up, Vector3 velocity, Vector3 turning, GroundPlace place) =>
        new([0.9f, forward.X, forward.Y, forward.Z, up.X, up.Y, up.Z, velocity.X, velocity.Y, velocity.Z, turning.X, turning.Y, turning.Z], place);
}
