using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Turns a recording into a clip: metres, Z up, rooted in the pelvis, calibration frames left out.</summary>
internal sealed class ClipBuilder
{
    private readonly RawClip _raw;
    private readonly Figure _figure;
    private readonly double _metres;
    private readonly Quaternion _turn;
    private readonly int _skip;
    private readonly int _root;

    // Joint of the clip for each joint of the file, or −1.
    private readonly int[] _kept;
    private readonly int[] _source;

    public ClipBuilder(RawClip raw, Figure figure, JointRoles roles, double metres, Quaternion turn, int skip)
    {
        (_raw, _figure, _metres, _turn, _skip) = (raw, figure, metres, turn, skip);
        SkeletonTree tree = new(raw.Skeleton);
        int pelvis = roles[JointRole.Pelvis];

        // A scene root or armature above the pelvis carries the motion in pieces; the body alone is the clip.
        _root = tree.IsAncestor(pelvis, roles[JointRole.Chest]) ? pelvis : 0;
        _kept = new int[tree.Count];
        List<int> source = [];
        for (int joint = 0; joint < tree.Count; joint++)
        {
            _kept[joint] = tree.IsAncestor(_root, joint) ? source.Count : -1;
            if (_kept[joint] >= 0)
            {
                source.Add(joint);
            }
        }

        _source = [.. source];
        Dropped = [.. Enumerable.Range(0, tree.Count).Where(joint => _kept[joint] < 0 && !raw.Skeleton.Joints[joint].IsEnd).Select(joint => raw.Skeleton.Joints[joint].Name)];
    }

    /// <summary>Joints of the file that the clip does not have.</summary>
    public ImmutableArray<string> Dropped { get; }

    /// <summary>The clip, its floor still wherever the file had it.</summary>
    public Clip Build(List<string> notes)
    {
        FileFrame frame = new(_metres, _turn, 0);
        int frames = _raw.FrameCount - _skip;
        Vector3[] positions = new Vector3[frames];
        Quaternion[] rotations = new Quaternion[frames * _source.Length];
        for (int at = 0; at < frames; at++)
        {
            ReadOnlySpan<Quaternion> local = _raw.RotationsAt(at + _skip);
            positions[at] = frame.ToClip(_figure.Position(at + _skip, _root));
            rotations[at * _source.Length] = Quaternion.Normalize(frame.ToClip(_figure.RotationsAt(at + _skip)[_root]));
            for (int joint = 1; joint < _source.Length; joint++)
            {
                rotations[(at * _source.Length) + joint] = Quaternion.Normalize(frame.ToClip(local[_source[joint]]));
            }
        }

        if (!Dropped.IsEmpty)
        {
            notes.Add($"joints outside the body were dropped: {string.Join(", ", Dropped)}");
        }

        return new Clip
        {
            Name = _raw.Name,
            Skeleton = new Skeleton([.. _source.Select(joint => Converted(joint, frame))]),
            FrameRate = _raw.FrameRate,
            RootPositions = positions,
            Rotations = rotations,
            Licence = _raw.Licence,
            Captions = _raw.Captions,
        };
    }

    /// <summary>The roles by the clip's joints.</summary>
    public JointRoles Keep(JointRoles roles) => roles with { Joints = [.. roles.Joints.Select(joint => joint < 0 ? -1 : _kept[joint])] };

    /// <summary>The reference pose by the clip's joints and axes.</summary>
    public ReferencePose Keep(ReferenceChoice reference, FileFrame frame) => new(
        [.. _source.Select(joint => frame.ToClip(reference.Rotations[joint]))],
        Quaternion.Normalize(_turn * FileAxes.Basis(reference.ReferenceForward, reference.ReferenceUp)));

    private SkeletonJoint Converted(int joint, FileFrame frame)
    {
        SkeletonJoint read = _raw.Skeleton.Joints[joint];
        return read with
        {
            Parent = joint == _root ? -1 : _kept[read.Parent],
            Offset = joint == _root ? Vector3.Zero : frame.ToClip(read.Offset),
        };
    }
}
