using System.Numerics;

namespace Motion.Sim.Clips.Writing;

/// <summary>The unit and axes that a file is written in; inside the program lengths are metres and Z is up.</summary>
/// <param name="UnitsPerMetre">How many file units make a metre.</param>
/// <param name="YUp">
/// True: Y is up, a figure faces +Z and its left is +X, as animation tools expect. False: Z is up, it faces +X and its left is +Y, as
/// inside the program. Each is a right-handed frame, and the step between them is a rotation, so nothing is mirrored.
/// </param>
public sealed record ExportAxes(double UnitsPerMetre, bool YUp)
{
    /// <summary>Centimetres, Y up: what animation tools take a BVH file to be.</summary>
    public static ExportAxes CentimetresYUp { get; } = new(100, true);

    /// <summary>Metres, Y up: what glTF prescribes.</summary>
    public static ExportAxes MetresYUp { get; } = new(1, true);

    /// <summary>Metres, Z up: as inside the program.</summary>
    public static ExportAxes MetresZUp { get; } = new(1, false);

    /// <summary>No change at all, for what is in a file's coordinates already.</summary>
    public static ExportAxes AsIs { get; } = new(1, false);

    /// <summary>Turns a direction into the file's axes, its length unchanged.</summary>
    public Vector3 Direction(Vector3 direction) => YUp ? new(direction.Y, direction.Z, direction.X) : direction;

    /// <summary>Turns a rotation into the file's axes.</summary>
    public Quaternion Rotation(Quaternion rotation) => YUp ? new(rotation.Y, rotation.Z, rotation.X, rotation.W) : rotation;

    /// <summary>Turns a direction of the file back into the program's axes, its length unchanged.</summary>
    public Vector3 DirectionInside(Vector3 direction) => YUp ? new(direction.Z, direction.X, direction.Y) : direction;

    /// <summary>Turns a rotation of the file back into the program's axes.</summary>
    public Quaternion RotationInside(Quaternion rotation) => YUp ? new(rotation.Z, rotation.X, rotation.Y, rotation.W) : rotation;

    /// <summary>Takes what a file says for being in this unit and these axes.</summary>
    /// <param name="raw">What the file says; no joint but the root may travel.</param>
    public Clip Inside(RawClip raw)
    {
        float metresPerUnit = (float)(1 / UnitsPerMetre);
        return new Clip
        {
            Name = raw.Name,
            Skeleton = new Skeleton([.. raw.Skeleton.Joints.Select(joint => joint with { Offset = DirectionInside(joint.Offset) * metresPerUnit })]),
            FrameRate = raw.FrameRate,
            RootPositions = [.. raw.RootPositions.Select(position => DirectionInside(position) * metresPerUnit)],
            Rotations = [.. raw.Rotations.Select(RotationInside)],
            Licence = raw.Licence,
            Captions = raw.Captions,
        };
    }
}
