using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>A batch with what tests ask of it: single values by world, and stepping for a time.</summary>
internal sealed class TestWorlds : IDisposable
{
    public TestWorlds(string engine, Character character, BatchOptions? options = null, Terrain? terrain = null, params Prop[] props)
        : this(engine, new Scene { Character = character, Terrain = terrain ?? new Terrain(), Props = [.. props] }, options)
    {
    }

    public TestWorlds(string engine, Scene scene, BatchOptions? options = null)
    {
        Character = scene.Character;
        Batch = Engines.Named(engine).CreateBatch(scene, options ?? new BatchOptions { Threads = 1 });
    }

    /// <summary>Options in which every physics step is a control step.</summary>
    public static BatchOptions At(int rate) => new() { PhysicsRate = rate, ControlRate = rate, Threads = 1 };

    /// <summary>No ground at all.</summary>
    public static Terrain Void { get; } = new() { Ground = false };

    public Character Character { get; }

    public IWorldBatch Batch { get; }

    public float ControlSeconds => 1f / Batch.Options.ControlRate;

    /// <summary>Runs for a time, looking on after every control step. A world that fails is an error.</summary>
    public void Run(double seconds, Action? look = null, int alreadyFailed = 0)
    {
        int steps = (int)Math.Round(seconds * Batch.Options.ControlRate);
        for (int step = 0; step < steps; step++)
        {
            Batch.Step();
            Assert.Equal(alreadyFailed, Batch.FailureCount);
            look?.Invoke();
        }
    }

    /// <summary>Puts one world into a state.</summary>
    public void Place(float[] positions, float[]? velocities = null, int world = 0) =>
        Batch.Reset([world], positions, velocities ?? new float[Character.VelocityCount]);

    /// <summary>Gives every world the same controls.</summary>
    public void Control(params float[] controls)
    {
        float[] all = new float[controls.Length * Batch.WorldCount];
        for (int control = 0; control < controls.Length; control++)
        {
            all.AsSpan(control * Batch.WorldCount, Batch.WorldCount).Fill(controls[control]);
        }

        Batch.SetControls(all);
    }

    public float Position(int coordinate, int world = 0) => Batch.Positions[(coordinate * Batch.WorldCount) + world];

    public float Velocity(int dof, int world = 0) => Batch.Velocities[(dof * Batch.WorldCount) + world];

    public float JointTorque(int dof, int world = 0) => Batch.JointTorques[(dof * Batch.WorldCount) + world];

    public float[] Positions(int world = 0) => Column(Batch.Positions, world);

    public float[] Velocities(int world = 0) => Column(Batch.Velocities, world);

    public Vector3 BodyPosition(int body, int world = 0) => Vector(Batch.BodyPositions, body, world);

    public Vector3 BodyVelocity(int body, int world = 0) => Vector(Batch.BodyLinearVelocities, body, world);

    public Vector3 BodySpin(int body, int world = 0) => Vector(Batch.BodyAngularVelocities, body, world);

    public Vector3 ContactForce(int body, int world = 0) => Vector(Batch.ContactForces, body, world);

    /// <summary>Sum of the contact forces on all bodies.</summary>
    public Vector3 TotalContactForce(int world = 0)
    {
        Vector3 sum = Vector3.Zero;
        for (int body = 0; body < Batch.BodyCount; body++)
        {
            sum += ContactForce(body, world);
        }

        return sum;
    }

    public Quaternion BodyRotation(int body, int world = 0)
    {
        ReadOnlySpan<float> table = Batch.BodyRotations;
        int count = Batch.WorldCount, at = (4 * body * count) + world;
        return new Quaternion(table[at + count], table[at + (2 * count)], table[at + (3 * count)], table[at]);
    }

    public void Dispose() => Batch.Dispose();

    private Vector3 Vector(ReadOnlySpan<float> table, int body, int world)
    {
        int count = Batch.WorldCount, at = (3 * body * count) + world;
        return new Vector3(table[at], table[at + count], table[at + (2 * count)]);
    }

    private float[] Column(ReadOnlySpan<float> table, int world)
    {
        float[] values = new float[table.Length / Batch.WorldCount];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table[(row * Batch.WorldCount) + world];
        }

        return values;
    }
}
