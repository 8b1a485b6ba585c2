using System.Numerics;

namespace Motion.Sim.Clips;

/// <summary>The same motion at another frame rate.</summary>
public static class ClipResampling
{
    /// <summary>
    /// Samples a clip at another rate: positions linearly, rotations along the shorter great circle. The first frame stays; the last
    /// one is the last sample that is not past the clip's end.
    /// </summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frameRate">Frames per second, above 0 and at most 10,000.</param>
    /// <exception cref="MotionException">The rate is out of range.</exception>
    public static Clip Resample(this Clip clip, double frameRate)
    {
        if (!(frameRate > 0 && frameRate <= 10_000))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"frame rate {frameRate} is not above 0 and at most 10000 frames per second");
        }

        if (frameRate == clip.FrameRate)
        {
            return clip;
        }

        // The slack keeps the last frame when the two rates divide evenly but their quotient is not exact.
        int frameCount = (int)Math.Floor((clip.Duration * frameRate) + 1e-6) + 1;
        int jointCount = clip.Skeleton.Joints.Length;
        Vector3[] rootPositions = new Vector3[frameCount];
        Quaternion[] rotations = new Quaternion[frameCount * jointCount];
        for (int frame = 0; frame < frameCount; frame++)
        {
            double sourceFrame = Math.Min(frame * clip.FrameRate / frameRate, clip.FrameCount - 1);
            int before = Math.Min((int)sourceFrame, Math.Max(clip.FrameCount - 2, 0));
            int after = Math.Min(before + 1, clip.FrameCount - 1);
            float share = (float)(sourceFrame - before);
            rootPositions[frame] = Vector3.Lerp(clip.RootPositions[before], clip.RootPositions[after], share);
            ReadOnlySpan<Quaternion> from = clip.RotationsAt(before);
            ReadOnlySpan<Quaternion> to = clip.RotationsAt(after);
            for (int joint = 0; joint < jointCount; joint++)
            {
                rotations[(frame * jointCount) + joint] = Quaternion.Normalize(Quaternion.Slerp(from[joint], to[joint], share));
            }
        }

        return clip with { FrameRate = frameRate, RootPositions = rootPositions, Rotations = rotations };
    }
}
