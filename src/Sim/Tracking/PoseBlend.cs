using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tracking;

/// <summary>
/// Lets a reference begin where a character is: what its pose and velocity differed by when it began to follow fades out over some steps (Bollo,
/// "Inertialization: high-performance animation transitions in Gears of War", 2018, with a smooth step for the fading).
/// </summary>
internal sealed class PoseBlend
{
    private readonly Character _character;
    private readonly ReferenceTable _table;
    private readonly PoseControls _controls;
    private readonly Joint _root;
    private readonly int _steps;
    private readonly float[] _offsets;
    private readonly float[] _velocities;

    /// <param name="character">Who follows.</param>
    /// <param name="table">What is followed.</param>
    /// <param name="controls">What stands for a pose.</param>
    /// <param name="worlds">Number of worlds.</param>
    /// <param name="steps">Control steps until nothing is left of a difference.</param>
    public PoseBlend(Character character, ReferenceTable table, PoseControls controls, int worlds, int steps)
    {
        (_character, _table, _controls, _steps) = (character, table, controls, steps);
        _root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        _offsets = new float[worlds * character.PositionCount];
        _velocities = new float[worlds * character.VelocityCount];
    }

    /// <summary>What is left of a difference so many steps after it was noted: 1 to 0.</summary>
    public float WeightAfter(int steps)
    {
        if (steps >= _steps)
        {
            return 0;
        }

        float share = steps / (float)_steps;
        return 1 - (share * share * (3 - (2 * share)));
    }

    /// <summary>Notes by what a world differs from the row that it begins to follow.</summary>
    public void Note(int world, int row, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        ReadOnlySpan<float> reference = _table.RowAt(row);
        Span<float> offset = Offset(world), speed = Velocity(world);
        velocities[..speed.Length].CopyTo(speed);
        foreach (Joint joint in _character.Joints)
        {
            if (joint.Kind == JointKind.Hinge)
            {
                offset[joint.PositionIndex] = positions[joint.PositionIndex] - reference[joint.PositionIndex];
            }
            else if (joint.Kind == JointKind.Ball)
            {
                PositionVector.SetRotation(joint, offset, Quaternion.Normalize(PositionVector.Rotation(joint, positions) * Quaternion.Conjugate(PositionVector.Rotation(joint, reference))));
            }
        }

        // The root's place and heading on the ground are those of the character already; height, tilt and speed fade.
        Quaternion own = Heading(positions), clip = Heading(reference);
        Quaternion tilt = Quaternion.Conjugate(own) * PositionVector.Rotation(_root, positions) * Quaternion.Conjugate(Quaternion.Conjugate(clip) * PositionVector.Rotation(_root, reference));
        PositionVector.SetRotation(_root, offset, Quaternion.Normalize(tilt));
        PositionVector.SetRootPosition(_root, offset, new Vector3(0, 0, positions[_root.PositionIndex + 2] - reference[_root.PositionIndex + 2]));
        Write(Vector3.Transform(Read(velocities, _root.VelocityIndex), Quaternion.Conjugate(own)), speed, _root.VelocityIndex);
    }

    /// <summary>A row with what is left of a world's difference: positions, velocities, places of bodies and controls.</summary>
    /// <param name="world">The world.</param>
    /// <param name="row">The row.</param>
    /// <param name="weight">What is left, 0 to 1.</param>
    /// <param name="result">As long as a row.</param>
    public void Fill(int world, int row, float weight, Span<float> result)
    {
        ReadOnlySpan<float> reference = _table.RowAt(row), offset = Offset(world), speed = Velocity(world);
        reference.CopyTo(result);
        foreach (Joint joint in _character.Joints)
        {
            if (joint.Kind == JointKind.Hinge)
            {
                result[joint.PositionIndex] += weight * offset[joint.PositionIndex];
            }
            else if (joint.Kind == JointKind.Ball)
            {
                PositionVector.SetRotation(joint, result, Quaternion.Normalize(Part(joint, offset, weight) * PositionVector.Rotation(joint, reference)));
            }
        }

        Quaternion clip = Heading(reference);
        PositionVector.SetRotation(_root, result, Quaternion.Normalize(clip * Part(_root, offset, weight) * Quaternion.Conjugate(clip) * PositionVector.Rotation(_root, reference)));
        result[_root.PositionIndex + 2] += weight * offset[_root.PositionIndex + 2];
        Span<float> velocities = result.Slice(_table.VelocityStart, speed.Length);
        Vector3 wanted = Read(velocities, _root.VelocityIndex), had = Vector3.Transform(Read(speed, _root.VelocityIndex), clip);
        for (int index = 0; index < speed.Length; index++)
        {
            velocities[index] += weight * (speed[index] - velocities[index]);
        }

        Write(Vector3.Lerp(wanted, had, weight), velocities, _root.VelocityIndex);
        Place(result);
        _controls.Of(result, velocities, result[_table.ControlStart..]);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_offsets.AsSpan()));
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_velocities.AsSpan()));
    }

    public void Restore(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_offsets.AsSpan()));
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_velocities.AsSpan()));
    }

    private void Place(Span<float> row)
    {
        Span<Vector3> places = stackalloc Vector3[_character.Bodies.Length];
        Span<Quaternion> rotations = stackalloc Quaternion[places.Length];
        ForwardKinematics.Compute(_character, row, places, rotations);
        for (int body = 0; body < places.Length; body++)
        {
            Write(places[body], row, _table.BodyStart + (3 * body));
        }
    }

    private Quaternion Heading(ReadOnlySpan<float> positions) =>
        Quaternion.CreateFromAxisAngle(Vector3.UnitZ, GroundDisplacement.Heading(PositionVector.Rotation(_root, positions)));

    private static Quaternion Part(Joint joint, ReadOnlySpan<float> offset, float weight) =>
        Rotations.FromVector(weight * Rotations.ToVector(PositionVector.Rotation(joint, offset)));

    private static Vector3 Read(ReadOnlySpan<float> values, int at) => new(values[at], values[at + 1], values[at + 2]);

    private static void Write(Vector3 value, Span<float> values, int at) => (values[at], values[at + 1], values[at + 2]) = (value.X, value.Y, value.Z);

    private Span<float> Offset(int world) => _offsets.AsSpan(world * _character.PositionCount, _character.PositionCount);

    private Span<float> Velocity(int world) => _velocities.AsSpan(world * _character.VelocityCount, _character.VelocityCount);
}
