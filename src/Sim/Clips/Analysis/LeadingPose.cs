using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Finds calibration frames that some recordings start with: a held T- or A-pose, then a jump into the motion.</summary>
internal static class LeadingPose
{
    private const int MostFrames = 10;
    private const float LeastJump = 0.1f;
    private const float JumpOverMotion = 6;

    /// <summary>How many frames to leave out at the start.</summary>
    public static Finding<int> Find(Figure figure, JointRoles roles, SkeletonMap? map, string source)
    {
        if (map?.SkipFrames is int told)
        {
            return told < figure.FrameCount
                ? new Finding<int>(told, 1, "the map tells it")
                : throw new InputException(source, 0, 0, $"the map skips {told} frames of {figure.FrameCount}");
        }

        if (figure.FrameCount < MostFrames)
        {
            return new Finding<int>(0, 1, "too short to hold a calibration pose");
        }

        for (int frame = 0; frame < Math.Min(MostFrames, figure.FrameCount - 4); frame++)
        {
            float jump = Change(figure, roles, frame);
            float motion = Enumerable.Range(frame + 1, Math.Min(8, figure.FrameCount - frame - 2)).Select(next => Change(figure, roles, next)).Order().ElementAt(3);
            if (jump > LeastJump && jump > JumpOverMotion * motion && StandsSymmetric(figure, roles, frame))
            {
                int first = AfterRamp(figure, roles, frame + 1);
                return new Finding<int>(first, 0.9f, $"a calibration pose jumps into the motion after frame {frame}");
            }
        }

        return new Finding<int>(0, 0.95f, "no jump out of a calibration pose");
    }

    // Resampled files blend the calibration pose into the motion over a few frames: they are as false as the pose itself.
    private static int AfterRamp(Figure figure, JointRoles roles, int first)
    {
        if (figure.FrameCount < first + (4 * MostFrames))
        {
            return first;
        }

        float motion = Enumerable.Range(first + MostFrames, 2 * MostFrames).Select(frame => Change(figure, roles, frame)).Order().ElementAt(MostFrames);
        int last = first + MostFrames;
        while (first < last && Change(figure, roles, first) > 2.5f * motion)
        {
            first++;
        }

        return first;
    }

    // Mean turn of the limbs from one frame to the next, rad.
    private static float Change(Figure figure, JointRoles roles, int frame)
    {
        float sum = 0;
        int count = 0;
        for (JointRole role = JointRole.LeftUpperArm; role <= JointRole.RightShin; role++)
        {
            Vector3 before = Bone(figure, roles, role, frame);
            Vector3 after = Bone(figure, roles, role, frame + 1);
            if (before.LengthSquared() > 0 && after.LengthSquared() > 0)
            {
                sum += MathF.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(before), Vector3.Normalize(after)), -1, 1));
                count++;
            }
        }

        return count > 0 ? sum / count : 0;
    }

    private static Vector3 Bone(Figure figure, JointRoles roles, JointRole role, int frame) =>
        role is JointRole.LeftHand or JointRole.RightHand || !roles.Has(role) || !roles.Has(role + 2)
            ? Vector3.Zero
            : figure.Position(frame, roles[role + 2]) - figure.Position(frame, roles[role]);

    private static bool StandsSymmetric(Figure figure, JointRoles roles, int frame)
    {
        ReadOnlySpan<Vector3> pose = figure.PositionsAt(frame);
        Standing standing = Standing.Of(roles, pose);
        Vector3 left = Bone(figure, roles, JointRole.LeftUpperArm, frame);
        Vector3 right = Bone(figure, roles, JointRole.RightUpperArm, frame);
        Vector3 across = Vector3.Cross(standing.Up, standing.Forward);
        Vector3 mirrored = right - (2 * Vector3.Dot(right, across) * across);
        return standing.Score >= Standing.Enough && left.LengthSquared() > 0 && right.LengthSquared() > 0
            && Vector3.Dot(Vector3.Normalize(left), Vector3.Normalize(mirrored)) > 0.96f;
    }
}
