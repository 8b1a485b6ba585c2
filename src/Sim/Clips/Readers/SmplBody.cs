using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// A stand-in for the SMPL family's body: its 22 body joints and names with the bone lengths of an average adult of 1.7 m, rounded to
/// centimetres, for the licensed body model that would give a subject's own is not needed here. Metres; the rest pose is a T-pose
/// with y up, facing +z, its left along +x.
/// </summary>
internal static class SmplBody
{
    private static readonly ImmutableArray<SkeletonJoint> Joints =
    [
        new("pelvis", -1, new(0, -0.22f, 0.03f)),
        new("left_hip", 0, new(0.07f, -0.08f, -0.01f)),
        new("right_hip", 0, new(-0.07f, -0.08f, -0.01f)),
        new("spine1", 0, new(0, 0.12f, -0.03f)),
        new("left_knee", 1, new(0.03f, -0.39f, 0)),
        new("right_knee", 2, new(-0.03f, -0.39f, 0)),
        new("spine2", 3, new(0, 0.13f, 0.02f)),
        new("left_ankle", 4, new(-0.01f, -0.42f, -0.03f)),
        new("right_ankle", 5, new(0.01f, -0.42f, -0.03f)),
        new("spine3", 6, new(0, 0.06f, 0)),
        new("left_foot", 7, new(0.03f, -0.06f, 0.12f)),
        new("right_foot", 8, new(-0.03f, -0.06f, 0.12f)),
        new("neck", 9, new(0, 0.21f, -0.03f)),
        new("left_collar", 9, new(0.08f, 0.11f, -0.02f)),
        new("right_collar", 9, new(-0.08f, 0.11f, -0.02f)),
        new("head", 12, new(0, 0.09f, 0.05f)),
        new("left_shoulder", 13, new(0.11f, 0.04f, -0.01f)),
        new("right_shoulder", 14, new(-0.11f, 0.04f, -0.01f)),
        new("left_elbow", 16, new(0.26f, -0.01f, -0.02f)),
        new("right_elbow", 17, new(-0.26f, -0.01f, -0.02f)),
        new("left_wrist", 18, new(0.25f, 0.01f, 0)),
        new("right_wrist", 19, new(-0.25f, 0.01f, 0)),
        new("left_foot_end", 10, new(0.01f, 0, 0.07f), IsEnd: true),
        new("right_foot_end", 11, new(-0.01f, 0, 0.07f), IsEnd: true),
        new("head_end", 15, new(0, 0.17f, 0.02f), IsEnd: true),
        new("left_wrist_end", 20, new(0.17f, -0.01f, 0), IsEnd: true),
        new("right_wrist_end", 21, new(-0.17f, -0.01f, 0), IsEnd: true),
    ];

    /// <summary>Joints that poses drive; the family's further ones are jaw, eyes and fingers.</summary>
    public const int DrivenJoints = 22;

    /// <summary>Where the pelvis stands in the body's own frame: the family's translations move the body, not the pelvis.</summary>
    public static Vector3 Pelvis => Joints[0].Offset;

    /// <summary>The skeleton turned so that its rest pose stands upright in the world.</summary>
    /// <param name="upright">From y up to the world's up.</param>
    public static Skeleton Skeleton(Quaternion upright) =>
        new([.. Joints.Select(joint => joint with
        {
            Offset = Vector3.Transform(joint.Parent < 0 ? Vector3.Zero : joint.Offset, upright),
        })]);
}
