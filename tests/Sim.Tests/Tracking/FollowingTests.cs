using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Sim.Tests.Tracking;

public class FollowingTests
{
    private static readonly TrackingOptions Forgiving = new() { FailureDistance = 0, FailOnContact = false, GraceSeconds = 0, BlendSeconds = 0 };

    [Fact]
    public void Following_the_frame_that_a_world_is_at_changes_nothing_that_is_observed()
    {
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Gliding()], Forgiving), Forgiving, seed: 0);
        task.Start(0, 0, 12, new GroundDisplacement(1.3f, new Vector3(4, -2, 0)));
        float[] before = Observe(task);
        task.Follow(0, 0, 12);
        Assert.All(before.Zip(Observe(task)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void The_reference_is_laid_under_the_character_facing_as_it_does()
    {
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(), TestMotions.Gliding()], Forgiving), Forgiving, seed: 0);
        task.Start(0, 0, 3, new GroundDisplacement(-2, new Vector3(1, 5, 0)));
        task.Follow(0, 1, 20);
        Vector3[] places = new Vector3[batch.BodyCount];
        task.ReferenceBodies(0, places);
        Assert.Equal(1, task.ClipOf(0));
        Assert.Equal(1, places[0].X, 1e-4f);
        Assert.Equal(5, places[0].Y, 1e-4f);

        // A target one frame ahead is 1/30 m and 3° on along the arc: seen from a character that faces as the clip does, ahead and a little left.
        float[] seen = Observe(task);
        ObservationPart target = task.Layout.Parts.First(part => part.Name == "target +1 root position");
        Assert.Equal(1 / 30f, new Vector2(seen[target.Start], seen[target.Start + 1]).Length(), 1e-3f);
    }

    [Fact]
    public void A_new_reference_goes_with_the_character_and_then_stays()
    {
        TrackingOptions grace = Forgiving with { GraceSeconds = 0.2f };
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Gliding()], grace), grace, seed: 0);
        float[] rest = PositionVector.Rest(TestMotions.Humanoid), still = new float[TestMotions.Humanoid.VelocityCount];
        task.StartFrom(0, 0, 0, rest, still);
        Vector3[] places = new Vector3[batch.BodyCount];
        float[] positions = new float[rest.Length];
        float Away()
        {
            task.Step(new float[task.ActionCount]);
            task.ReferenceBodies(0, places);
            task.ReadPositions(0, positions);
            return Vector2.Distance(new Vector2(places[0].X, places[0].Y), new Vector2(positions[0], positions[1]));
        }

        // Six steps of grace; in each of the nine after it the reference glides on by 1/30 m, the character stands.
        float[] away = [.. Enumerable.Range(0, 15).Select(_ => Away())];
        Assert.All(away[..6], distance => Assert.True(distance < 0.001f));
        Assert.InRange(away[^1], 0.2f, 0.4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1f)]
    [InlineData(1)]
    public void A_carried_reference_goes_along_whole_and_turns_along_in_part(float facing)
    {
        TrackingOptions carried = Forgiving with { GraceSeconds = 0.2f, CarryFacing = facing };
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Straight()], carried), carried, seed: 0);
        float[] positions = PositionVector.Rest(TestMotions.Humanoid), still = new float[TestMotions.Humanoid.VelocityCount];
        task.StartFrom(0, 0, 0, positions, still);
        PositionVector.SetRotation(TestMotions.Humanoid.Joints[0], positions, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.6f));
        batch.Reset([0], positions, still);
        task.Step(new float[task.ActionCount]);
        Assert.Equal(0.6f * facing, task.PlacementOf(0).Yaw, 0.02f);
        Vector3[] places = new Vector3[batch.BodyCount];
        task.ReferenceBodies(0, places);
        task.ReadPositions(0, positions);
        Assert.Equal(positions[0], places[0].X, 1e-3f);
        Assert.Equal(positions[1], places[0].Y, 1e-3f);
    }

    [Fact]
    public void What_the_character_differed_by_fades_out_of_the_reference()
    {
        TrackingOptions blend = Forgiving with { BlendSeconds = 0.5f };
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Gliding()], blend), blend, seed: 0);
        Character humanoid = TestMotions.Humanoid;
        Joint elbow = humanoid.Joints.Single(joint => joint.Name == "left_elbow");
        float[] bent = PositionVector.Rest(humanoid), still = new float[humanoid.VelocityCount];
        bent[elbow.PositionIndex] = 1;
        task.StartFrom(0, 0, 0, bent, still);

        // The elbow's target one step ahead: after 1 of 15 steps 1 - 3/15² + 2/15³ = 0.9873 of the bend is left; after 15 none. The clip's own elbow is straight.
        ObservationPart joints = task.Layout.Parts.First(part => part.Name == "target +1 joint rotations");
        int at = joints.Start + humanoid.Joints.Where(joint => joint.Kind != JointKind.Free).TakeWhile(joint => joint != elbow).Sum(joint => joint.Kind == JointKind.Ball ? 6 : 1);
        Assert.Equal(0.9873f, Observe(task)[at], 1e-3f);
        for (int step = 0; step < 14; step++)
        {
            task.Step(new float[task.ActionCount]);
        }

        Assert.Equal(0, Observe(task)[at], 1e-6f);
        Assert.False(float.IsNaN(Observe(task).Sum()));
    }

    [Fact]
    public void A_clip_is_entered_where_its_pose_is_nearest()
    {
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(isLoop: true)], Forgiving), Forgiving, seed: 0);
        Assert.Equal(17, task.Entries.Nearest(0, task.References.Positions(0, 17), task.References.Velocities(0, 17)));
        Assert.Equal(0, task.Entries.Distance(0, 17, task.References.Positions(0, 17), task.References.Velocities(0, 17)), 1e-6f);
    }

    [Fact]
    public void Starts_in_any_clips_poses_enter_the_clip_that_is_followed()
    {
        TrackingOptions transitions = Forgiving with { TransitionStarts = 1, StartNoise = 0 };
        using IWorldBatch batch = Batch(64);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(), TestMotions.Gliding()], transitions), transitions, seed: 0);

        // Who glides and who stands still (a pose of the waving clip), by what they follow: a quarter each.
        int[] counts = new int[4];
        for (int world = 0; world < 64; world++)
        {
            counts[(2 * task.ClipOf(world)) + Glides(batch, world)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 6, 26));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_a_clip_ends_the_episode_or_begins_the_clip_anew(bool repeats)
    {
        TrackingOptions options = Forgiving with { Repeats = repeats };
        using IWorldBatch batch = Batch(1);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(frames: 40)], options), options, seed: 0);
        task.Start(0, 0, 36);
        bool ended = false;
        for (int step = 0; step < 4; step++)
        {
            task.Step(new float[task.ActionCount]);
            ended |= task.Terminated[0];
        }

        Assert.Equal(!repeats, ended);
        Assert.True(!repeats || task.FrameOf(0) < 15);
    }

    [Fact]
    public void Of_several_poses_the_one_nearest_to_the_clip_is_started_in()
    {
        TrackingOptions transitions = Forgiving with { TransitionStarts = 1, TransitionDraws = 8, StartNoise = 0 };
        using IWorldBatch batch = Batch(64);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(), TestMotions.Gliding()], transitions), transitions, seed: 0);

        // That eight draws are all of the other clip happens once in 256.
        int strangers = Enumerable.Range(0, 64).Count(world => Glides(batch, world) != task.ClipOf(world));
        Assert.InRange(strangers, 0, 3);
    }

    private static int Glides(IWorldBatch batch, int world) =>
        MathF.Abs(batch.Velocities[world]) + MathF.Abs(batch.Velocities[batch.WorldCount + world]) > 0.8f ? 1 : 0;

    private static IWorldBatch Batch(int worlds) =>
        new WideEngine().CreateBatch(new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = worlds, Threads = 1, HistoryLength = 0 });

    private static float[] Observe(TrackingTask task)
    {
        float[] seen = new float[task.ObservationCount * task.WorldCount];
        task.Observe(seen);
        return seen;
    }
}
