using System.Numerics;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>How far apart two motions of one skeleton are, by the places of its roles and the directions of its limbs.</summary>
/// <param name="MedianDistance">Median distance between the two places of a role in the world, over all frames and roles, m.</param>
/// <param name="LargestDistance">The largest of these, m.</param>
/// <param name="MedianDirection">Median angle between the two directions of a part of a limb, over all frames and parts, rad.</param>
/// <param name="LargestDirection">The largest of these, rad.</param>
public sealed record RolePlaces(double MedianDistance, double LargestDistance, double MedianDirection, double LargestDirection)
{
    /// <summary>Compares two motions frame by frame.</summary>
    /// <param name="roles">The skeleton's roles; those that a joint has are compared.</param>
    /// <param name="original">One motion.</param>
    /// <param name="copy">The other, on the same skeleton with as many frames.</param>
    public static RolePlaces Compare(JointRoles roles, Clip original, Clip copy)
    {
        List<double> distances = [], directions = [];
        for (int frame = 0; frame < original.FrameCount; frame++)
        {
            Vector3[] one = original.PositionsWorld(frame), other = copy.PositionsWorld(frame);
            foreach (JointRole role in Enum.GetValues<JointRole>().Where(roles.Has))
            {
                distances.Add(Vector3.Distance(one[roles[role]], other[roles[role]]));
                if (role is >= JointRole.LeftUpperArm and <= JointRole.RightLowerArm or >= JointRole.LeftThigh and <= JointRole.RightShin)
                {
                    Vector3 from = one[roles[role + 2]] - one[roles[role]], to = other[roles[role + 2]] - other[roles[role]];
                    directions.Add(MathF.Atan2(Vector3.Cross(from, to).Length(), Vector3.Dot(from, to)));
                }
            }
        }

        distances.Sort();
        directions.Sort();
        return new RolePlaces(distances[distances.Count / 2], distances[^1], directions[directions.Count / 2], directions[^1]);
    }
}
