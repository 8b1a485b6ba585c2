using System.Numerics;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Writing;

/// <summary>A file that brought a rig of the user's own.</summary>
/// <param name="File">The file, as read.</param>
/// <param name="Understood">What was made of it.</param>
public sealed record RigFile(RawClip File, AnalysedClip Understood)
{
    /// <summary>
    /// A motion on the file's whole hierarchy, in the file's units and axes: write it with <see cref="ExportAxes.AsIs"/>. Joints that are no
    /// part of the body rest; the file's root stands so that the pelvis is where the motion has it.
    /// </summary>
    /// <param name="motion">A motion on the understood skeleton, metres, Z up.</param>
    public Clip InFileCoordinates(Clip motion)
    {
        ArgumentNullException.ThrowIfNull(motion);
        Skeleton whole = File.Skeleton;
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
            rotations[at] = joint < 0 ? Quaternion.Identity : Understood.Frame.ToFile(motion.RotationsAt(at / from.Length)[joint]);
        }

        return motion with
        {
            Skeleton = whole,
            RootPositions = [.. motion.RootPositions.Select(position => Understood.Frame.ToFile(position) - rootToPelvis)],
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
