using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>How a pose stands: the directions of the figure told by its hips and shoulders, and whether its legs carry it upright.</summary>
/// <param name="Up">From the hips to the shoulders, unit length.</param>
/// <param name="Forward">Out of the chest, unit length.</param>
/// <param name="Score">1 for a person standing straight, 0 and below for anything else.</param>
/// <param name="ArmDrop">How far the arms hang below the horizontal, rad: 0 in a T-pose, π/2 hanging.</param>
/// <param name="ToesForward">Share of the foot's length by which the toes lie ahead of the ankle; negative when they point backwards.</param>
/// <param name="Symmetry">Cosine of the angle between the least alike of the limbs' bones and its mirror image on the other side.</param>
internal readonly record struct Standing(Vector3 Up, Vector3 Forward, float Score, float ArmDrop, float ToesForward, float Symmetry)
{
    /// <summary>Score from which a pose passes for a person standing.</summary>
    public const float Enough = 0.75f;

    // Bones thrown about at random have straight legs below the trunk once in thirty times, but no two alike sides with it.
    private const float Alike = 0.7f;

    /// <summary>
    /// Whether somebody rests in the pose: it stands, and its sides are alike. Skeletons may rest in any heap of bones, and some heaps have legs that stand.
    /// </summary>
    public bool IsRest => Score >= Enough && Symmetry >= Alike;

    /// <summary>Looks at a pose; lengths are taken from the pose itself.</summary>
    public static Standing Of(JointRoles roles, ReadOnlySpan<Vector3> positions)
    {
        Vector3 leftHip = positions[roles[JointRole.LeftThigh]];
        Vector3 rightHip = positions[roles[JointRole.RightThigh]];
        Vector3 leftShoulder = positions[roles[JointRole.LeftUpperArm]];
        Vector3 rightShoulder = positions[roles[JointRole.RightUpperArm]];
        Vector3 up = Unit(leftShoulder + rightShoulder - leftHip - rightHip);
        Vector3 across = leftHip - rightHip + leftShoulder - rightShoulder;
        Vector3 left = Unit(across - (up * Vector3.Dot(across, up)));
        Vector3 forward = Vector3.Cross(left, up);

        float score = Math.Min(
            LegScore(positions, roles, JointRole.LeftThigh, up), LegScore(positions, roles, JointRole.RightThigh, up));
        score = Math.Min(score, left.LengthSquared() > 0 && up.LengthSquared() > 0 ? 1 : 0);
        float drop = (Drop(positions, roles, JointRole.LeftUpperArm, up) + Drop(positions, roles, JointRole.RightUpperArm, up)) / 2;
        return new Standing(up, forward, score, drop, Toes(positions, roles, forward), LeastAlike(positions, roles, left));
    }

    private static float LeastAlike(ReadOnlySpan<Vector3> positions, JointRoles roles, Vector3 left)
    {
        float least = 1;
        foreach (JointRole part in (ReadOnlySpan<JointRole>)[JointRole.LeftUpperArm, JointRole.LeftLowerArm, JointRole.LeftThigh, JointRole.LeftShin])
        {
            Vector3 bone = Unit(positions[roles[part + 2]] - positions[roles[part]]);
            Vector3 other = Unit(positions[roles[part + 3]] - positions[roles[part + 1]]);
            least = Math.Min(least, Vector3.Dot(bone, other - (2 * Vector3.Dot(other, left) * left)));
        }

        return least;
    }

    // Straightness of the leg times how well it points down.
    private static float LegScore(ReadOnlySpan<Vector3> positions, JointRoles roles, JointRole thigh, Vector3 up)
    {
        Vector3 hip = positions[roles[thigh]];
        Vector3 knee = positions[roles[thigh + 2]];
        Vector3 ankle = positions[roles[thigh + 4]];
        float length = Vector3.Distance(hip, knee) + Vector3.Distance(knee, ankle);
        float straight = length > 0 ? Vector3.Distance(hip, ankle) / length : 0;
        return (1 - (8 * (1 - straight))) * -Vector3.Dot(Unit(ankle - hip), up);
    }

    private static float Drop(ReadOnlySpan<Vector3> positions, JointRoles roles, JointRole upperArm, Vector3 up) =>
        MathF.Asin(Math.Clamp(-Vector3.Dot(Unit(positions[roles[upperArm + 4]] - positions[roles[upperArm]]), up), -1, 1));

    private static float Toes(ReadOnlySpan<Vector3> positions, JointRoles roles, Vector3 forward)
    {
        float ahead = 0;
        float length = 0;
        for (JointRole foot = JointRole.LeftFoot; foot <= JointRole.RightFoot; foot++)
        {
            if (roles.Has(foot + 2))
            {
                Vector3 along = positions[roles[foot + 2]] - positions[roles[foot]];
                ahead += Vector3.Dot(along, forward);
                length += along.Length();
            }
        }

        return length > 0 ? ahead / length : 0;
    }

    private static Vector3 Unit(Vector3 vector) => vector.LengthSquared() > 1e-16f ? Vector3.Normalize(vector) : Vector3.Zero;
}
