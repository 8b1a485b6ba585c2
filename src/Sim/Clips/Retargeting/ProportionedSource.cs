using System.Numerics;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// The recording laid out on the character's bone lengths: every bone has the recording's direction and the character's length. This is what the
/// retargeted motion is measured against; it knows nothing of joints, limits, contacts or the ground.
/// </summary>
internal sealed class ProportionedSource(CharacterRig rig, SourceMotion source)
{
    /// <summary>The roles that are measured, when both have them.</summary>
    public static JointRole[] KeyRoles { get; } =
    [
        JointRole.Head, JointRole.LeftHand, JointRole.RightHand, JointRole.LeftFoot, JointRole.RightFoot,
        JointRole.LeftLowerArm, JointRole.RightLowerArm, JointRole.LeftShin, JointRole.RightShin,
    ];

    /// <summary>Where a key role is, from the pelvis body's origin, in world axes, m.</summary>
    public Vector3 FromRoot(int frame, JointRole role)
    {
        if (role is JointRole.LeftShin or JointRole.RightShin or JointRole.LeftFoot or JointRole.RightFoot)
        {
            JointRole thigh = role.IsLeft() ? JointRole.LeftThigh : JointRole.RightThigh;
            Vector3 knee = FromPelvis(frame, thigh) + (Bone(frame, thigh) * rig.Length(thigh));
            return role == thigh + 2 ? knee : knee + (Bone(frame, thigh + 2) * rig.Length(thigh + 2));
        }

        Vector3 hips = (FromPelvis(frame, JointRole.LeftThigh) + FromPelvis(frame, JointRole.RightThigh)) / 2;
        Vector3 hipsRest = (rig.At(JointRole.LeftThigh) + rig.At(JointRole.RightThigh)) / 2;
        float reach = Vector3.Distance(rig.NeckBase, hipsRest) / Vector3.Distance(source.ReferenceNeckBase, source.ReferenceHipMiddle);
        Vector3 neck = hips + ((source.NeckBase(frame) - source.HipMiddle(frame)) * reach);
        if (role == JointRole.Head)
        {
            return neck + Vector3.Transform(rig.At(JointRole.Head) - rig.NeckBase, Standing(frame, JointRole.Head));
        }

        JointRole upper = role.IsLeft() ? JointRole.LeftUpperArm : JointRole.RightUpperArm;
        Vector3 shoulder = neck + Vector3.Transform(rig.At(upper) - rig.NeckBase, Standing(frame, JointRole.Chest));
        Vector3 elbow = shoulder + (Bone(frame, upper) * rig.Length(upper));
        return role == upper + 2 ? elbow : elbow + (Bone(frame, upper + 2) * rig.Length(upper + 2));
    }

    private Vector3 FromPelvis(int frame, JointRole thigh) =>
        Vector3.Transform(rig.At(thigh) - rig.At(JointRole.Pelvis), Standing(frame, JointRole.Pelvis));

    private Vector3 Bone(int frame, JointRole part) => Directions.Unit(source.Position(frame, part + 2) - source.Position(frame, part));

    // How a part is turned against a figure that stands facing X.
    private Quaternion Standing(int frame, JointRole role) =>
        source.Rotation(frame, role) * Quaternion.Conjugate(source.Reference.Rotations[source.Roles[role]]) * source.Reference.Facing;
}
