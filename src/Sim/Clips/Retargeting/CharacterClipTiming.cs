using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Frame rates and velocities of character clips.</summary>
public static class CharacterClipTiming
{
    /// <summary>
    /// Samples a clip at another rate, positions and hinges linearly, rotations along the shorter great circle, and takes velocities anew. The
    /// first frame stays; the last is the last sample that is not past the end. A loop keeps its whole number of frames: its length
    /// is stretched by less than half a frame, so that it still closes.
    /// </summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frameRate">Frames per second, above 0 and at most 10,000.</param>
    /// <exception cref="MotionException">The rate is out of range.</exception>
    public static CharacterClip Resample(this CharacterClip clip, double frameRate)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (!(frameRate > 0 && frameRate <= 10_000))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"frame rate {frameRate} is not above 0 and at most 10000 frames per second");
        }

        if (frameRate == clip.FrameRate)
        {
            return clip;
        }

        // The slack keeps the last frame when the two rates divide evenly but their quotient is not exact.
        int frames = (clip.IsLoop ? (int)Math.Round(clip.Duration * frameRate) : (int)Math.Floor((clip.Duration * frameRate) + 1e-6)) + 1;
        double step = clip.IsLoop && frames > 1 ? (clip.FrameCount - 1.0) / (frames - 1) : clip.FrameRate / frameRate;
        int count = clip.Character.PositionCount;
        float[] positions = new float[frames * count];
        FootContacts[] contacts = new FootContacts[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            double at = Math.Min(frame * step, clip.FrameCount - 1);
            int before = Math.Min((int)at, Math.Max(clip.FrameCount - 2, 0));
            int after = Math.Min(before + 1, clip.FrameCount - 1);
            float share = (float)(at - before);
            Interpolate(clip.Character, clip.PositionsAt(before), clip.PositionsAt(after), share, positions.AsSpan(frame * count, count));
            contacts[frame] = clip.Contacts[share < 0.5f ? before : after];
        }

        return (clip with { FrameRate = frameRate, Positions = positions, Contacts = contacts, Velocities = new float[frames * clip.Character.VelocityCount] }).WithVelocities();
    }

    /// <summary>
    /// The clip with velocities taken from its positions: central differences inside, three-point one-sided differences at the ends
    /// (exact for constant acceleration), and across the seam of a loop.
    /// </summary>
    public static CharacterClip WithVelocities(this CharacterClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Character character = clip.Character;
        int count = character.VelocityCount;
        int last = clip.FrameCount - 1;
        float step = (float)(1 / clip.FrameRate);
        float[] velocities = new float[clip.FrameCount * count];
        for (int frame = 1; frame < last; frame++)
        {
            PositionVector.Differentiate(character, clip.PositionsAt(frame - 1), clip.PositionsAt(frame + 1), 2 * step, velocities.AsSpan(frame * count, count));
        }

        if (last == 1)
        {
            PositionVector.Differentiate(character, clip.PositionsAt(0), clip.PositionsAt(1), step, velocities.AsSpan(0, count));
            velocities.AsSpan(0, count).CopyTo(velocities.AsSpan(count));
        }
        else if (last > 1 && clip.IsLoop)
        {
            SeamVelocity(clip, step, velocities.AsSpan(0, count), velocities.AsSpan(last * count, count));
        }
        else if (last > 1)
        {
            EndVelocity(clip, 0, 1, step, velocities.AsSpan(0, count), velocities.AsSpan(count, count));
            EndVelocity(clip, last - 1, last, step, velocities.AsSpan(last * count, count), velocities.AsSpan((last - 1) * count, count));
        }

        return clip with { Velocities = velocities };
    }

    /// <summary>Positions between two others: linear but for quaternions, which go along the shorter great circle.</summary>
    internal static void Interpolate(Character character, ReadOnlySpan<float> before, ReadOnlySpan<float> after, float share, Span<float> result)
    {
        foreach (Joint joint in character.Joints)
        {
            if (joint.Kind == JointKind.Hinge)
            {
                int at = joint.PositionIndex;
                result[at] = before[at] + (share * (after[at] - before[at]));
                continue;
            }

            if (joint.Kind == JointKind.Free)
            {
                PositionVector.SetRootPosition(
                    joint, result, Vector3.Lerp(PositionVector.RootPosition(joint, before), PositionVector.RootPosition(joint, after), share));
            }

            Quaternion between = Quaternion.Slerp(PositionVector.Rotation(joint, before), PositionVector.Rotation(joint, after), share);
            PositionVector.SetRotation(joint, result, Quaternion.Normalize(between));
        }
    }

    // v(end) = 2·v(half a step inside) − v(a step inside).
    private static void EndVelocity(CharacterClip clip, int from, int to, float step, Span<float> end, ReadOnlySpan<float> inside)
    {
        PositionVector.Differentiate(clip.Character, clip.PositionsAt(from), clip.PositionsAt(to), step, end);
        for (int index = 0; index < end.Length; index++)
        {
            end[index] = (2 * end[index]) - inside[index];
        }
    }

    // The frame before the first one is the last but one, carried back by a cycle's displacement.
    private static void SeamVelocity(CharacterClip clip, float step, Span<float> first, Span<float> final)
    {
        int last = clip.FrameCount - 1;
        float[] before = clip.PositionsAt(last - 1).ToArray();
        GroundDisplacement.Between(clip.Character, clip.PositionsAt(last), clip.PositionsAt(0)).Apply(clip.Character, before);
        PositionVector.Differentiate(clip.Character, before, clip.PositionsAt(1), 2 * step, first);
        float[] after = clip.PositionsAt(1).ToArray();
        GroundDisplacement.Between(clip.Character, clip.PositionsAt(0), clip.PositionsAt(last)).Apply(clip.Character, after);
        PositionVector.Differentiate(clip.Character, clip.PositionsAt(last - 1), after, 2 * step, final);
    }
}
