using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tracking;

/// <summary>
/// How far a character's state is from the frames of clips, wherever both are on the ground, and which frame is nearest: where to enter a clip from
/// another motion, and where in a clip a character is that follows it without a clock.
/// </summary>
public sealed class EntryFrames
{
    // What a difference of one counts for, squared: a metre of height, a tilt, a metre a second of the root; and beside a joint's radian, its radian a second.
    private const float HeightWeight = 10;
    private const float TiltWeight = 3;
    private const float SpeedWeight = 1;
    private const float RateWeight = 0.005f;

    // A radian of a joint that carries little: such a limb gets anywhere without a step.
    private const float LightWeight = 0.15f;
    private const float LightShare = 0.2f;

    // A clip that does not loop is entered near its start.
    private const float EntrySeconds = 0.3f;

    private readonly Character _character;
    private readonly ReferenceTable _table;
    private readonly Joint _root;
    private readonly float[] _weights;

    internal EntryFrames(Character character, ReferenceTable table, IReadOnlyCollection<string> feet)
    {
        (_character, _table) = (character, table);
        _root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        _weights = [.. character.Joints.Select(joint => Carries(character, joint.Body, feet) ? 1 : LightWeight)];
    }

    /// <summary>The frame at which to enter a clip: any of a loop, one near the start of another clip.</summary>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="positions">Position vector of the character.</param>
    /// <param name="velocities">Velocity vector of the character.</param>
    public int Nearest(int clip, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities) => Nearest(clip, positions, velocities, out _);

    /// <summary>The frame at which to enter a clip, and how far it is.</summary>
    internal int Nearest(int clip, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities, out float least)
    {
        ReferenceClip track = _table.Clips[clip];
        int count = track.IsLoop ? track.Last : Math.Max(1, Math.Min(track.Last / 2, (int)(EntrySeconds * _table.ControlRate)));
        int best = 0;
        least = float.PositiveInfinity;
        for (int frame = 0; frame < count; frame++)
        {
            float distance = Distance(clip, frame, positions, velocities);
            if (distance < least)
            {
                (best, least) = (frame, distance);
            }
        }

        return best;
    }

    /// <summary>
    /// The distance of a state from a frame: squared angles between joints (rad²), those of legs and trunk above all, and weighted squares of the
    /// differences in height, tilt and velocities.
    /// </summary>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame from the clip's start; past the end, a loop goes on and another clip stays on its last frame.</param>
    /// <param name="positions">Position vector of the character.</param>
    /// <param name="velocities">Velocity vector of the character.</param>
    public float Distance(int clip, int frame, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        int row = _table.Locate(clip, frame).Row;
        ReadOnlySpan<float> reference = _table.RowAt(row), rates = reference[_table.VelocityStart..];
        float distance = RootDistance(reference, rates, positions, velocities);
        for (int index = 0; index < _weights.Length; index++)
        {
            Joint joint = _character.Joints[index];
            if (joint.Kind == JointKind.Free)
            {
                continue;
            }

            float away;
            if (joint.Kind == JointKind.Hinge)
            {
                away = positions[joint.PositionIndex] - reference[joint.PositionIndex];
                away *= away;
            }
            else
            {
                float dot = Quaternion.Dot(PositionVector.Rotation(joint, positions), PositionVector.Rotation(joint, reference));
                away = 4 * (1 - MathF.Min(1, dot * dot)); // (2 sin ½θ)²
            }

            for (int rate = joint.VelocityIndex; rate < joint.VelocityIndex + joint.VelocityCount; rate++)
            {
                float faster = velocities[rate] - rates[rate];
                away += RateWeight * faster * faster;
            }

            distance += _weights[index] * away;
        }

        return distance;
    }

    /// <summary>Whether a joint bears the character: a foot hangs on it, or a good part of its mass.</summary>
    private static bool Carries(Character character, int body, IReadOnlyCollection<string> feet)
    {
        bool[] hangs = new bool[character.Bodies.Length];
        hangs[body] = true;
        for (int next = body + 1; next < hangs.Length; next++)
        {
            hangs[next] = character.Bodies[next].Parent is >= 0 and int parent && hangs[parent];
        }

        Body[] carried = [.. character.Bodies.Where((_, index) => hangs[index])];
        return carried.Any(part => feet.Contains(part.Name)) || carried.Sum(part => part.Mass) > LightShare * character.TotalMass;
    }

    private float RootDistance(ReadOnlySpan<float> reference, ReadOnlySpan<float> rates, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        Quaternion rotation = PositionVector.Rotation(_root, positions), wanted = PositionVector.Rotation(_root, reference);
        Vector3 tilt = Up(rotation) - Up(wanted);
        Vector3 speed = SeenFrom(rotation, new Vector3(velocities.Slice(_root.VelocityIndex, 3))) - SeenFrom(wanted, new Vector3(rates.Slice(_root.VelocityIndex, 3)));
        float height = PositionVector.RootPosition(_root, positions).Z - PositionVector.RootPosition(_root, reference).Z;
        return (HeightWeight * height * height) + (TiltWeight * tilt.LengthSquared()) + (SpeedWeight * speed.LengthSquared());
    }

    // The vertical as the root sees it: the same wherever it faces.
    private static Vector3 Up(Quaternion rotation) => Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(rotation));

    private static Vector3 SeenFrom(Quaternion rotation, Vector3 vector) =>
        Vector3.Transform(vector, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -GroundDisplacement.Heading(rotation)));
}
