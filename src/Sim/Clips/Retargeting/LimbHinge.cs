using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>An elbow or knee that the character bends about one axis: its angles, and the twist of the part above that puts the bend into its plane.</summary>
internal sealed class LimbHinge
{
    // The recording's own hinge is believed when its bends agree this well on an axis, and when it bends at all.
    private const float SureAxis = 0.75f;
    private const float LeastMeanBend = 0.08f;

    private readonly SourceMotion _source;
    private readonly JointRole _upper;
    private readonly Joint _joint;
    private readonly float _sign;
    private readonly float _restAngle;
    private readonly bool _mayTurnOver;
    private readonly Quaternion _correction;

    // The hinge's bending axis in the upper body's frame.
    private readonly Vector3 _axisUpper;
    private Vector3 _lastAxis;
    private Vector3 _lastAlong;

    private LimbHinge(CharacterRig rig, SourceMotion source, JointRole lower, Joint joint, Quaternion toUpper)
    {
        (_source, _upper, _joint) = (source, lower - 2, joint);
        Body body = rig.Character.Bodies[joint.Body];
        _sign = MathF.Abs(joint.Lower) > MathF.Abs(joint.Upper) ? -1 : 1;
        _axisUpper = Vector3.Transform(joint.Axis, body.Rotation) * _sign;
        Vector3 axisRest = Vector3.Transform(joint.Axis, rig.RestRotations[joint.Body]) * _sign;
        _restAngle = Directions.AngleAbout(axisRest, rig.At(lower) - rig.At(_upper), rig.At(lower + 2) - rig.At(lower));
        (_correction, bool learnt) = LearnAxis(toUpper);
        _mayTurnOver = !learnt && lower is JointRole.LeftLowerArm or JointRole.RightLowerArm;
    }

    public int PositionIndex => _joint.PositionIndex;

    public static LimbHinge Find(CharacterRig rig, SourceMotion source, JointRole lower, Joint joint, Quaternion toUpper) =>
        new(rig, source, lower, joint, toUpper);

    /// <summary>The joint's angle at a frame, within its limits, rad.</summary>
    public float Angle(int frame)
    {
        Vector3 along = Along(frame);
        Vector3 below = Below(frame);
        float bend = MathF.Atan2(Vector3.Dot(Vector3.Cross(along, below), _lastAxis), Vector3.Dot(along, below)) - _restAngle;
        return _joint.Limited ? Math.Clamp(_sign * bend, _joint.Lower, _joint.Upper) : _sign * bend;
    }

    /// <summary>Twists the upper part about its bone until the hinge's axis stands across the plane of the limb.</summary>
    public Quaternion Twist(int frame, Quaternion upperWorld, float sureBend)
    {
        Vector3 along = Along(frame);
        Quaternion corrected = upperWorld * _correction;
        Vector3 told = Directions.Unit(Directions.Across(Vector3.Transform(_axisUpper, corrected), along));
        Vector3 plane = Vector3.Cross(along, Below(frame));
        if (_mayTurnOver)
        {
            // Without a believable twist the axis goes on from the frame before.
            told = frame == 0 || _lastAxis == Vector3.Zero ? told : Directions.Unit(Directions.Across(Vector3.Transform(_lastAxis, Rotations.Between(_lastAlong, along)), along));
        }
        else
        {
            // A limb bent backwards is noise or a straight limb: only the sideways part of its plane is kept.
            plane -= told * Math.Min(Vector3.Dot(plane, told), 0);
        }

        Vector3 axis = Directions.Unit(plane + (told * sureBend));
        _lastAxis = axis == Vector3.Zero ? told : axis;
        _lastAlong = along;
        Vector3 now = Vector3.Transform(_axisUpper, corrected);
        float twist = Directions.AngleAbout(along, now, _lastAxis);
        return Quaternion.Normalize(Quaternion.CreateFromAxisAngle(along, twist) * corrected);
    }

    // Where the recording bends about an axis fixed in its own upper part, that axis is the hinge, whatever its rig calls zero twist.
    private (Quaternion Correction, bool Learnt) LearnAxis(Quaternion toUpper)
    {
        Vector3 sum = Vector3.Zero;
        Vector3 bone = Vector3.Zero;
        float weight = 0;
        for (int frame = 0; frame < _source.FrameCount; frame++)
        {
            Quaternion back = Quaternion.Conjugate(Quaternion.Normalize(_source.Rotation(frame, _upper) * toUpper));
            Vector3 plane = Vector3.Cross(Along(frame), Below(frame));
            sum += Vector3.Transform(plane, back);
            bone += Vector3.Transform(Along(frame), back);
            weight += plane.Length();
        }

        bool learnt = sum.Length() > SureAxis * weight && weight > LeastMeanBend * _source.FrameCount;
        return learnt
            ? (Quaternion.CreateFromAxisAngle(Directions.Unit(bone), Directions.AngleAbout(Directions.Unit(bone), _axisUpper, sum)), true)
            : (Quaternion.Identity, false);
    }

    private Vector3 Along(int frame) => Directions.Unit(_source.Position(frame, _upper + 2) - _source.Position(frame, _upper));

    private Vector3 Below(int frame) => Directions.Unit(_source.Position(frame, _upper + 4) - _source.Position(frame, _upper + 2));
}
