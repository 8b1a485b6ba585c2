using System.Numerics;

namespace Motion.Sim.Clips;

/// <summary>Where a skeleton's joints are in the world, from its rotations.</summary>
public static class SkeletonKinematics
{
    /// <summary>Places every joint of a skeleton.</summary>
    /// <param name="skeleton">The skeleton.</param>
    /// <param name="rootPosition">Root position in the world, m.</param>
    /// <param name="rotationsParent">Joint rotations in the parent's frame (the root's in the world): [joint].</param>
    /// <param name="positionsWorld">Receives joint positions in the world, m: [joint].</param>
    /// <param name="rotationsWorld">Receives joint rotations in the world: [joint].</param>
    public static void Place(
        Skeleton skeleton, Vector3 rootPosition, ReadOnlySpan<Quaternion> rotationsParent, Span<Vector3> positionsWorld, Span<Quaternion> rotationsWorld)
    {
        for (int joint = 0; joint < skeleton.Joints.Length; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            if (at.Parent < 0)
            {
                positionsWorld[joint] = rootPosition;
                rotationsWorld[joint] = rotationsParent[joint];
                continue;
            }

            positionsWorld[joint] = positionsWorld[at.Parent] + Vector3.Transform(at.Offset, rotationsWorld[at.Parent]);
            rotationsWorld[joint] = Quaternion.Normalize(rotationsWorld[at.Parent] * rotationsParent[joint]);
        }
    }

    /// <summary>Joint positions of one frame in the world, m: [joint].</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frame">Which frame.</param>
    public static Vector3[] PositionsWorld(this Clip clip, int frame)
    {
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        Place(clip.Skeleton, clip.RootPositions[frame], clip.RotationsAt(frame), positions, new Quaternion[positions.Length]);
        return positions;
    }

    /// <summary>Joint positions of the rest pose with the root at its own offset, m: [joint].</summary>
    /// <param name="skeleton">The skeleton.</param>
    public static Vector3[] RestPositions(this Skeleton skeleton)
    {
        Vector3[] positions = new Vector3[skeleton.Joints.Length];
        for (int joint = 0; joint < positions.Length; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            positions[joint] = (at.Parent < 0 ? Vector3.Zero : positions[at.Parent]) + at.Offset;
        }

        return positions;
    }
}
