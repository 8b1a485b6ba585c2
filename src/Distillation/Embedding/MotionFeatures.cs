using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Distillation.Embedding;

/// <summary>
/// Describes motions of a character frame by frame for the embedding, recorded and executed ones alike; place and heading on the ground do not
/// matter. Each frame has: turning rate about the vertical (rad/s), speed forward, leftward and upward (m/s) in the heading frame, the pelvis'
/// height (m), its up and forward axes in the heading frame (6), and the origin of every other body from the pelvis in the heading frame (m).
/// </summary>
public sealed class MotionFeatures
{
    /// <summary>Version of that meaning.</summary>
    public const int Version = 1;

    private const int RootFeatures = 11;

    private readonly Character _character;
    private readonly Joint _root;

    /// <summary>Features of one character.</summary>
    /// <param name="character">The character; its first joint that floats is its pelvis.</param>
    /// <param name="frameRate">Frames per second to describe.</param>
    public MotionFeatures(Character character, int frameRate)
    {
        ArgumentNullException.ThrowIfNull(character);
        (_character, FrameRate) = (character, frameRate);
        _root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        Count = RootFeatures + (3 * (character.Bodies.Length - 1));
    }

    /// <summary>Frames per second.</summary>
    public int FrameRate { get; }

    /// <summary>Numbers in a frame.</summary>
    public int Count { get; }

    /// <summary>Features of a clip, at <see cref="FrameRate"/>: [frame × <see cref="Count"/>].</summary>
    /// <param name="clip">A clip of the character at any rate, or an executed motion put into one.</param>
    /// <exception cref="MotionException">The clip is of a character with other bodies.</exception>
    public float[] Of(CharacterClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.Character.PositionCount != _character.PositionCount || clip.Character.Bodies.Length != _character.Bodies.Length)
        {
            throw new MotionException(ExitCode.BadInput, $"clip '{clip.Name}' is of '{clip.Character.Name}', the embedding knows motions of '{_character.Name}'");
        }

        CharacterClip even = clip.Resample(FrameRate);
        float[] features = new float[even.FrameCount * Count];
        Vector3[] places = new Vector3[_character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[places.Length];
        for (int frame = 0; frame < even.FrameCount; frame++)
        {
            ForwardKinematics.Compute(_character, even.PositionsAt(frame), places, rotations);
            Describe(places, rotations, features.AsSpan(frame * Count, Count));
        }

        Differentiate(even, features);
        return features;
    }

    private void Describe(Vector3[] places, Quaternion[] rotations, Span<float> frame)
    {
        int pelvis = _root.Body;
        Quaternion toHeading = Quaternion.Conjugate(Heading(rotations[pelvis]));
        frame[4] = places[pelvis].Z;
        Write(Vector3.Transform(Vector3.Transform(Vector3.UnitZ, rotations[pelvis]), toHeading), frame[5..]);
        Write(Vector3.Transform(Vector3.Transform(Vector3.UnitX, rotations[pelvis]), toHeading), frame[8..]);
        int at = RootFeatures;
        for (int body = 0; body < places.Length; body++)
        {
            if (body != pelvis)
            {
                Write(Vector3.Transform(places[body] - places[pelvis], toHeading), frame[at..]);
                at += 3;
            }
        }
    }

    // Central differences; one-sided at the ends.
    private void Differentiate(CharacterClip clip, float[] features)
    {
        int last = clip.FrameCount - 1;
        for (int frame = 0; frame <= last && last > 0; frame++)
        {
            (int before, int after) = (Math.Max(0, frame - 1), Math.Min(last, frame + 1));
            float seconds = (after - before) / (float)FrameRate;
            Quaternion heading = Heading(PositionVector.Rotation(_root, clip.PositionsAt(frame)));
            Quaternion turned = Heading(PositionVector.Rotation(_root, clip.PositionsAt(after))) * Quaternion.Conjugate(Heading(PositionVector.Rotation(_root, clip.PositionsAt(before))));
            Vector3 moved = PositionVector.RootPosition(_root, clip.PositionsAt(after)) - PositionVector.RootPosition(_root, clip.PositionsAt(before));
            features[frame * Count] = 2 * MathF.Atan2(turned.W < 0 ? -turned.Z : turned.Z, MathF.Abs(turned.W)) / seconds;
            Write(Vector3.Transform(moved, Quaternion.Conjugate(heading)) / seconds, features.AsSpan((frame * Count) + 1));
        }
    }

    // The part of a rotation that is about the vertical.
    private static Quaternion Heading(Quaternion rotation)
    {
        float length = MathF.Sqrt((rotation.Z * rotation.Z) + (rotation.W * rotation.W));
        return length < 1e-6f ? Quaternion.Identity : new Quaternion(0, 0, rotation.Z / length, rotation.W / length);
    }

    private static void Write(Vector3 value, Span<float> to) => (to[0], to[1], to[2]) = (value.X, value.Y, value.Z);
}
