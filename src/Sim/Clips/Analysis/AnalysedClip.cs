using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>
/// How file coordinates became the clip's: <c>clip = Rotation · (file · MetresPerUnit) − FloorHeight·Z</c>. Writers use it to go back.
/// </summary>
/// <param name="MetresPerUnit">Metres in one unit of the file.</param>
/// <param name="Rotation">Turns file axes into Z-up axes with the rest pose facing +X.</param>
/// <param name="FloorHeight">Height of the floor after turning and scaling, m.</param>
public sealed record FileFrame(double MetresPerUnit, Quaternion Rotation, float FloorHeight)
{
    /// <summary>A point of the file in the clip's coordinates, m.</summary>
    public Vector3 ToClip(Vector3 file) => Vector3.Transform(file * (float)MetresPerUnit, Rotation) - new Vector3(0, 0, FloorHeight);

    /// <summary>A point of the clip in the file's coordinates.</summary>
    public Vector3 ToFile(Vector3 clip) =>
        Vector3.Transform(clip + new Vector3(0, 0, FloorHeight), Quaternion.Conjugate(Rotation)) / (float)MetresPerUnit;

    /// <summary>A rotation of the file in the clip's axes.</summary>
    public Quaternion ToClip(Quaternion file) => Rotation * file * Quaternion.Conjugate(Rotation);

    /// <summary>A rotation of the clip in the file's axes.</summary>
    public Quaternion ToFile(Quaternion clip) => Quaternion.Conjugate(Rotation) * clip * Rotation;
}

/// <summary>
/// A pose in which the figure is taken to stand upright, every part in its natural direction: what rotations are compared through.
/// </summary>
/// <param name="Rotations">World rotations of the joints in that pose; identities when it is the skeleton's own rest pose: [joint].</param>
/// <param name="Facing">Turns X forward, Y left, Z up into the figure's forward, left and up in that pose.</param>
public sealed record ReferencePose(ImmutableArray<Quaternion> Rotations, Quaternion Facing);

/// <summary>A clip that has been understood.</summary>
/// <param name="Clip">The motion in metres, Z up, standing on 0.</param>
/// <param name="Roles">Which joint is what.</param>
/// <param name="Reference">The pose through which its rotations are read.</param>
/// <param name="Frame">How it relates to the file's own coordinates.</param>
/// <param name="Report">What was assumed.</param>
public sealed record AnalysedClip(Clip Clip, JointRoles Roles, ReferencePose Reference, FileFrame Frame, AnalysisReport Report);
