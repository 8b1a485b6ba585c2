using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Part of a clip whose end runs into its start.</summary>
/// <param name="Start">First frame.</param>
/// <param name="End">The frame at which the motion is where it was at <paramref name="Start"/>, moved on the ground.</param>
/// <param name="Mismatch">How far bodies are apart there, root mean square over bodies, m; a tenth of a second of their speed counts too.</param>
public sealed record LoopSpan(int Start, int End, float Mismatch);

/// <summary>Tells whether a clip is a cycle: a walk, a run, jumping jacks.</summary>
public static class LoopFinder
{
    // Nearer than this the seam can be closed without anyone seeing it, m.
    private const float LargestMismatch = 0.045f;
    private const float LargestExpectedMismatch = 0.1f;

    // A cycle keeps most of its clip, or it would lose what the clip is about; clips shorter than the long ones may hold little more than one cycle, s.
    private const float LeastShare = 0.75f;
    private const float LeastShareOfShort = 0.5f;
    private const double Short = 1.5;
    private const double Long = 3;

    // How much mismatch the whole of a clip is worth over none of it, m.
    private const float ShareWorth = 0.05f;
    private const double ShortestCycle = 0.5;

    // Who stands still at the seam is between two motions, not in the middle of one: speed of the root or of the bodies about it, m/s.
    private const float LeastSpeed = 0.35f;
    private const float VelocityWeight = 0.1f;

    /// <summary>The best cycle of a clip, or null when it has none.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="expected">Whether the clip is said to be a cycle: then larger mismatches are taken, and seams at rest.</param>
    public static LoopSpan? Find(CharacterClip clip, bool expected = false)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Vector3[][] features = Features(clip);
        float share = float.Lerp(LeastShareOfShort, LeastShare, (float)Math.Clamp((clip.Duration - Short) / (Long - Short), 0, 1));
        int shortest = Math.Max(2, Math.Max((int)(ShortestCycle * clip.FrameRate), (int)(share * (clip.FrameCount - 1))));
        float largest = expected ? LargestExpectedMismatch : LargestMismatch;
        LoopSpan? best = null;
        float bestScore = float.MaxValue;
        for (int start = 0; start + shortest < clip.FrameCount; start++)
        {
            for (int end = start + shortest; end < clip.FrameCount; end++)
            {
                float mismatch = Mismatch(features[start], features[end]);
                float score = mismatch + (ShareWorth * (1 - ((float)(end - start) / (clip.FrameCount - 1))));
                if (mismatch < largest && score < bestScore && (expected || (clip.Contacts[start] == clip.Contacts[end] && Moves(clip, features, start))))
                {
                    (best, bestScore) = (new LoopSpan(start, end, mismatch), score);
                }
            }
        }

        return best;
    }

    private static bool Moves(CharacterClip clip, Vector3[][] features, int frame)
    {
        ReadOnlySpan<float> velocity = clip.VelocitiesAt(frame);
        float bodies = MathF.Sqrt(features[frame][(features[frame].Length / 2)..].Average(speed => speed.LengthSquared())) / VelocityWeight;
        return new Vector3(velocity[0], velocity[1], velocity[2]).Length() > LeastSpeed || bodies > LeastSpeed;
    }

    // Places of the bodies and their speeds, seen from the root's place on the ground and its heading.
    private static Vector3[][] Features(CharacterClip clip)
    {
        int bodies = clip.Character.Bodies.Length;
        Joint root = clip.Character.Joints.First(joint => joint.Kind == JointKind.Free);
        Vector3[][] places = new Vector3[clip.FrameCount][];
        Vector3[] positions = new Vector3[bodies];
        Quaternion[] rotations = new Quaternion[bodies];
        Quaternion[] headings = new Quaternion[clip.FrameCount];
        Vector3[] roots = new Vector3[clip.FrameCount];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            ForwardKinematics.Compute(clip.Character, clip.PositionsAt(frame), positions, rotations);
            headings[frame] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -GroundDisplacement.Heading(PositionVector.Rotation(root, clip.PositionsAt(frame))));
            roots[frame] = PositionVector.RootPosition(root, clip.PositionsAt(frame));
            places[frame] = [.. positions];
        }

        Vector3[][] features = new Vector3[clip.FrameCount][];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            int before = Math.Max(frame - 1, 0);
            int after = Math.Min(frame + 1, clip.FrameCount - 1);
            float weight = VelocityWeight * (float)clip.FrameRate / Math.Max(1, after - before);
            features[frame] = new Vector3[2 * bodies];
            for (int body = 0; body < bodies; body++)
            {
                features[frame][body] = Vector3.Transform(places[frame][body] - (roots[frame] with { Z = 0 }), headings[frame]);
                features[frame][bodies + body] = Vector3.Transform(places[after][body] - places[before][body], headings[frame]) * weight;
            }
        }

        return features;
    }

    private static float Mismatch(Vector3[] first, Vector3[] second)
    {
        float sum = 0;
        for (int at = 0; at < first.Length; at++)
        {
            sum += Vector3.DistanceSquared(first[at], second[at]);
        }

        return MathF.Sqrt(sum * 2 / first.Length);
    }
}
