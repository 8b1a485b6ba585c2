using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>
/// Operations on position vectors in MuJoCo's layout (see <see cref="Character"/>): positions do not subtract where they hold
/// quaternions, so differences and steps live here.
/// </summary>
public static class PositionVector
{
    /// <summary>The rest pose: the free root where the file puts it, every other joint at zero.</summary>
    public static float[] Rest(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        float[] positions = new float[character.PositionCount];
        foreach (Joint joint in character.Joints)
        {
            if (joint.Kind == JointKind.Free)
            {
                SetRootPosition(joint, positions, character.Bodies[joint.Body].Position);
                SetRotation(joint, positions, character.Bodies[joint.Body].Rotation);
            }
            else
            {
                SetRotation(joint, positions, Quaternion.Identity);
            }
        }

        return positions;
    }

    /// <summary>Standing at ease: the character's own pose for it, or the rest pose when it has none.</summary>
    public static float[] Stand(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        return character.Stand.IsEmpty ? Rest(character) : [.. character.Stand];
    }

    /// <summary>Position of a free joint's body in the world, m.</summary>
    public static Vector3 RootPosition(Joint joint, ReadOnlySpan<float> positions)
    {
        int at = FreeIndex(joint);
        return new Vector3(positions[at], positions[at + 1], positions[at + 2]);
    }

    /// <summary>Sets the position of a free joint's body in the world, m.</summary>
    public static void SetRootPosition(Joint joint, Span<float> positions, Vector3 position)
    {
        int at = FreeIndex(joint);
        (positions[at], positions[at + 1], positions[at + 2]) = (position.X, position.Y, position.Z);
    }

    /// <summary>Rotation that a joint makes: about its axis for a hinge; in the parent's frame for a ball, in the world for a free joint.</summary>
    public static Quaternion Rotation(Joint joint, ReadOnlySpan<float> positions)
    {
        ArgumentNullException.ThrowIfNull(joint);
        if (joint.Kind == JointKind.Hinge)
        {
            return Quaternion.CreateFromAxisAngle(joint.Axis, positions[joint.PositionIndex]);
        }

        int at = QuaternionIndex(joint);
        return new Quaternion(positions[at + 1], positions[at + 2], positions[at + 3], positions[at]);
    }

    /// <summary>Sets what a joint does; a hinge takes the part of the rotation that is about its axis, in (−π, π].</summary>
    public static void SetRotation(Joint joint, Span<float> positions, Quaternion rotation)
    {
        ArgumentNullException.ThrowIfNull(joint);
        if (joint.Kind == JointKind.Hinge)
        {
            positions[joint.PositionIndex] = TwistAngle(rotation, joint.Axis);
            return;
        }

        int at = QuaternionIndex(joint);
        (positions[at], positions[at + 1], positions[at + 2], positions[at + 3]) = (rotation.W, rotation.X, rotation.Y, rotation.Z);
    }

    /// <summary>The constant velocity that leads from one position to another: the inverse of <see cref="Integrate"/>.</summary>
    /// <param name="character">Whose positions they are.</param>
    /// <param name="from">Positions at the start: [<see cref="Character.PositionCount"/>].</param>
    /// <param name="to">Positions at the end.</param>
    /// <param name="seconds">Time between them, s, positive.</param>
    /// <param name="velocity">Result: [<see cref="Character.VelocityCount"/>].</param>
    public static void Differentiate(Character character, ReadOnlySpan<float> from, ReadOnlySpan<float> to, float seconds, Span<float> velocity)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        foreach (Joint joint in character.Joints)
        {
            int at = joint.VelocityIndex;
            if (joint.Kind == JointKind.Hinge)
            {
                velocity[at] = (to[joint.PositionIndex] - from[joint.PositionIndex]) / seconds;
                continue;
            }

            if (joint.Kind == JointKind.Free)
            {
                Write(velocity, at, (RootPosition(joint, to) - RootPosition(joint, from)) / seconds);
                at += 3;
            }

            Quaternion change = Quaternion.Conjugate(Rotation(joint, from)) * Rotation(joint, to);
            Write(velocity, at, Rotations.ToVector(change) / seconds);
        }
    }

    /// <summary>Moves positions along a constant velocity.</summary>
    /// <param name="character">Whose positions they are.</param>
    /// <param name="positions">Positions, changed in place: [<see cref="Character.PositionCount"/>].</param>
    /// <param name="velocity">Velocity: [<see cref="Character.VelocityCount"/>].</param>
    /// <param name="seconds">Time, s.</param>
    public static void Integrate(Character character, Span<float> positions, ReadOnlySpan<float> velocity, float seconds)
    {
        ArgumentNullException.ThrowIfNull(character);
        foreach (Joint joint in character.Joints)
        {
            int at = joint.VelocityIndex;
            if (joint.Kind == JointKind.Hinge)
            {
                positions[joint.PositionIndex] += velocity[at] * seconds;
                continue;
            }

            if (joint.Kind == JointKind.Free)
            {
                SetRootPosition(joint, positions, RootPosition(joint, positions) + (Read(velocity, at) * seconds));
                at += 3;
            }

            Quaternion turn = Rotations.FromVector(Read(velocity, at) * seconds);
            SetRotation(joint, positions, Quaternion.Normalize(Rotation(joint, positions) * turn));
        }
    }

    private static float TwistAngle(Quaternion rotation, Vector3 axis)
    {
        float along = Vector3.Dot(new Vector3(rotation.X, rotation.Y, rotation.Z), axis);
        float angle = 2 * MathF.Atan2(along, rotation.W);
        return angle > MathF.PI ? angle - MathF.Tau : angle <= -MathF.PI ? angle + MathF.Tau : angle;
    }

    private static int FreeIndex(Joint joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        return joint.Kind == JointKind.Free
            ? joint.PositionIndex
            : throw new ArgumentException($"joint '{joint.Name}' is not free", nameof(joint));
    }

    private static int QuaternionIndex(Joint joint) => joint.PositionIndex + (joint.Kind == JointKind.Free ? 3 : 0);

    private static Vector3 Read(ReadOnlySpan<float> values, int at) => new(values[at], values[at + 1], values[at + 2]);

    private static void Write(Span<float> values, int at, Vector3 vector) =>
        (values[at], values[at + 1], values[at + 2]) = (vector.X, vector.Y, vector.Z);
}
