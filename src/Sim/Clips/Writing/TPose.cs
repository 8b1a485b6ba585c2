using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Stands a skeleton in a T-pose: upright, facing +X, arms straight out to the sides, legs straight down, feet and trunk as in the
/// pose it was given in. Motion is exchanged through this pose: tools take rotations for being told from it.
/// </summary>
public static class TPose
{
    /// <summary>World rotations of the joints in the T-pose: [joint].</summary>
    /// <param name="skeleton">The skeleton.</param>
    /// <param name="roles">Which joint is what.</param>
    /// <param name="standing">World rotations of the joints in a pose in which the figure stands facing +X, Z up: [joint].</param>
    public static Quaternion[] Of(Skeleton skeleton, JointRoles roles, ReadOnlySpan<Quaternion> standing)
    {
        Vector3[] places = new Vector3[skeleton.Joints.Length];
        for (int joint = 1; joint < places.Length; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            places[joint] = places[at.Parent] + Vector3.Transform(at.Offset, standing[at.Parent]);
        }

        // What each joint turns by from the standing pose: as its parent does, unless it begins a straight part of a limb.
        Quaternion[] turns = new Quaternion[places.Length];
        Quaternion[] rotations = new Quaternion[places.Length];
        for (int joint = 0; joint < places.Length; joint++)
        {
            int parent = skeleton.Joints[joint].Parent;
            turns[joint] = parent < 0 ? Quaternion.Identity : turns[parent];
            if (LimbPartOf(roles, joint) is var (next, direction) && next >= 0)
            {
                Vector3 along = Vector3.Transform(places[next] - places[joint], turns[joint]);
                turns[joint] = Rotations.Between(along, direction) * turns[joint];
            }
            else if (joint == roles[JointRole.LeftFoot] || joint == roles[JointRole.RightFoot])
            {
                // Straightening the legs must not tilt the soles.
                turns[joint] = Quaternion.Identity;
            }

            rotations[joint] = Quaternion.Normalize(turns[joint] * standing[joint]);
        }

        return rotations;
    }

    /// <summary>A recording told from a T-pose, on its own skeleton.</summary>
    /// <param name="recording">A recording that has been understood.</param>
    public static Clip Rebase(AnalysedClip recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Quaternion level = Quaternion.Conjugate(recording.Reference.Facing);
        Quaternion[] standing = [.. recording.Reference.Rotations.Select(rotation => level * rotation)];
        return Rebase(recording.Clip, Of(recording.Clip.Skeleton, recording.Roles, standing));
    }

    /// <summary>Tells the same motion from another rest pose: names and places stay, every joint's frame is the world's in the new rest pose.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="rest">World rotations of the joints in the pose that shall be at rest: [joint].</param>
    public static Clip Rebase(Clip clip, ReadOnlySpan<Quaternion> rest)
    {
        int count = clip.Skeleton.Joints.Length;
        SkeletonJoint[] joints = [.. clip.Skeleton.Joints];
        for (int joint = 1; joint < count; joint++)
        {
            joints[joint] = joints[joint] with { Offset = Vector3.Transform(joints[joint].Offset, rest[joints[joint].Parent]) };
        }

        Quaternion[] rotations = new Quaternion[clip.Rotations.Length];
        for (int at = 0; at < rotations.Length; at++)
        {
            int joint = at % count;
            Quaternion above = joint == 0 ? Quaternion.Identity : rest[joints[joint].Parent];
            rotations[at] = joints[joint].IsEnd ? Quaternion.Identity : Quaternion.Normalize(above * clip.Rotations[at] * Quaternion.Conjugate(rest[joint]));
        }

        return clip with { Skeleton = new Skeleton([.. joints]), Rotations = rotations };
    }

    /// <summary>The joint at the far end of the straight part that begins at a joint, and where that part points; −1 when none begins there.</summary>
    private static (int Next, Vector3 Direction) LimbPartOf(JointRoles roles, int joint)
    {
        for (JointRole role = JointRole.LeftUpperArm; role <= JointRole.RightShin; role++)
        {
            if (roles[role] == joint && role is not (JointRole.LeftHand or JointRole.RightHand))
            {
                Vector3 direction = role >= JointRole.LeftThigh ? -Vector3.UnitZ : role.IsLeft() ? Vector3.UnitY : -Vector3.UnitY;
                return (roles[role + 2], direction);
            }
        }

        return (-1, Vector3.Zero);
    }
}
