using System.Numerics;

namespace Motion.Sim.Clips.Writing;

/// <summary>What every writer demands of a clip before the first byte is written.</summary>
internal static class ExportCheck
{
    /// <summary>Checks that a clip is whole.</summary>
    /// <exception cref="MotionException">It has no joints or frames, its arrays do not fit together, or a number is not finite.</exception>
    public static void Demand(Clip clip)
    {
        Skeleton skeleton = clip.Skeleton;
        int jointCount = skeleton.Joints.Length;
        if (jointCount == 0 || clip.FrameCount == 0)
        {
            throw Refusal(clip, $"it has {jointCount} joints and {clip.FrameCount} frames");
        }

        if (clip.Rotations.Length != clip.FrameCount * jointCount)
        {
            throw Refusal(clip, $"it has {clip.Rotations.Length} rotations where {clip.FrameCount} frames of {jointCount} joints want {clip.FrameCount * jointCount}");
        }

        if (!(clip.FrameRate > 0 && double.IsFinite(clip.FrameRate)))
        {
            throw Refusal(clip, $"its frame rate is {clip.FrameRate}");
        }

        for (int joint = 0; joint < jointCount; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            if (joint == 0 ? at.Parent != -1 || at.IsEnd : at.Parent < 0 || at.Parent >= joint || skeleton.Joints[at.Parent].IsEnd)
            {
                throw Refusal(clip, $"joint '{at.Name}' has parent {at.Parent}: the first joint alone is a root, and parents come before their children");
            }

            if (!IsFinite(at.Offset))
            {
                throw Refusal(clip, $"the offset of joint '{at.Name}' is not finite");
            }
        }

        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            if (!IsFinite(clip.RootPositions[frame]))
            {
                throw Refusal(clip, $"the root position of frame {frame} is not finite");
            }

            ReadOnlySpan<Quaternion> rotations = clip.RotationsAt(frame);
            for (int joint = 0; joint < jointCount; joint++)
            {
                float length = rotations[joint].Length();
                if (!(length > 0.5f && length < 2f))
                {
                    throw Refusal(clip, $"the rotation of joint '{skeleton.Joints[joint].Name}' in frame {frame} has length {length}, not 1");
                }
            }
        }
    }

    private static bool IsFinite(Vector3 vector) => float.IsFinite(vector.X) && float.IsFinite(vector.Y) && float.IsFinite(vector.Z);

    private static MotionException Refusal(Clip clip, string problem) =>
        new(ExitCode.NumericFailure, $"clip '{clip.Name}' cannot be written, nothing was: {problem}");
}
