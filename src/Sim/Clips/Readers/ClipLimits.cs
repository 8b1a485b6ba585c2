using System.Collections.Immutable;

namespace Motion.Sim.Clips.Readers;

/// <summary>Checks that hold for recordings of every format.</summary>
internal static class ClipLimits
{
    private const double LowestFrameRate = 0.1;
    private const double HighestFrameRate = 1e5;

    /// <summary>Whether a frame rate is one a recording can have.</summary>
    public static bool IsFrameRate(double rate) => rate is >= LowestFrameRate and <= HighestFrameRate;

    /// <summary>What is wrong with a frame rate that is none.</summary>
    public static string WrongFrameRate(double rate) =>
        FormattableString.Invariant($"wanted {LowestFrameRate} to {HighestFrameRate} frames a second, found {rate}");

    /// <summary>What is wrong with a number of frames; null when nothing is.</summary>
    public static string? FrameProblem(long frames, int joints, ReaderLimits limits)
    {
        long most = Math.Min(limits.Frames, limits.JointPoses / joints);
        return frames < 1 ? $"wanted at least 1 frame, found {frames}"
            : frames > most ? $"{frames} frames of {joints} joints are more than the {most} that are read; split the recording"
            : null;
    }

    /// <summary>Checks that joints make one tree, parents first, with names of their own.</summary>
    public static ImmutableArray<SkeletonJoint> CheckJoints(
        ImmutableArray<SkeletonJoint> joints, ReaderLimits limits, Func<string, InputException> wrong)
    {
        if (joints.Length < 1 || joints.Length > limits.Joints)
        {
            throw wrong($"wanted 1 to {limits.Joints} joints, found {joints.Length}");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        int[] depth = new int[joints.Length];
        for (int i = 0; i < joints.Length; i++)
        {
            (string name, int parent) = (joints[i].Name, joints[i].Parent);
            if (i == 0 ? parent != -1 : parent < 0 || parent >= i)
            {
                throw wrong($"joint {i} has parent {parent}; wanted −1 for the first and an earlier joint for the others");
            }

            if (name.Length == 0 || name.Any(char.IsControl) || !names.Add(name))
            {
                throw wrong($"the name of joint {i} is empty, unprintable or there already");
            }

            depth[i] = i == 0 ? 1 : depth[parent] + 1;
            if (depth[i] > limits.Depth)
            {
                throw wrong($"joints are nested deeper than {limits.Depth}");
            }
        }

        return joints;
    }
}
