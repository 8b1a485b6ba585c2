using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips;

/// <summary>The kinds of file a recording may come from.</summary>
public enum ClipFormat
{
    /// <summary>Biovision hierarchy text.</summary>
    Bvh,

    /// <summary>Acclaim skeleton (.asf) with its motion (.amc).</summary>
    Acclaim,

    /// <summary>DeepMimic's JSON rows for its humanoid.</summary>
    DeepMimic,

    /// <summary>AMASS and the SMPL family (.npz).</summary>
    Smpl,

    /// <summary>This project's own .npz.</summary>
    Npz,
}

/// <summary>A joint whose position in its parent's frame changes with time: [frame], file units.</summary>
/// <param name="Joint">Index in the skeleton, never 0.</param>
/// <param name="Offsets">Whole position in the parent's frame (it stands in place of the joint's rest offset): [frame].</param>
public sealed record MovingOffset(int Joint, Vector3[] Offsets);

/// <summary>
/// What a file says, before anything is understood about it: **file units and file axes**, right-handed. Only
/// <c>SkeletonAnalysis</c> and what turns it into a <see cref="Clip"/> may look at one.
/// </summary>
public sealed record RawClip
{
    /// <summary>Name of the recording: the file's name without extension unless the file tells one.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of file it came from.</summary>
    public required ClipFormat Format { get; init; }

    /// <summary>The skeleton, its offsets in file units and axes; joint 0 is the only root, parents come first, names are unique.</summary>
    public required Skeleton Skeleton { get; init; }

    /// <summary>Frames per second, above 0.</summary>
    public required double FrameRate { get; init; }

    /// <summary>Root position in the world, file units: [frame]. The root's rest offset is not to be added.</summary>
    public required Vector3[] RootPositions { get; init; }

    /// <summary>
    /// Unit rotations in the parent's frame (the root's in the world), file axes: [frame × joint]; identity for end sites.
    /// </summary>
    public required Quaternion[] Rotations { get; init; }

    /// <summary>Joints beside the root whose offsets change with time; empty for nearly all files.</summary>
    public ImmutableArray<MovingOffset> MovingOffsets { get; init; } = [];

    /// <summary>Metres in one file unit if the format says so, otherwise null.</summary>
    public double? MetresPerUnit { get; init; }

    /// <summary>Unit vector that points up in the world and in the rest pose, file axes, if the format says so, otherwise null.</summary>
    public Vector3? Up { get; init; }

    /// <summary>Unit vector that the rest pose faces along, file axes, if the format says so, otherwise null.</summary>
    public Vector3? Forward { get; init; }

    /// <summary>Whether the motion repeats without a seam, if the file says so, otherwise null.</summary>
    public bool? Loops { get; init; }

    /// <summary>Licence identifier of the motion, empty when the file tells none.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Sentences about it, when the file brings any.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>What the reader assumed or found odd: plain sentences for the import report.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>How many frames it has, at least 1.</summary>
    public int FrameCount => RootPositions.Length;

    /// <summary>The rotations of one frame: [joint].</summary>
    public ReadOnlySpan<Quaternion> RotationsAt(int frame) =>
        Rotations.AsSpan(frame * Skeleton.Joints.Length, Skeleton.Joints.Length);

    /// <summary>A part of it.</summary>
    /// <param name="start">First frame, from 0.</param>
    /// <param name="count">How many frames, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has no such frames.</exception>
    public RawClip Cut(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, FrameCount - start);
        int joints = Skeleton.Joints.Length;
        return start == 0 && count == FrameCount ? this : this with
        {
            RootPositions = RootPositions[start..(start + count)],
            Rotations = Rotations[(start * joints)..((start + count) * joints)],
            MovingOffsets = [.. MovingOffsets.Select(moving => moving with { Offsets = moving.Offsets[start..(start + count)] })],
        };
    }
}
