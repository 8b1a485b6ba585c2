using System.Numerics;

namespace Motion.Sim.Physics;

/// <summary>
/// N worlds of one scene stepped together. Bulk readings are laid out [quantity, world], world fastest, and are valid until
/// the next call that changes the worlds. A world's results depend on nothing but what was done to that world.
/// </summary>
/// <remarks>
/// Positions and velocities follow <see cref="Characters.Character"/>; every prop adds a free joint after the character's.
/// Bodies are the character's followed by the props. Not safe for use from several threads at once.
/// </remarks>
public interface IWorldBatch : IDisposable
{
    /// <summary>What every world contains.</summary>
    Scene Scene { get; }

    /// <summary>How the worlds are stepped.</summary>
    BatchOptions Options { get; }

    /// <summary>Number of worlds.</summary>
    int WorldCount { get; }

    /// <summary>Coordinates of a world's position vector, props included.</summary>
    int PositionCount { get; }

    /// <summary>Degrees of freedom of a world, props included.</summary>
    int VelocityCount { get; }

    /// <summary>Bodies of a world, props included.</summary>
    int BodyCount { get; }

    /// <summary>Controls of a world: the character's actuators.</summary>
    int ControlCount { get; }

    /// <summary>Generalised positions: [coordinate, world].</summary>
    ReadOnlySpan<float> Positions { get; }

    /// <summary>Generalised velocities: [degree of freedom, world].</summary>
    ReadOnlySpan<float> Velocities { get; }

    /// <summary>Origins of the bodies in the world, m: [body × 3, world].</summary>
    ReadOnlySpan<float> BodyPositions { get; }

    /// <summary>Orientations of the bodies in the world, w x y z: [body × 4, world].</summary>
    ReadOnlySpan<float> BodyRotations { get; }

    /// <summary>Velocities of the bodies' origins in the world, m/s: [body × 3, world].</summary>
    ReadOnlySpan<float> BodyLinearVelocities { get; }

    /// <summary>Angular velocities of the bodies in the world, rad/s: [body × 3, world].</summary>
    ReadOnlySpan<float> BodyAngularVelocities { get; }

    /// <summary>Sum of the contact forces on each body over the last physics step, world frame, N: [body × 3, world].</summary>
    ReadOnlySpan<float> ContactForces { get; }

    /// <summary>Torque of the actuators over the last physics step, N·m: [degree of freedom, world].</summary>
    ReadOnlySpan<float> JointTorques { get; }

    /// <summary>
    /// Which worlds went non-finite or too fast in the last <see cref="Step"/> and were put back to their last reset: [world].
    /// </summary>
    ReadOnlySpan<bool> Failed { get; }

    /// <summary>How often a world has failed since the batch was made.</summary>
    long FailureCount { get; }

    /// <summary>Points of contact that pushed in the last physics step, all worlds together; counted anew at every call.</summary>
    long ContactCount { get; }

    /// <summary>Memory that one world occupies, its readings and history included, bytes.</summary>
    long BytesPerWorld { get; }

    /// <summary>
    /// Sets what the actuators do until changed: targets (rad; the three axes of a ball joint form a rotation vector from
    /// rest) or torques (N·m): [control, world].
    /// </summary>
    /// <exception cref="ArgumentException">The span has another length than controls × worlds.</exception>
    void SetControls(ReadOnlySpan<float> controls);

    /// <summary>Advances every world by one control step.</summary>
    /// <exception cref="MotionException">A world failed and its last states cannot be written to the folder of the options.</exception>
    void Step();

    /// <summary>
    /// Puts some worlds into given states, with no memory of contacts and all controls at rest pose. The state is also where
    /// the world returns to should it fail. Repeated worlds are set in order.
    /// </summary>
    /// <param name="worlds">Indices of worlds: [n].</param>
    /// <param name="positions">[n × position coordinate], each world's vector contiguous; with or without the props'.</param>
    /// <param name="velocities">[n × degree of freedom], likewise.</param>
    void Reset(ReadOnlySpan<int> worlds, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities);

    /// <summary>Changes gravity, friction, mass and gains of one world.</summary>
    void SetVariation(int world, in WorldVariation variation);

    /// <summary>Pushes a body with a force, N, at its origin and a torque, N·m, both in the world frame, until changed.</summary>
    void SetExternalForce(int world, int body, Vector3 force, Vector3 torque);

    /// <summary>Places a prop: position, m, and velocity, m/s, in the world. A prop not yet placed takes no part.</summary>
    void PlaceProp(int world, int prop, Vector3 position, Vector3 velocity);

    /// <summary>Everything that decides a world's future, for <see cref="Restore"/>.</summary>
    WorldState Save(int world);

    /// <summary>Puts a world exactly where another of the same scene was when saved.</summary>
    /// <exception cref="ArgumentException">The state belongs to another scene.</exception>
    void Restore(int world, WorldState state);

    /// <summary>Makes worlds exact copies of one, without allocating.</summary>
    void Fork(int source, ReadOnlySpan<int> destinations);

    /// <summary>Writes the last control steps of a world before its latest failure (or before now) to a file.</summary>
    void WriteDump(int world, string path);
}

/// <summary>What may differ between worlds of one batch.</summary>
public readonly record struct WorldVariation
{
    /// <summary>No difference from the scene.</summary>
    public WorldVariation()
    {
    }

    /// <summary>Added to the scene's gravity, m/s².</summary>
    public Vector3 GravityOffset { get; init; }

    /// <summary>Factor on every coefficient of friction.</summary>
    public float Friction { get; init; } = 1;

    /// <summary>Factor on every mass and inertia.</summary>
    public float Mass { get; init; } = 1;

    /// <summary>Factor on every drive's gains.</summary>
    public float Gain { get; init; } = 1;
}

/// <summary>A world's state as saved: opaque, and exact to the bit.</summary>
public sealed class WorldState
{
    internal WorldState(object model, float[] values) => (Model, Values) = (model, values);

    internal object Model { get; }

    internal float[] Values { get; }
}
