using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Keeps joints within their ranges.</summary>
internal static class JointLimits
{
    /// <summary>Brings a joint back into its range: a hinge's angle, a ball's total rotation from rest.</summary>
    public static void Clamp(Joint joint, Span<float> positions)
    {
        if (!joint.Limited || joint.Kind == JointKind.Free)
        {
            return;
        }

        if (joint.Kind == JointKind.Hinge)
        {
            ref float angle = ref positions[joint.PositionIndex];
            angle = Math.Clamp(angle, joint.Lower, joint.Upper);
            return;
        }

        Vector3 turn = Rotations.ToVector(PositionVector.Rotation(joint, positions));
        float size = turn.Length();
        if (size > joint.Upper)
        {
            PositionVector.SetRotation(joint, positions, Rotations.FromVector(turn * (joint.Upper / size)));
        }
    }

    /// <summary>How far a joint is outside its range, rad; 0 inside.</summary>
    public static float Excess(Joint joint, ReadOnlySpan<float> positions)
    {
        if (!joint.Limited || joint.Kind == JointKind.Free)
        {
            return 0;
        }

        if (joint.Kind == JointKind.Hinge)
        {
            float angle = positions[joint.PositionIndex];
            return Math.Max(Math.Max(joint.Lower - angle, angle - joint.Upper), 0);
        }

        return Math.Max(Rotations.ToVector(PositionVector.Rotation(joint, positions)).Length() - joint.Upper, 0);
    }
}
