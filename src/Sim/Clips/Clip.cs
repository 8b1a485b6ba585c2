using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips;

/// <summary>One joint of a recorded skeleton.</summary>
/// <param name="Name">Name as in the file, unique within the skeleton.</param>
/// <param name="Parent">Index of the parent joint, or −1 for the root; parents come first.</param>
/// <param name="Offset">Position in the parent's frame at rest, m.</param>
/// <param name="IsEnd">Whether it only marks the end of its parent's bone (an end site) and never turns.</param>
public sealed record SkeletonJoint(string Name, int Parent, Vector3 Offset, bool IsEnd = false);

/// <summary>A recorded skeleton: joints, parents first. The rest pose has every rotation at identity.</summary>
public sealed record Skeleton(ImmutableArray<SkeletonJoint> Joints);

/// <summary>
/// A recorded motion on its own skeleton: metres, radians, Z up, right-handed, unit quaternions. Readers convert to this
/// and nothing after them knows of other units or axes.
/// </summary>
public sealed record Clip
{
    /// <summary>Identity of the clip.</summary>
    public required string Name { get; init; }

    /// <summary>The skeleton it was recorded on.</summary>
    public required Skeleton Skeleton { get; init; }

    /// <summary>Frames per second.</summary>
    public required double FrameRate { get; init; }

    /// <summary>Root position in the world, m: [frame].</summary>
    public required Vector3[] RootPositions { get; init; }

    /// <summary>Joint rotations in the parent's frame (the root's in the world): [frame × joint].</summary>
    public required Quaternion[] Rotations { get; init; }

    /// <summary>Licence identifier of the motion, empty when unknown.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Sentences about it.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>How many frames it has.</summary>
    public int FrameCount => RootPositions.Length;

    /// <summary>Seconds from the first frame to the last.</summary>
    public double Duration => (FrameCount - 1) / FrameRate;

    /// <summary>The frame nearest to a time, held at the ends.</summary>
    public int FrameAt(double seconds) => Math.Clamp((int)Math.Round(seconds * FrameRate), 0, FrameCount - 1);

    /// <summary>The joint rotations of one frame: [joint].</summary>
    public ReadOnlySpan<Quaternion> RotationsAt(int frame) =>
        Rotations.AsSpan(frame * Skeleton.Joints.Length, Skeleton.Joints.Length);
}
