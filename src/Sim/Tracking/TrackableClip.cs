using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tracking;

/// <summary>Tells clips that no character could perform from the others.</summary>
public static class TrackableClip
{
    /// <summary>Shortest clip, s.</summary>
    public const float ShortestSeconds = 0.5f;

    /// <summary>Furthest that a body's origin may be below the ground, m.</summary>
    public const float DeepestPoint = 0.1f;

    /// <summary>Fastest that the root may move between frames, m/s.</summary>
    public const float FastestRoot = 15;

    /// <summary>Fastest that a joint may turn between frames, rad/s.</summary>
    public const float FastestJoint = 60;

    /// <summary>Checks every frame.</summary>
    /// <param name="clip">The clip, at the control rate.</param>
    /// <param name="options">How it shall be tracked.</param>
    /// <exception cref="MotionException">It is too short, not finite, below the ground or teleports; names clip, frame and joint.</exception>
    public static void Check(CharacterClip clip, TrackingOptions options)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(options);
        int fewest = (int)MathF.Ceiling(ShortestSeconds * options.ControlRate) + 1;
        if (clip.FrameCount < fewest)
        {
            throw Refused(clip, $"is too short: {clip.FrameCount} frames at {options.ControlRate} a second; at least {fewest} are needed ({ShortestSeconds} s)");
        }

        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            CheckFinite(clip, frame);
            CheckGround(clip, frame);
            if (frame > 0)
            {
                CheckSpeed(clip, frame);
            }
        }
    }

    private static void CheckFinite(CharacterClip clip, int frame)
    {
        foreach (Joint joint in clip.Character.Joints)
        {
            if (HasOtherThanFinite(clip.PositionsAt(frame).Slice(joint.PositionIndex, joint.PositionCount))
                || HasOtherThanFinite(clip.VelocitiesAt(frame).Slice(joint.VelocityIndex, joint.VelocityCount)))
            {
                throw Refused(clip, $"has a number that is not finite in frame {frame}, joint '{joint.Name}'; repair or cut the frame");
            }
        }
    }

    private static void CheckGround(CharacterClip clip, int frame)
    {
        Character character = clip.Character;
        Span<Vector3> places = stackalloc Vector3[character.Bodies.Length];
        Span<Quaternion> rotations = stackalloc Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, clip.PositionsAt(frame), places, rotations);
        for (int body = 0; body < places.Length; body++)
        {
            if (places[body].Z < -DeepestPoint)
            {
                throw Refused(
                    clip,
                    $"is below the ground in frame {frame}: {NameOfJoint(character, body)} at {places[body].Z:0.00} m, allowed down to {-DeepestPoint:0.00} m; lift the clip or import it with its floor");
            }
        }
    }

    private static void CheckSpeed(CharacterClip clip, int frame)
    {
        Character character = clip.Character;
        float[] velocity = new float[character.VelocityCount];
        PositionVector.Differentiate(character, clip.PositionsAt(frame - 1), clip.PositionsAt(frame), (float)(1 / clip.FrameRate), velocity);
        foreach (Joint joint in character.Joints)
        {
            int at = joint.VelocityIndex;
            if (joint.Kind == JointKind.Free)
            {
                float speed = new Vector3(velocity[at], velocity[at + 1], velocity[at + 2]).Length();
                if (speed > FastestRoot)
                {
                    throw Refused(clip, $"teleports: from frame {frame - 1} to {frame} joint '{joint.Name}' moves at {speed:0.0} m/s, allowed up to {FastestRoot} m/s; cut the clip there");
                }

                at += 3;
            }

            float turning = joint.Kind == JointKind.Hinge ? MathF.Abs(velocity[at]) : new Vector3(velocity[at], velocity[at + 1], velocity[at + 2]).Length();
            if (turning > FastestJoint)
            {
                throw Refused(clip, $"teleports: from frame {frame - 1} to {frame} joint '{joint.Name}' turns at {turning:0.0} rad/s, allowed up to {FastestJoint} rad/s; cut the clip there");
            }
        }
    }

    private static bool HasOtherThanFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOfJoint(Character character, int body) =>
        character.Bodies[body].JointCount > 0 ? $"joint '{character.Joints[character.Bodies[body].FirstJoint].Name}'" : $"body '{character.Bodies[body].Name}'";

    private static MotionException Refused(CharacterClip clip, string problem) => new(ExitCode.BadInput, $"clip '{clip.Name}' {problem}");
}
