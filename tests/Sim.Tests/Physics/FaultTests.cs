using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Testing;

namespace Motion.Sim.Tests.Physics;

public sealed class FaultTests
{
    private const int WorldCount = 36;
    private const int Faulty = 21;

    private static readonly int[] Numbers = [.. Enumerable.Range(0, WorldCount)];

    [Theory]
    [EveryEngine("not-a-number position")]
    [EveryEngine("not-a-number joint")]
    [EveryEngine("not-a-number velocity")]
    [EveryEngine("infinite velocity")]
    [EveryEngine("1e30 velocity")]
    [EveryEngine("1e30 joint velocity")]
    [EveryEngine("zero quaternion")]
    public void A_broken_world_is_reset_and_counted_and_no_other_changes_by_a_bit(string engine, string fault)
    {
        using IWorldBatch clean = Started(engine), broken = Started(engine);
        Crowd.Run(clean, Numbers, 0, 10);
        Crowd.Run(broken, Numbers, 0, 10);
        Break(broken, fault);

        Crowd.Run(clean, Numbers, 10, 1);
        Crowd.Run(broken, Numbers, 10, 1);

        Assert.Equal([Faulty], Numbers.Where(world => broken.Failed[world]));
        Assert.Equal(1, broken.FailureCount);
        Crowd.Run(clean, Numbers, 11, 30);
        Crowd.Run(broken, Numbers, 11, 30);
        foreach (int world in Numbers.Where(world => world != Faulty))
        {
            Assert.Equal(Crowd.Bits(clean, world), Crowd.Bits(broken, world));
        }

        Assert.All(broken.Positions.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(broken.Velocities.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [EveryEngine("ten metres under the ground")]
    [EveryEngine("limbs inside each other")]
    [EveryEngine("joints far beyond their ranges")]
    [EveryEngine("quaternion of length 1000")]
    public void An_impossible_pose_is_survived_and_no_other_world_changes_by_a_bit(string engine, string fault)
    {
        using IWorldBatch clean = Started(engine), broken = Started(engine);
        Crowd.Run(clean, Numbers, 0, 5);
        Crowd.Run(broken, Numbers, 0, 5);
        Break(broken, fault);

        for (int step = 5; step < 65; step++)
        {
            Crowd.Run(clean, Numbers, step, 1);
            Crowd.Run(broken, Numbers, step, 1);
            Assert.All(Crowd.Bits(broken, Faulty), bits => Assert.True(float.IsFinite(BitConverter.Int32BitsToSingle(bits))));
        }

        foreach (int world in Numbers.Where(world => world != Faulty))
        {
            Assert.Equal(Crowd.Bits(clean, world), Crowd.Bits(broken, world));
        }
    }

    [Theory]
    [EveryEngine]
    public void A_failed_world_goes_back_to_where_it_was_last_reset(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        using TestWorlds worlds = new(engine, humanoid, new BatchOptions { WorldCount = 2, Threads = 1 });
        float[] pose = PositionVector.Rest(humanoid);
        pose[0] = 3;
        worlds.Place(pose, null, 1);
        worlds.Run(0.2);

        // A push that no body survives; resetting also ends it.
        worlds.Batch.SetExternalForce(1, 0, new(1e9f, 0, 0), default);
        worlds.Batch.Step();

        Assert.True(worlds.Batch.Failed[1]);
        Assert.False(worlds.Batch.Failed[0]);
        Assert.Equal(pose, worlds.Positions(1));
        Assert.All(worlds.Velocities(1), value => Assert.Equal(0, value));
        worlds.Run(0.5, () => Assert.False(worlds.Batch.Failed[1]), alreadyFailed: 1);
    }

    [Theory]
    [EveryEngine]
    public void A_body_beyond_the_speed_limits_fails_its_world(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), new BatchOptions { WorldCount = 4, Threads = 1, MaximumSpeed = 20, MaximumAngularSpeed = 30 }, TestWorlds.Void);
        float[][] velocities = [[0, 0, 19, 0, 0, 0], [21, 0, 0, 0, 0, 0], [0, 0, 0, 0, 29, 0], [0, 0, 0, 0, 0, 31]];
        for (int world = 0; world < 4; world++)
        {
            worlds.Place([0, 0, 5, 1, 0, 0, 0], velocities[world], world);
        }

        worlds.Batch.Step();

        Assert.Equal([false, true, false, true], worlds.Batch.Failed.ToArray());
        Assert.Equal(2, worlds.Batch.FailureCount);
    }

    [Theory]
    [EveryEngine]
    public void The_last_states_before_a_failure_are_written_and_read_back(string engine)
    {
        using TempFolder folder = new();
        string path = folder.PathOf("fall.npz");
        using IWorldBatch batch = Started(engine);
        Crowd.Run(batch, Numbers, 0, 12);
        float[] before = Column(batch.Positions);
        Crowd.Run(batch, Numbers, 12, 1);
        Break(batch, "1e30 velocity");
        Crowd.Run(batch, Numbers, 13, 1);
        Crowd.Run(batch, Numbers, 14, 20);

        batch.WriteDump(Faulty, path);
        WorldDump dump = WorldDump.Read(path);

        // Eight control steps up to the one that failed: steps 6 to 13, each as it was before.
        Assert.Equal((batch.Scene.Character.Name, Faulty, batch.Options.ControlRate), (dump.Character, dump.World, dump.ControlRate));
        Assert.Equal(Enumerable.Range(6, 8), dump.States.Select(state => state.Step));
        Assert.Equal(before, dump.States[^2].Positions);
        Assert.Equal(1e30f, dump.States[^1].Velocities[0]);
        float[] controls = new float[batch.ControlCount * WorldCount];
        Crowd.Command(controls, WorldCount, Faulty, Faulty, 13);
        Assert.Equal(Column(controls), dump.States[^1].Controls);
    }

    [Theory]
    [EveryEngine]
    public void Failures_leave_their_last_states_in_the_dump_folder(string engine)
    {
        using TempFolder folder = new();
        using IWorldBatch batch = Started(engine, folder.PathOf("failures"));
        Crowd.Run(batch, Numbers, 0, 3);
        for (int failure = 1; failure <= 18; failure++)
        {
            Break(batch, "1e30 velocity");
            Crowd.Run(batch, Numbers, failure, 1);
        }

        // Sixteen at most; the first broke in the step after three, and is told with those three before it.
        Assert.Equal(18, batch.FailureCount);
        Assert.Equal(16, Directory.GetFiles(folder.PathOf("failures")).Length);
        WorldDump dump = WorldDump.Read(folder.PathOf("failures", "failure-1.npz"));
        Assert.Equal(Faulty, dump.World);
        Assert.Equal([0, 1, 2, 3], dump.States.Select(state => state.Step));
        Assert.Equal(1e30f, dump.States[^1].Velocities[0]);
    }

    private static float[] Column(ReadOnlySpan<float> table)
    {
        float[] values = new float[table.Length / WorldCount];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table[(row * WorldCount) + Faulty];
        }

        return values;
    }

    private static IWorldBatch Started(string engine, string? dumpFolder = null)
    {
        IWorldBatch batch = Engines.Named(engine).CreateBatch(Crowd.Scene, new BatchOptions { WorldCount = WorldCount, Threads = 1, DumpFolder = dumpFolder });
        foreach (int world in Numbers)
        {
            Crowd.Start(batch, world, world);
        }

        return batch;
    }

    /// <summary>
    /// Puts the faulty world into a state that no step would lead to. The state it goes back to is the broken one where that is what the
    /// fault is about, which must not do any harm either.
    /// </summary>
    private static void Break(IWorldBatch batch, string fault)
    {
        Character character = batch.Scene.Character;
        float[] pose = PositionVector.Rest(character), velocity = new float[character.VelocityCount];
        switch (fault)
        {
            case "not-a-number position":
                pose[1] = float.NaN;
                break;
            case "not-a-number joint":
                pose[character.Joints[4].PositionIndex] = float.NaN;
                break;
            case "not-a-number velocity":
                velocity[9] = float.NaN;
                break;
            case "infinite velocity":
                velocity[2] = float.PositiveInfinity;
                break;
            case "1e30 velocity":
                velocity[0] = 1e30f;
                break;
            case "1e30 joint velocity":
                velocity[^1] = 1e30f;
                break;
            case "zero quaternion":
                pose.AsSpan(3, 4).Clear();
                break;
            case "quaternion of length 1000":
                pose[3] = 1000;
                break;
            case "ten metres under the ground":
                pose[2] = -10;
                break;
            case "limbs inside each other":
                foreach (Joint joint in character.Joints.Where(joint => joint.Name.Contains("hip", StringComparison.Ordinal) || joint.Name.Contains("shoulder", StringComparison.Ordinal)))
                {
                    PositionVector.SetRotation(joint, pose, Rotations.FromVector(new(joint.Name.StartsWith("left", StringComparison.Ordinal) ? -1.6f : 1.6f, 0, 0)));
                }

                break;
            case "joints far beyond their ranges":
                foreach (Joint joint in character.Joints.Where(joint => joint.Kind == JointKind.Hinge))
                {
                    pose[joint.PositionIndex] = -2;
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault");
        }

        batch.Reset([Faulty], pose, velocity);
    }
}
