using System.Numerics;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Writing;

/// <summary>Puts a motion back into the coordinates of the file that its skeleton came from.</summary>
public static class OwnSkeleton
{
    /// <summary>
    /// The motion on the file's whole hierarchy, in the file's units and axes: write it with <see cref="ExportAxes.AsIs"/>. Joints that are no
    /// part of the body rest; the file's root stands so that the pelvis is where the motion has it.
    /// </summary>
    /// <param name="file">The file, as read.</param>
    /// <param name="understood">What was made of it.</param>
    /// <param name="motion">A motion on the understood skeleton, metres, Z up.</param>
    public static Clip InFileCoordinates(RawClip file, AnalysedClip understood, Clip motion)
    {
        Skeleton whole = file.Skeleton;
        string rootName = motion.Skeleton.Joints[0].Name;
        int[] from = [.. whole.Joints.Select(joint => IndexOf(motion.Skeleton, joint.Name))];
        Vector3 rootToPelvis = Vector3.Zero;
        for (int joint = IndexOf(whole, rootName); joint > 0; joint = whole.Joints[joint].Parent)
        {
            rootToPelvis += whole.Joints[joint].Offset;
        }

        Quaternion[] rotations = new Quaternion[motion.FrameCount * from.Length];
        for (int at = 0; at < rotations.Length; at++)
        {
            int joint = from[at % from.Length];
            rotations[at] = joint < 0 ? Quaternion.Identity : understood.Frame.ToFile(motion.RotationsAt(at / from.Length)[joint]);
        }

        return motion with
        {
            Skeleton = whole,
            RootPositions = [.. motion.RootPositions.Select(position => understood.Frame.ToFile(position) - rootToPelvis)],
            Rotations = rotations,
        };
    }

    private static int IndexOf(Skeleton skeleton, string name)
    {
        for (int joint = 0; joint < skeleton.Joints.Length; joint++)
        {
            if (skeleton.Joints[joint].Name == name)
            {
                return joint;
            }
        }

        return -1;
    }
}
