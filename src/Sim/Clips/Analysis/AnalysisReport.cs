using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>What a skeleton's own rest pose looks like.</summary>
public enum RestPoseKind
{
    /// <summary>Standing, arms straight out to the sides.</summary>
    TPose,

    /// <summary>Standing, arms slanting down.</summary>
    APose,

    /// <summary>Standing, arms hanging.</summary>
    ArmsDown,

    /// <summary>Standing, arms anywhere else.</summary>
    Standing,

    /// <summary>Not a person standing: another pose was taken as the reference.</summary>
    Arbitrary,
}

/// <summary>One thing that was found out, and how.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Value">What was found.</param>
/// <param name="Confidence">How sure it is, 0 to 1; 1 when the file's format or the person's map tells it.</param>
/// <param name="Why">What it rests on, a phrase for the report.</param>
public sealed record Finding<T>(T Value, float Confidence, string Why);

/// <summary>A joint and the role it was given.</summary>
/// <param name="Role">The role.</param>
/// <param name="Joint">The joint's name in the file, or null when no joint has the role.</param>
/// <param name="Evidence">How it was found.</param>
public sealed record RoleFinding(JointRole Role, string? Joint, RoleEvidence Evidence);

/// <summary>Everything that was assumed when a file was understood. Axes are the file's.</summary>
public sealed record AnalysisReport
{
    /// <summary>The roles, in order.</summary>
    public required ImmutableArray<RoleFinding> Roles { get; init; }

    /// <summary>How sure the roles are, 0 to 1.</summary>
    public required float RoleConfidence { get; init; }

    /// <summary>Joints without a role: fingers, twists and whatever else; they are not followed.</summary>
    public required ImmutableArray<string> JointsWithoutRole { get; init; }

    /// <summary>Joints that are not part of the clip at all: those beside the body, above its pelvis.</summary>
    public required ImmutableArray<string> DroppedJoints { get; init; }

    /// <summary>Metres in one unit of the file.</summary>
    public required Finding<double> MetresPerUnit { get; init; }

    /// <summary>Height of the person, from the bones, m.</summary>
    public required float Height { get; init; }

    /// <summary>Which way is up in the file.</summary>
    public required Finding<Vector3> Up { get; init; }

    /// <summary>Which way the rest pose faces in the file.</summary>
    public required Finding<Vector3> Forward { get; init; }

    /// <summary>The rest pose.</summary>
    public required Finding<RestPoseKind> RestPose { get; init; }

    /// <summary>Frame that was taken as the reference pose, or −1 for the skeleton's own rest pose.</summary>
    public required int ReferenceFrame { get; init; }

    /// <summary>Height of the floor over the file's origin, m; the clip stands on 0.</summary>
    public required Finding<float> Floor { get; init; }

    /// <summary>How much the floor rises along the clip's X and Y, metres in a metre; the clip's heights have been levelled by it.</summary>
    public required Finding<Vector2> FloorSlope { get; init; }

    /// <summary>Frames left out at the start, because they hold a calibration pose.</summary>
    public required Finding<int> SkippedFrames { get; init; }

    /// <summary>Everything else worth saying, in plain sentences.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The least sure of the findings, 0 to 1: below 0.5 a person should look at the check sheet.</summary>
    public float Confidence => new[]
    {
        RoleConfidence, MetresPerUnit.Confidence, Up.Confidence, Forward.Confidence, RestPose.Confidence, Floor.Confidence,
    }.Min();
}
