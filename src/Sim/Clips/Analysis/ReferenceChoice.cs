using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>The pose through which a recording's rotations are read, in file axes.</summary>
/// <param name="Frame">Its frame, or −1 for the skeleton's own rest pose.</param>
/// <param name="Rotations">World rotations of the joints in it: [joint].</param>
/// <param name="ReferenceUp">The figure's up in it, unit length.</param>
/// <param name="ReferenceForward">The figure's forward in it, unit length, at right angles to up.</param>
/// <param name="ClipForward">The file axis that becomes the clip's X.</param>
/// <param name="Forward">What to report about facing.</param>
/// <param name="Kind">What to report about the rest pose.</param>
internal sealed record ReferenceChoice(
    int Frame, Quaternion[] Rotations, Vector3 ReferenceUp, Vector3 ReferenceForward, Vector3 ClipForward, Finding<Vector3> Forward, Finding<RestPoseKind> Kind)
{
    /// <summary>The rest pose if a person stands in it, else a calibration frame, else the frame that stands best.</summary>
    public static ReferenceChoice Make(RawClip raw, JointRoles roles, Figure figure, Standing rest, Vector3 up, SkeletonMap? map)
    {
        if (map?.RestFrame is int told && told >= figure.FrameCount)
        {
            throw new InputException(raw.Name, 0, 0, $"the map takes frame {told} as rest pose of {figure.FrameCount} frames");
        }

        Vector3? toldForward = map?.Forward is string name ? FileAxes.Parse(name) : raw.Forward;
        if (map?.RestFrame is null && (rest.IsRest || raw.Forward is not null))
        {
            return FromRest(raw, rest, toldForward, up);
        }

        int frame = map?.RestFrame ?? BestStanding(figure, roles, up);
        Standing standing = Standing.Of(roles, figure.PositionsAt(frame));
        Vector3 level = standing.Forward - (up * Vector3.Dot(standing.Forward, up));
        Vector3 forward = level.LengthSquared() > 1e-6f ? Vector3.Normalize(level) : FileAxes.Nearest(standing.Forward);
        Vector3 clipForward = toldForward ?? (FileAxes.Nearest(up).Y != 0 ? Vector3.UnitZ : Vector3.UnitX);
        float confidence = map?.RestFrame is not null ? 1 : Math.Clamp(standing.Score, 0.1f, 0.7f);
        return new ReferenceChoice(
            frame, figure.RotationsAt(frame).ToArray(), up, forward, clipForward,
            new Finding<Vector3>(forward, confidence, $"hips and shoulders of frame {frame}"),
            new Finding<RestPoseKind>(RestPoseKind.Arbitrary, confidence, map?.RestFrame is not null ? "the map tells it" : $"the skeleton's rest pose does not stand: frame {frame} does best"));
    }

    private static ReferenceChoice FromRest(RawClip raw, Standing rest, Vector3? toldForward, Vector3 up)
    {
        bool stands = rest.IsRest;
        Vector3 restUp = stands ? FileAxes.Snapped(rest.Up) : up;
        Vector3 found = stands ? FileAxes.Snapped(rest.Forward) : toldForward!.Value;
        Vector3 across = found - (restUp * Vector3.Dot(found, restUp));
        Vector3 restForward = across.LengthSquared() > 1e-6f ? Vector3.Normalize(across) : toldForward ?? rest.Forward;
        bool contradicted = toldForward is Vector3 told && Vector3.Dot(told, restForward) < 0.7f && restUp == up;
        if (contradicted)
        {
            restForward = toldForward!.Value;
        }

        RestPoseKind kind = !stands ? RestPoseKind.Arbitrary
            : MathF.Abs(rest.ArmDrop) < 0.35f ? RestPoseKind.TPose
            : rest.ArmDrop is > 0 and < 1.1f ? RestPoseKind.APose
            : rest.ArmDrop > 0 ? RestPoseKind.ArmsDown : RestPoseKind.Standing;
        Quaternion[] rotations = new Quaternion[raw.Skeleton.Joints.Length];
        Array.Fill(rotations, Quaternion.Identity);
        float sure = toldForward is not null ? 1 : rest.ToesForward > 0.5f ? 0.95f : rest.ToesForward == 0 ? 0.75f : 0.5f;
        return new ReferenceChoice(
            -1, rotations, restUp, restForward, restForward,
            new Finding<Vector3>(restForward, sure, toldForward is not null ? "told" : "hips and shoulders of the rest pose" + (rest.ToesForward > 0.5f ? ", and its toes" : "")),
            new Finding<RestPoseKind>(kind, stands ? 0.95f : 0.6f, $"arms hang {rest.ArmDrop * 180 / MathF.PI:0} degrees below level"));
    }

    private static int BestStanding(Figure figure, JointRoles roles, Vector3 up)
    {
        int best = 0;
        float bestScore = float.MinValue;
        for (int frame = 0; frame < figure.FrameCount; frame++)
        {
            Standing standing = Standing.Of(roles, figure.PositionsAt(frame));
            float score = standing.Score * Vector3.Dot(standing.Up, up);
            if (score > bestScore + 1e-4f)
            {
                (best, bestScore) = (frame, score);
            }
        }

        return best;
    }
}
