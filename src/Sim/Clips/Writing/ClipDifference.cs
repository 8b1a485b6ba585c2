using System.Numerics;

namespace Motion.Sim.Clips.Writing;

/// <summary>How far two copies of one motion are apart.</summary>
/// <param name="JointCount">How many joints were compared; end sites are not.</param>
/// <param name="FrameCount">How many frames were compared.</param>
/// <param name="LargestRotation">Largest angle between the rotations of one joint in one frame, rad.</param>
/// <param name="LargestPosition">Largest distance between the places of one joint in the world in one frame, m.</param>
public sealed record ClipDifference(int JointCount, int FrameCount, double LargestRotation, double LargestPosition)
{
    /// <summary>Compares two clips frame by frame, joints paired by name.</summary>
    /// <param name="original">The clip as it was.</param>
    /// <param name="copy">The clip as it came back.</param>
    /// <exception cref="MotionException">The two do not have the same joints, frames or rate.</exception>
    public static ClipDifference Between(Clip original, Clip copy)
    {
        int[] joints = [.. Enumerable.Range(0, original.Skeleton.Joints.Length).Where(joint => !original.Skeleton.Joints[joint].IsEnd)];
        int copyCount = copy.Skeleton.Joints.Count(joint => !joint.IsEnd);
        if (joints.Length != copyCount || original.FrameCount != copy.FrameCount || Math.Abs((original.FrameRate / copy.FrameRate) - 1) > 1e-6)
        {
            throw Mismatch(original, $"{joints.Length} joints, {original.FrameCount} frames at {original.FrameRate} became {copyCount}, {copy.FrameCount} at {copy.FrameRate}");
        }

        string[] names = FileNames.Of(original.Skeleton);
        Dictionary<string, int> copyJoints = Enumerable.Range(0, copy.Skeleton.Joints.Length).ToDictionary(joint => copy.Skeleton.Joints[joint].Name);
        int[] partners = [.. joints.Select(joint => copyJoints.TryGetValue(names[joint], out int partner) ? partner : throw Mismatch(original, $"joint '{names[joint]}' is gone"))];
        double largestAngle = 0, largestDistance = 0;
        for (int frame = 0; frame < original.FrameCount; frame++)
        {
            Vector3[] places = original.PositionsWorld(frame), copyPlaces = copy.PositionsWorld(frame);
            for (int pair = 0; pair < joints.Length; pair++)
            {
                largestAngle = Math.Max(largestAngle, Angle(original.RotationsAt(frame)[joints[pair]], copy.RotationsAt(frame)[partners[pair]]));
                largestDistance = Math.Max(largestDistance, Vector3.Distance(places[joints[pair]], copyPlaces[partners[pair]]));
            }
        }

        return new ClipDifference(joints.Length, original.FrameCount, largestAngle, largestDistance);
    }

    /// <summary>The angle between two rotations, rad; exact for small ones, where the arc cosine of a dot product is not.</summary>
    private static double Angle(Quaternion first, Quaternion second)
    {
        Quaternion turn = Quaternion.Conjugate(first) * second;
        return 2 * Math.Atan2(new Vector3(turn.X, turn.Y, turn.Z).Length(), Math.Abs(turn.W));
    }

    private static MotionException Mismatch(Clip clip, string problem) =>
        new(ExitCode.NumericFailure, $"clip '{clip.Name}' did not come back as it went out: {problem}");
}
