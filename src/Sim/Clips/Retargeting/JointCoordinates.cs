using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Finds the coordinates with which a body's joints turn it to an orientation.</summary>
internal sealed class JointCoordinates(ArticulatedTree tree)
{
    private const int Steps = 6;

    /// <summary>Turns a body whose parent has been placed as near to an orientation as its joints allow, starting from its coordinates.</summary>
    public void Turn(int body, Quaternion rotationWorld, Span<float> positions)
    {
        ReadOnlySpan<Joint> joints = tree.JointsOf(body);
        if (joints.IsEmpty)
        {
            return;
        }

        Body at = tree.Body(body);
        Quaternion before = at.Parent < 0 ? at.Rotation : tree.Rotations[at.Parent] * at.Rotation;
        Quaternion local = Quaternion.Normalize(Quaternion.Conjugate(before) * rotationWorld);
        if (joints.Length == 1)
        {
            PositionVector.SetRotation(joints[0], positions, local.W < 0 ? -local : local);
            JointLimits.Clamp(joints[0], positions);
            return;
        }

        TurnHinges(joints, local, positions);
    }

    // Damped Gauss–Newton on the rotation vector that is left; few hinges, so the normal equations are at most 3×3.
    private static void TurnHinges(ReadOnlySpan<Joint> joints, Quaternion wanted, Span<float> positions)
    {
        Span<Vector3> axes = stackalloc Vector3[joints.Length];
        for (int step = 0; step < Steps; step++)
        {
            Quaternion made = Quaternion.Identity;
            for (int joint = 0; joint < joints.Length; joint++)
            {
                axes[joint] = Vector3.Transform(joints[joint].Axis, made);
                made *= PositionVector.Rotation(joints[joint], positions);
            }

            Vector3 left = Rotations.ToVector(wanted * Quaternion.Conjugate(made));
            for (int sweep = 0; sweep < 4; sweep++)
            {
                for (int joint = 0; joint < joints.Length; joint++)
                {
                    float turn = Vector3.Dot(axes[joint], left) / 1.01f;
                    float old = positions[joints[joint].PositionIndex];
                    positions[joints[joint].PositionIndex] = old + turn;
                    JointLimits.Clamp(joints[joint], positions);
                    left -= axes[joint] * (positions[joints[joint].PositionIndex] - old);
                }
            }
        }
    }
}
