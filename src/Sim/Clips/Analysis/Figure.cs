using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Every joint of a recording placed in the world, in the coordinates of the skeleton: [frame × joint].</summary>
internal sealed class Figure
{
    private readonly Skeleton _skeleton;

    private Figure(Skeleton skeleton, Vector3[] positions, Quaternion[] rotations)
    {
        _skeleton = skeleton;
        Positions = positions;
        Rotations = rotations;
    }

    public Vector3[] Positions { get; }

    public Quaternion[] Rotations { get; }

    public int JointCount => _skeleton.Joints.Length;

    public int FrameCount => Positions.Length / JointCount;

    public Vector3 Position(int frame, int joint) => Positions[(frame * JointCount) + joint];

    public ReadOnlySpan<Vector3> PositionsAt(int frame) => Positions.AsSpan(frame * JointCount, JointCount);

    public ReadOnlySpan<Quaternion> RotationsAt(int frame) => Rotations.AsSpan(frame * JointCount, JointCount);

    /// <summary>The skeleton at rest, as a figure of one frame.</summary>
    public static Figure AtRest(Skeleton skeleton)
    {
        Quaternion[] rotations = new Quaternion[skeleton.Joints.Length];
        Array.Fill(rotations, Quaternion.Identity);
        return new Figure(skeleton, skeleton.RestPositions(), rotations);
    }

    /// <summary>A recording, its moving joints where they are in each frame.</summary>
    public static Figure Of(RawClip raw)
    {
        int joints = raw.Skeleton.Joints.Length;
        Vector3[] positions = new Vector3[raw.FrameCount * joints];
        Quaternion[] rotations = new Quaternion[positions.Length];
        for (int frame = 0; frame < raw.FrameCount; frame++)
        {
            Skeleton skeleton = raw.MovingOffsets.IsEmpty ? raw.Skeleton : WithOffsets(raw.Skeleton, raw.MovingOffsets, frame);
            SkeletonKinematics.Place(
                skeleton, raw.RootPositions[frame], raw.RotationsAt(frame), positions.AsSpan(frame * joints, joints), rotations.AsSpan(frame * joints, joints));
        }

        return new Figure(raw.Skeleton, positions, rotations);
    }

    /// <summary>A clip.</summary>
    public static Figure Of(Clip clip)
    {
        int joints = clip.Skeleton.Joints.Length;
        Vector3[] positions = new Vector3[clip.FrameCount * joints];
        Quaternion[] rotations = new Quaternion[positions.Length];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            SkeletonKinematics.Place(
                clip.Skeleton, clip.RootPositions[frame], clip.RotationsAt(frame), positions.AsSpan(frame * joints, joints), rotations.AsSpan(frame * joints, joints));
        }

        return new Figure(clip.Skeleton, positions, rotations);
    }

    private static Skeleton WithOffsets(Skeleton skeleton, ImmutableArray<MovingOffset> moving, int frame)
    {
        ImmutableArray<SkeletonJoint>.Builder joints = skeleton.Joints.ToBuilder();
        foreach (MovingOffset offset in moving)
        {
            joints[offset.Joint] = joints[offset.Joint] with { Offset = offset.Offsets[frame] };
        }

        return skeleton with { Joints = joints.ToImmutable() };
    }
}
