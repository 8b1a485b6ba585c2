using System.Numerics;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>A recording as retargeting sees it: roles placed in the world, and the measures by which it is scaled to a character.</summary>
internal sealed class SourceMotion
{
    // A foot flat on the ground is slower than this in heel and toe alike, m/s.
    private const float FlatSpeed = 0.2f;
    private const float LikelyAnkleHeight = 0.12f;
    private const float RestingSpread = 0.04f;

    private readonly AnalysedClip _analysed;
    private readonly Figure _figure;
    private readonly Vector3[] _reference;

    public SourceMotion(AnalysedClip analysed)
    {
        _analysed = analysed;
        _figure = Figure.Of(analysed.Clip);
        _reference = PlaceReference(analysed);
        LegLength = (Distance(JointRole.LeftThigh) + Distance(JointRole.RightThigh) + Distance(JointRole.LeftShin) + Distance(JointRole.RightShin)) / 2;
        (AnkleHeight, FlatFeet) = FindFlatFeet();
    }

    public JointRoles Roles => _analysed.Roles;

    public ReferencePose Reference => _analysed.Reference;

    public int FrameCount => _figure.FrameCount;

    public double FrameRate => _analysed.Clip.FrameRate;

    /// <summary>Hip to knee to ankle, m.</summary>
    public float LegLength { get; }

    /// <summary>Ankle over the ground in a flat foot, m.</summary>
    public float AnkleHeight { get; }

    /// <summary>Frames in which each foot stands flat: left, right.</summary>
    public List<int>[] FlatFeet { get; }

    public Vector3 Position(int frame, JointRole role) => _figure.Position(frame, Roles[role]);

    public Quaternion Rotation(int frame, JointRole role) => _figure.RotationsAt(frame)[Roles[role]];

    /// <summary>World rotations of a frame: [joint].</summary>
    public ReadOnlySpan<Quaternion> RotationsAt(int frame) => _figure.RotationsAt(frame);

    /// <summary>Where a role is in the reference pose, root at the origin.</summary>
    public Vector3 ReferencePosition(JointRole role) => _reference[Roles[role]];

    public Vector3 HipMiddle(int frame) => (Position(frame, JointRole.LeftThigh) + Position(frame, JointRole.RightThigh)) / 2;

    /// <summary>Bottom of the neck: the neck, else a head that sits on the chest, else between the collar bones, else between the shoulders.</summary>
    public Vector3 NeckBase(int frame) => NeckBase(_figure.PositionsAt(frame));

    public Vector3 ReferenceNeckBase => NeckBase(_reference);

    public Vector3 ReferenceHipMiddle => (ReferencePosition(JointRole.LeftThigh) + ReferencePosition(JointRole.RightThigh)) / 2;

    /// <summary>Speed of a role's joint at a frame, m/s, by central difference over a sixtieth of a second or two frames, whichever is longer.</summary>
    public float Speed(int frame, JointRole role)
    {
        int reach = Math.Max(1, (int)Math.Round(FrameRate / 120));
        int before = Math.Max(frame - reach, 0);
        int after = Math.Min(frame + reach, FrameCount - 1);
        return after == before ? 0 : (float)(Vector3.Distance(Position(before, role), Position(after, role)) * FrameRate / (after - before));
    }

    /// <summary>Height of a foot's or toe's joint when it rests on the ground, m.</summary>
    public float RestingHeight(JointRole role)
    {
        float usual = role is JointRole.LeftFoot or JointRole.RightFoot ? AnkleHeight : 0.015f;
        float[] resting = [.. Enumerable.Range(0, FrameCount)
            .Where(frame => Speed(frame, role) < FlatSpeed && MathF.Abs(Position(frame, role).Z - usual) < RestingSpread)
            .Select(frame => Position(frame, role).Z).Order()];
        return resting.Length >= 3 ? resting[resting.Length / 3] : usual;
    }

    /// <summary>Bottom of the neck of a pose whose joints are there: [joint].</summary>
    public Vector3 NeckBase(ReadOnlySpan<Vector3> positions)
    {
        JointRole middle = Roles.Has(JointRole.Neck) ? JointRole.Neck : JointRole.Head;
        bool onChest = Roles.Has(middle) && (middle == JointRole.Neck || _analysed.Clip.Skeleton.Joints[Roles[middle]].Parent == Roles[JointRole.Chest]);
        if (onChest)
        {
            return positions[Roles[middle]];
        }

        JointRole pair = Roles.Has(JointRole.LeftClavicle) && Roles.Has(JointRole.RightClavicle) ? JointRole.LeftClavicle : JointRole.LeftUpperArm;
        return (positions[Roles[pair]] + positions[Roles[pair.Mirror()]]) / 2;
    }

    private float Distance(JointRole part) => Vector3.Distance(ReferencePosition(part), ReferencePosition(part + 2));

    private static Vector3[] PlaceReference(AnalysedClip analysed)
    {
        Vector3[] positions = new Vector3[analysed.Clip.Skeleton.Joints.Length];
        for (int joint = 1; joint < positions.Length; joint++)
        {
            SkeletonJoint at = analysed.Clip.Skeleton.Joints[joint];
            positions[joint] = positions[at.Parent] + Vector3.Transform(at.Offset, analysed.Reference.Rotations[at.Parent]);
        }

        return positions;
    }

    private (float AnkleHeight, List<int>[] Flat) FindFlatFeet()
    {
        List<int>[] flat = [[], []];
        List<float> heights = [];
        for (int side = 0; side < 2; side++)
        {
            JointRole foot = JointRole.LeftFoot + side;
            JointRole toe = Roles.Has(foot + 2) ? foot + 2 : foot;
            for (int frame = 0; frame < FrameCount; frame++)
            {
                if (Position(frame, foot).Z < LikelyAnkleHeight && Speed(frame, foot) < FlatSpeed && Speed(frame, toe) < FlatSpeed)
                {
                    flat[side].Add(frame);
                    heights.Add(Position(frame, foot).Z);
                }
            }
        }

        if (heights.Count >= 3)
        {
            heights.Sort();
            return (heights[heights.Count / 3], flat);
        }

        // No foot ever stands flat: the reference pose stands with its toes 1.5 cm over the sole, as the floor was found.
        JointRole left = JointRole.LeftFoot;
        float drop = Roles.Has(JointRole.LeftToe) && Roles.Has(JointRole.RightToe)
            ? Vector3.Dot(ReferencePosition(left) + ReferencePosition(left + 1) - ReferencePosition(JointRole.LeftToe) - ReferencePosition(JointRole.RightToe), ReferenceUp) / 2
            : 0.065f;
        return (Math.Clamp(drop + 0.015f, 0.03f, LikelyAnkleHeight), flat);
    }

    private Vector3 ReferenceUp => Vector3.Transform(Vector3.UnitZ, Reference.Facing);
}
