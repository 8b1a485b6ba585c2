using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Reads the physical state of worlds, one at a time. Not safe for several threads at once.</summary>
/// <param name="layout">What a state is.</param>
public sealed class StateReader(StateLayout layout)
{
    private readonly Joint _root = layout.Character.Joints.First(joint => joint.Kind == JointKind.Free);
    private readonly Joint[] _joints = [.. layout.Character.Joints.Where(joint => joint.Kind != JointKind.Free)];
    private readonly int[] _keys = [.. layout.KeyBodies.Select(layout.Character.BodyIndex)];
    private readonly int[] _feet = [.. layout.Feet.Select(layout.Character.BodyIndex)];
    private readonly float[] _positions = new float[layout.Character.PositionCount];
    private readonly float[] _velocities = new float[layout.Character.VelocityCount];

    /// <summary>What a state is.</summary>
    public StateLayout Layout => layout;

    /// <summary>Reads a world.</summary>
    /// <param name="batch">Worlds of the layout's character.</param>
    /// <param name="world">Which one.</param>
    /// <param name="state">Result: [<see cref="StateLayout.Count"/>].</param>
    /// <returns>Where the root is on the ground.</returns>
    public GroundPlace Read(IWorldBatch batch, int world, Span<float> state)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Column(batch.Positions, batch.WorldCount, world, 0, _positions);
        Column(batch.Velocities, batch.WorldCount, world, 0, _velocities);
        Vector3 place = PositionVector.RootPosition(_root, _positions);
        Quaternion rotation = PositionVector.Rotation(_root, _positions);
        float heading = GroundDisplacement.Heading(rotation);
        Quaternion back = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -heading);
        FeatureWriter to = new(state);
        to.Put(place.Z);
        to.Put(back * rotation);
        to.Put(Vector3.Transform(new Vector3(_velocities.AsSpan(_root.VelocityIndex)), back));
        to.Put(Vector3.Transform(new Vector3(_velocities.AsSpan(_root.VelocityIndex + 3)), back * rotation));
        foreach (Joint joint in _joints)
        {
            if (joint.Kind == JointKind.Ball)
            {
                to.Put(PositionVector.Rotation(joint, _positions));
            }
            else
            {
                to.Put(_positions[joint.PositionIndex]);
            }
        }

        foreach (Joint joint in _joints)
        {
            to.Put(_velocities.AsSpan(joint.VelocityIndex, joint.VelocityCount));
        }

        ReadOnlySpan<float> bodies = batch.BodyPositions, forces = batch.ContactForces;
        foreach (int body in _keys)
        {
            to.Put(Vector3.Transform(Vector(bodies, batch.WorldCount, world, body) - place, back));
        }

        foreach (int foot in _feet)
        {
            to.Put(Vector(forces, batch.WorldCount, world, foot).Z > StateLayout.BearingForce ? 1 : 0);
        }

        return new GroundPlace(new Vector2(place.X, place.Y), heading);
    }

    private static void Column(ReadOnlySpan<float> table, int worlds, int world, int first, Span<float> to)
    {
        for (int row = 0; row < to.Length; row++)
        {
            to[row] = table[((first + row) * worlds) + world];
        }
    }

    private static Vector3 Vector(ReadOnlySpan<float> table, int worlds, int world, int body)
    {
        int at = (3 * body * worlds) + world;
        return new Vector3(table[at], table[at + worlds], table[at + (2 * worlds)]);
    }

    private ref struct FeatureWriter(Span<float> to)
    {
        private readonly Span<float> _to = to;
        private int _next;

        public void Put(float value) => _to[_next++] = value;

        public void Put(scoped ReadOnlySpan<float> values)
        {
            values.CopyTo(_to[_next..]);
            _next += values.Length;
        }

        public void Put(Vector3 vector)
        {
            Put(vector.X);
            Put(vector.Y);
            Put(vector.Z);
        }

        /// <summary>The turned x and z axes.</summary>
        public void Put(Quaternion rotation)
        {
            Put(Vector3.Transform(Vector3.UnitX, rotation));
            Put(Vector3.Transform(Vector3.UnitZ, rotation));
        }
    }
}
