using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class IsolationTests
{
    private const int Steps = 60;

    private static readonly BatchOptions Reference = new() { WorldCount = 40, Threads = 1, Lanes = 16 };

    [Theory]
    [EveryEngine(40, 8, 1)]
    [EveryEngine(40, 4, 1)]
    [EveryEngine(40, 1, 1)]
    [EveryEngine(40, 16, 2)]
    [EveryEngine(40, 16, 5)]
    [EveryEngine(23, 16, 1)]
    [EveryEngine(7, 8, 2)]
    [EveryEngine(1, 16, 1)]
    [EveryEngine(1, 1, 1)]
    public void Results_are_the_same_to_the_bit_for_any_number_of_worlds_lanes_and_threads(string engine, int worldCount, int lanes, int threads)
    {
        // The last worlds of the crowd, so that they come to lie in other lanes and groups than in the reference.
        int[] all = [.. Enumerable.Range(0, Reference.WorldCount)], some = all[^worldCount..];
        using IWorldBatch reference = Started(engine, Reference, all);
        using IWorldBatch batch = Started(engine, Reference with { WorldCount = worldCount, Lanes = lanes, Threads = threads }, some);

        Crowd.Run(reference, all, 0, Steps);
        Crowd.Run(batch, some, 0, Steps);

        for (int world = 0; world < worldCount; world++)
        {
            AssertEqualBits(Crowd.Bits(reference, some[world]), Crowd.Bits(batch, world), $"world {some[world]}");
        }
    }

    [Theory]
    [EveryEngine]
    public void A_fork_goes_on_exactly_as_its_source(string engine)
    {
        int[] numbers = [.. Enumerable.Range(0, 20)];
        using IWorldBatch batch = Started(engine, Reference with { WorldCount = 20, Threads = 2 }, numbers);
        Crowd.Run(batch, numbers, 0, 20);

        // World 6 has the ball in play; its copies lie in its own group and in another.
        batch.Fork(6, [0, 5, 17, 19]);
        foreach (int world in new[] { 0, 5, 17, 19 })
        {
            numbers[world] = 6;
            AssertEqualBits(Crowd.Bits(batch, 6), Crowd.Bits(batch, world), $"copy {world} at once");
        }

        for (int step = 20; step < 60; step += 10)
        {
            Crowd.Run(batch, numbers, step, 10);
            foreach (int world in new[] { 0, 5, 17, 19 })
            {
                AssertEqualBits(Crowd.Bits(batch, 6), Crowd.Bits(batch, world), $"copy {world} after step {step}");
            }
        }
    }

    [Theory]
    [EveryEngine]
    public void A_saved_world_restored_later_and_elsewhere_goes_on_exactly_as_it_did(string engine)
    {
        int[] numbers = [.. Enumerable.Range(0, 18)];
        using IWorldBatch batch = Started(engine, Reference with { WorldCount = 18 }, numbers);
        Crowd.Run(batch, numbers, 0, 25);
        WorldState saved = batch.Save(3);
        int[] there = Crowd.Bits(batch, 3);
        Crowd.Run(batch, numbers, 25, 30);
        int[] later = Crowd.Bits(batch, 3);

        batch.Restore(16, saved);
        numbers[16] = 3;
        Assert.Equal(Positions(there, batch), Positions(Crowd.Bits(batch, 16), batch));
        Crowd.Run(batch, numbers, 25, 30);

        AssertEqualBits(later, Crowd.Bits(batch, 16), "the restored world");
    }

    [Theory]
    [EveryEngine]
    public void A_state_can_be_restored_into_another_batch_of_the_same_scene_but_of_no_other(string engine)
    {
        int[] numbers = [0];
        using IWorldBatch first = Started(engine, Reference with { WorldCount = 1 }, numbers);
        using IWorldBatch second = Started(engine, Reference with { WorldCount = 1, Lanes = 8 }, numbers);
        using IWorldBatch other = Engines.Named(engine).CreateBatch(Crowd.Scene with { Props = [] }, Reference with { WorldCount = 1 });
        Crowd.Run(first, numbers, 0, 20);

        second.Restore(0, first.Save(0));
        Crowd.Run(first, numbers, 20, 20);
        Crowd.Run(second, numbers, 20, 20);

        AssertEqualBits(Crowd.Bits(first, 0), Crowd.Bits(second, 0), "the restored world");
        Assert.Throws<ArgumentException>(() => other.Restore(0, first.Save(0)));
    }

    [Theory]
    [EveryEngine]
    public void Resetting_some_worlds_does_not_change_the_others_by_a_bit(string engine)
    {
        int[] numbers = [.. Enumerable.Range(0, 24)];
        using IWorldBatch undisturbed = Started(engine, Reference with { WorldCount = 24 }, numbers);
        using IWorldBatch disturbed = Started(engine, Reference with { WorldCount = 24 }, numbers);
        int[] reset = [2, 9, 10, 21];
        for (int step = 0; step < Steps; step += 10)
        {
            Crowd.Run(undisturbed, numbers, step, 10);
            Crowd.Run(disturbed, numbers, step, 10);
            foreach (int world in reset)
            {
                Crowd.Start(disturbed, world, 100 + step + world);
            }

            disturbed.SetVariation(9, new WorldVariation { Friction = 0.2f, Mass = 3, Gain = 0.5f, GravityOffset = new(0, 0, 5) });
            disturbed.SetExternalForce(10, 0, new(0, 500, 0), new(0, 0, 50));
        }

        foreach (int world in numbers.Except(reset))
        {
            AssertEqualBits(Crowd.Bits(undisturbed, world), Crowd.Bits(disturbed, world), $"world {world}");
        }
    }

    [Theory]
    [EveryEngine]
    public void A_world_that_is_reset_forgets_all_that_was_before(string engine)
    {
        using IWorldBatch used = Started(engine, Reference with { WorldCount = 1 }, [5]);
        using IWorldBatch fresh = Started(engine, Reference with { WorldCount = 1 }, [8]);
        Crowd.Run(used, [5], 0, 30);
        used.SetExternalForce(0, 3, new(100, 0, 0), default);

        Crowd.Start(used, 0, 8);
        Crowd.Run(used, [8], 0, 30);
        Crowd.Run(fresh, [8], 0, 30);

        AssertEqualBits(Crowd.Bits(fresh, 0), Crowd.Bits(used, 0), "the reset world");
    }

    [Theory]
    [EveryEngine]
    public void Stepping_resetting_and_forking_allocate_nothing(string engine)
    {
        int[] numbers = [.. Enumerable.Range(0, 32)];
        using IWorldBatch batch = Started(engine, Reference with { WorldCount = 32, Threads = 2 }, numbers);
        float[] controls = new float[batch.ControlCount * 32];
        float[] pose = new float[batch.PositionCount], velocity = new float[batch.VelocityCount];
        for (int coordinate = 0; coordinate < pose.Length; coordinate++)
        {
            pose[coordinate] = batch.Positions[coordinate * 32];
        }

        float sum = 0;
        Work(20);
        long before = GC.GetTotalAllocatedBytes(precise: true), beforeHere = GC.GetAllocatedBytesForCurrentThread();
        Work(200);
        long allocatedHere = GC.GetAllocatedBytesForCurrentThread() - beforeHere, allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(0, allocatedHere);
        Assert.True(float.IsFinite(sum));

        // Other tests run beside this one, so the total says something only when they are silent: look for a silent moment.
        for (int attempt = 0; allocated > 0 && attempt < 50; attempt++)
        {
            before = GC.GetTotalAllocatedBytes(precise: true);
            Work(2);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        Assert.Equal(0, allocated);

        void Work(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                batch.SetControls(controls);
                batch.Step();
                sum += batch.Positions[0] + batch.ContactForces[0];
                batch.Reset([7], pose, velocity);
                batch.Fork(3, [11, 30]);
                batch.SetExternalForce(2, 1, default, default);
            }
        }
    }

    private static IWorldBatch Started(string engine, BatchOptions options, int[] numbers)
    {
        IWorldBatch batch = Engines.Named(engine).CreateBatch(Crowd.Scene, options);
        for (int world = 0; world < numbers.Length; world++)
        {
            Crowd.Start(batch, world, numbers[world]);
        }

        return batch;
    }

    private static int[] Positions(int[] bits, IWorldBatch batch) => bits[..(batch.PositionCount + batch.VelocityCount)];

    private static void AssertEqualBits(int[] expected, int[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(
                expected[index] == actual[index],
                $"{what}: reading {index} is {BitConverter.Int32BitsToSingle(actual[index])} instead of {BitConverter.Int32BitsToSingle(expected[index])}");
        }
    }
}
