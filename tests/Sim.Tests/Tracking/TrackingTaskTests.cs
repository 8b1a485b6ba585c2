using System.Numerics;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Sim.Tests.Tracking;

public class TrackingTaskTests
{
    private static readonly TrackingOptions Forgiving = new() { FailureDistance = 0, FailOnContact = false };

    [Fact]
    public void Every_world_starts_on_the_reference()
    {
        using Worlds worlds = new(TestMotions.Waving(), Forgiving, 40);
        for (int world = 0; world < 40; world++)
        {
            ReadOnlySpan<float> reference = worlds.Task.References.Positions(0, worlds.Task.FrameOf(world));
            for (int coordinate = 0; coordinate < reference.Length; coordinate++)
            {
                Assert.Equal(reference[coordinate], worlds.Batch.Positions[(coordinate * 40) + world], 1e-6f);
            }
        }
    }

    [Fact]
    public void Starts_are_spread_over_the_clip()
    {
        using Worlds worlds = new(TestMotions.Waving(), Forgiving, 200);
        int[] frames = [.. Enumerable.Range(0, 200).Select(worlds.Task.FrameOf)];
        Assert.True(frames.Distinct().Count() > 30, $"{frames.Distinct().Count()} different frames");
        Assert.All(frames, frame => Assert.InRange(frame, 0, 38));
    }

    [Fact]
    public void The_end_of_a_clip_ends_an_episode_without_failing_it()
    {
        using Worlds worlds = new(TestMotions.Waving(), Forgiving, 4);
        worlds.Task.Start(2, 0, 30);
        for (int step = 1; step <= 9; step++)
        {
            worlds.Step();
            Assert.Equal(step == 9, worlds.Task.Terminated[2]);
            Assert.False(worlds.Task.Failed[2] || worlds.Task.Truncated[2]);
            Assert.True(worlds.Task.Rewards[2] > 0);
        }
    }

    [Fact]
    public void A_loop_goes_on_until_the_episode_is_long_enough()
    {
        using Worlds worlds = new(TestMotions.Waving(isLoop: true), Forgiving with { EpisodeSeconds = 3 }, 4);
        worlds.Task.Start(1, 0, 5);
        for (int step = 1; step <= 90; step++)
        {
            worlds.Step();
            Assert.Equal(step == 90, worlds.Task.Truncated[1]);
        }
    }

    [Fact]
    public void Leaving_the_reference_fails_an_episode_and_earns_nothing()
    {
        // Gliding needs a push that standing feet cannot give: the character stays behind by 1 m/s.
        using Worlds worlds = new(TestMotions.Gliding(), new TrackingOptions { FailureDistance = 0.2f }, 4);
        worlds.Task.Start(0, 0, 0);
        int step = 0;
        while (!worlds.Task.Terminated[0] && step++ < 60)
        {
            worlds.Step();
        }

        Assert.InRange(step, 3, 60);
        Assert.Equal(0, worlds.Task.Rewards[0]);
        Assert.True(worlds.Task.Failed[0]);
        Assert.False(worlds.Task.Truncated[0]);
        Assert.True(worlds.Task.Deviations[0] > 0.2f);
    }

    [Fact]
    public void Lying_down_fails_an_episode_even_where_distance_is_forgiven()
    {
        using Worlds worlds = new(TestMotions.Waving(isLoop: true), new TrackingOptions { FailureDistance = 0, EpisodeSeconds = 60 }, 1);
        float[] limp = [.. Enumerable.Range(0, worlds.Task.ActionCount).Select(action => action % 2 == 0 ? 3f : -3f)];
        int step = 0;
        while (!worlds.Task.Terminated[0] && step++ < 300)
        {
            worlds.Task.Step(limp);
        }

        Assert.InRange(step, 5, 299);
        Assert.True(worlds.Task.Fallen[0]);
    }

    [Fact]
    public void A_loop_carries_its_reference_over_the_ground()
    {
        // One cycle goes 1 m ahead and turns left by a quarter. After two: (1, 0) + (0, 1) = (1, 1), facing back; then 0.5 m ahead and an eighth.
        using Worlds worlds = new(TestMotions.Gliding(), Forgiving, 1);
        worlds.Task.Start(0, 0, 75);
        Vector3[] places = new Vector3[TestMotions.Humanoid.Bodies.Length];
        worlds.Task.ReferenceBodies(0, places);
        Assert.Equal(0.5f, places[0].X, 1e-4f);
        Assert.Equal(1f, places[0].Y, 1e-4f);
        Assert.Equal(0.5f, worlds.Batch.Positions[0], 1e-4f);
        Assert.Equal(1f, worlds.Batch.Positions[1], 1e-4f);
    }

    [Fact]
    public void A_placement_moves_world_and_reference_together()
    {
        using Worlds worlds = new(TestMotions.Gliding(), Forgiving, 2);
        worlds.Task.Start(0, 0, 10);
        worlds.Task.Start(1, 0, 10, new GroundDisplacement(1.2f, new Vector3(3, -4, 0)));
        float[] seen = new float[2 * worlds.Task.ObservationCount];
        for (int step = 0; step < 5; step++)
        {
            worlds.Step();
            worlds.Task.Observe(seen);
            Assert.Equal(worlds.Task.Rewards[0], worlds.Task.Rewards[1], 1e-3f);
        }

        for (int feature = 0; feature < worlds.Task.ObservationCount; feature++)
        {
            Assert.Equal(seen[feature], seen[worlds.Task.ObservationCount + feature], 0.05f);
        }
    }

    [Fact]
    public void The_final_observation_is_what_the_world_looked_like_before_it_started_anew()
    {
        using Worlds worlds = new(TestMotions.Waving(), Forgiving, 20), twin = new(TestMotions.Waving(), Forgiving with { EpisodeSeconds = 0.1f }, 20);
        for (int world = 0; world < 20; world++)
        {
            worlds.Task.Start(world, 0, world);
            twin.Task.Start(world, 0, world);
        }

        float[] seen = new float[20 * worlds.Task.ObservationCount];
        for (int step = 0; step < 3; step++)
        {
            worlds.Step();
            twin.Step();
        }

        worlds.Task.Observe(seen);
        for (int world = 0; world < 20; world++)
        {
            Assert.True(twin.Task.Truncated[world]);
            Assert.Equal(seen.AsSpan(world * worlds.Task.ObservationCount, worlds.Task.ObservationCount), twin.Task.FinalObservation(world));
        }
    }

    [Fact]
    public void A_world_does_not_depend_on_its_neighbours()
    {
        // But for where it starts anew: all worlds together find out which frames are hard.
        TrackingOptions options = new() { FailureWeightedStarts = 0 };
        using Worlds alone = new(TestMotions.Waving(), options, 1), many = new(TestMotions.Waving(), options, 37);
        float[] seenAlone = new float[alone.Task.ObservationCount], seenMany = new float[37 * many.Task.ObservationCount];
        for (int step = 0; step < 60; step++)
        {
            alone.Step();
            many.Step();
            Assert.Equal(alone.Task.Rewards[0], many.Task.Rewards[0]);
        }

        alone.Task.Observe(seenAlone);
        many.Task.Observe(seenMany);
        Assert.Equal(seenAlone, seenMany[..seenAlone.Length]);
    }

    [Fact]
    public void A_restored_task_goes_on_to_the_bit()
    {
        using Worlds first = new(TestMotions.Waving(), new TrackingOptions { FailureWeightedStarts = 0.5f }, 20);
        for (int step = 0; step < 25; step++)
        {
            first.Step();
        }

        using MemoryStream stream = new();
        first.Task.Save(new BinaryWriter(stream));
        stream.Position = 0;
        using Worlds second = new(TestMotions.Waving(), new TrackingOptions { FailureWeightedStarts = 0.5f }, 20);
        second.Task.Restore(new BinaryReader(stream));
        float[] seenFirst = new float[20 * first.Task.ObservationCount], seenSecond = new float[seenFirst.Length];
        for (int step = 0; step < 40; step++)
        {
            first.Step();
            second.Step();
            first.Task.Observe(seenFirst);
            second.Task.Observe(seenSecond);
            Assert.Equal(seenFirst, seenSecond);
            Assert.Equal(first.Task.Rewards, second.Task.Rewards);
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using Worlds worlds = new(TestMotions.Waving(), new TrackingOptions { FailureWeightedStarts = 0.5f, TargetSteps = [1, 2, 3] }, 64);
        float[] actions = new float[64 * worlds.Task.ActionCount], seen = new float[64 * worlds.Task.ObservationCount];
        void Run(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                worlds.Task.Step(actions);
                worlds.Task.Observe(seen);
            }
        }

        Run(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void More_threads_give_the_same_numbers()
    {
        using Worlds one = new(TestMotions.Waving(), new TrackingOptions(), 70, threads: 1), three = new(TestMotions.Waving(), new TrackingOptions(), 70, threads: 3);
        float[] seenOne = new float[70 * one.Task.ObservationCount], seenThree = new float[seenOne.Length];
        for (int step = 0; step < 30; step++)
        {
            one.Step();
            three.Step();
        }

        one.Task.Observe(seenOne);
        three.Task.Observe(seenThree);
        Assert.Equal(seenOne, seenThree);
    }

    private sealed class Worlds : IDisposable
    {
        private readonly float[] _rest;

        public Worlds(CharacterClip clip, TrackingOptions options, int count, int threads = 1)
        {
            Batch = new WideEngine().CreateBatch(
                new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = count, Threads = threads, HistoryLength = 0 });
            Task = new TrackingTask(Batch, ReferenceTable.Of([clip], options), options, seed: 7);
            _rest = new float[count * Task.ActionCount];
        }

        public IWorldBatch Batch { get; }

        public TrackingTask Task { get; }

        public void Step() => Task.Step(_rest);

        public void Dispose()
        {
            Task.Dispose();
            Batch.Dispose();
        }
    }
}
