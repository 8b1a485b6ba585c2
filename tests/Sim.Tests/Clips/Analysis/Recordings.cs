using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Clips;

namespace Motion.Sim.Tests.Clips.Analysis;

/// <summary>The same recording told otherwise: other names, units, axes, rest pose.</summary>
internal static class Recordings
{
    /// <summary>A figure of 1.7 m that stands in a T-pose and moves forward: metres times <paramref name="style"/>'s unit, Y up, facing Z.</summary>
    public static RawClip Standing(string style = "LAFAN1", int frames = 30) => BvhText.Read(RigText.All.Single(rig => rig.Name == style).Text(frames));

    public static RawClip Renamed(this RawClip raw, Func<string, string> name) => raw with
    {
        Skeleton = new Skeleton([.. raw.Skeleton.Joints.Select(joint => joint with { Name = name(joint.Name) })]),
    };

    public static RawClip Scaled(this RawClip raw, float scale) => raw with
    {
        Skeleton = new Skeleton([.. raw.Skeleton.Joints.Select(joint => joint with { Offset = joint.Offset * scale })]),
        RootPositions = [.. raw.RootPositions.Select(position => position * scale)],
        MovingOffsets = [.. raw.MovingOffsets.Select(moving => moving with { Offsets = [.. moving.Offsets.Select(offset => offset * scale)] })],
    };

    /// <summary>The same world seen in axes that are turned.</summary>
    public static RawClip Turned(this RawClip raw, Quaternion turn) => raw with
    {
        Skeleton = new Skeleton([.. raw.Skeleton.Joints.Select(joint => joint with { Offset = Vector3.Transform(joint.Offset, turn) })]),
        RootPositions = [.. raw.RootPositions.Select(position => Vector3.Transform(position, turn))],
        Rotations = [.. raw.Rotations.Select(rotation => turn * rotation * Quaternion.Conjugate(turn))],
    };

    /// <summary>The same motion on a skeleton that rests with each joint turned in the world by the given rotations.</summary>
    public static RawClip Resting(this RawClip raw, IReadOnlyList<Quaternion> turns)
    {
        ImmutableArray<SkeletonJoint> joints = raw.Skeleton.Joints;
        Quaternion TurnOf(int joint) => joint < 0 ? Quaternion.Identity : turns[joint];
        SkeletonJoint[] turned = [.. joints.Select(joint => joint with { Offset = Vector3.Transform(joint.Offset, Quaternion.Conjugate(TurnOf(joint.Parent))) })];
        Quaternion[] rotations = new Quaternion[raw.Rotations.Length];
        for (int at = 0; at < rotations.Length; at++)
        {
            int joint = at % joints.Length;
            rotations[at] = Quaternion.Conjugate(TurnOf(joints[joint].Parent)) * raw.Rotations[at] * turns[joint];
        }

        return raw with { Skeleton = new Skeleton([.. turned]), Rotations = rotations };
    }

    /// <summary>The motion with some joints turned in all frames, in their parents' frames.</summary>
    public static RawClip Posed(this RawClip raw, Func<int, string, Quaternion?> turn)
    {
        Quaternion[] rotations = [.. raw.Rotations];
        int count = raw.Skeleton.Joints.Length;
        for (int at = 0; at < rotations.Length; at++)
        {
            rotations[at] = turn(at / count, raw.Skeleton.Joints[at % count].Name) is Quaternion more ? rotations[at] * more : rotations[at];
        }

        return raw with { Rotations = rotations };
    }

    public static RawClip Moved(this RawClip raw, Func<int, Vector3, Vector3> place) => raw with { RootPositions = [.. raw.RootPositions.Select((position, frame) => place(frame, position))] };

    public static int JointIndex(this Skeleton skeleton, string name) => skeleton.Joints.ToList().FindIndex(joint => joint.Name == name);
}
