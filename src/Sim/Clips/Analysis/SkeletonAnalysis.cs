using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>
/// Understands a recording: which joint is what, units, up, facing, rest pose, floor. It is the one place where file units and
/// axes become metres and Z up.
/// </summary>
public static class SkeletonAnalysis
{
    /// <summary>Understands a recording.</summary>
    /// <param name="raw">What the file says.</param>
    /// <param name="map">What a person knows better, or null.</param>
    /// <exception cref="InputException">Essential joints cannot be found, or the map does not fit the file.</exception>
    public static AnalysedClip Analyse(RawClip raw, SkeletonMap? map = null)
    {
        List<string> notes = [.. raw.Notes];
        RawClip settled = Settle(raw, notes);
        JointRoles roles = RoleFinder.Find(settled.Skeleton, map, raw.Name);
        Figure figure = Figure.Of(raw);
        Finding<int> skipped = LeadingPose.Find(figure, roles, map, raw.Name);
        Standing rest = Standing.Of(roles, settled.Skeleton.RestPositions());
        if (rest.ToesForward < -0.5f && rest.IsRest && map?.Joints.IsEmpty != false)
        {
            notes.Add("toes point backwards for the named left and right: the file is mirrored or its names are swapped, so left and right were exchanged");
            roles = Exchanged(roles);
            rest = Standing.Of(roles, settled.Skeleton.RestPositions());
        }

        Finding<Vector3> up = FileAxes.FindUp(raw, roles, figure, rest, map);
        ReferenceChoice reference = ReferenceChoice.Make(raw, roles, figure, rest, up.Value, map);
        float height = FileUnits.Height(new SkeletonTree(settled.Skeleton), roles);
        Finding<double> unit = FileUnits.Find(height, raw.MetresPerUnit, map);
        Quaternion turn = FileAxes.ToProject(up.Value, reference.ClipForward);

        ClipBuilder builder = new(settled, figure, roles, unit.Value, turn, skipped.Value);
        Clip tilted = builder.Build(notes);
        JointRoles kept = builder.Keep(roles);
        Finding<Vector2> slope = map?.Floor is not null
            ? new Finding<Vector2>(Vector2.Zero, 1, "the map tells the floor")
            : RestingFloor.FindSlope(Figure.Of(tilted), kept, tilted.Skeleton, tilted.FrameRate);
        Clip airborne = Lowered(tilted, position => (slope.Value.X * position.X) + (slope.Value.Y * position.Y));
        Finding<float> floor = map?.Floor is double told
            ? new Finding<float>((float)(told * unit.Value), 1, "the map tells it")
            : RestingFloor.Find(Figure.Of(airborne), kept, airborne.Skeleton, airborne.FrameRate);
        Clip clip = OnLevelGround(Lowered(airborne, _ => floor.Value), kept, notes);
        FileFrame frame = new(unit.Value, turn, floor.Value);
        return new AnalysedClip(clip, kept, builder.Keep(reference, frame), frame, new AnalysisReport
        {
            Roles = [.. Enum.GetValues<JointRole>().Select(role => new RoleFinding(role, roles.Has(role) ? raw.Skeleton.Joints[roles[role]].Name : null, roles.Evidence[(int)role]))],
            RoleConfidence = roles.Confidence,
            JointsWithoutRole = [.. WithoutRole(clip.Skeleton, kept)],
            DroppedJoints = builder.Dropped,
            MetresPerUnit = unit,
            Height = (float)(height * unit.Value),
            Up = up,
            Forward = reference.Forward,
            RestPose = reference.Kind,
            ReferenceFrame = reference.Frame,
            Floor = floor,
            FloorSlope = slope,
            SkippedFrames = skipped,
            Notes = [.. notes],
        });
    }

    // Joints that move against their parents get their mean offset: bones of a body keep their length.
    private static RawClip Settle(RawClip raw, List<string> notes)
    {
        if (raw.MovingOffsets.IsEmpty)
        {
            return raw;
        }

        ImmutableArray<SkeletonJoint>.Builder joints = raw.Skeleton.Joints.ToBuilder();
        float size = joints.Max(joint => joint.Offset.Length());
        foreach (MovingOffset moving in raw.MovingOffsets)
        {
            Vector3 mean = moving.Offsets.Aggregate(Vector3.Zero, (sum, offset) => sum + offset) / moving.Offsets.Length;
            float spread = moving.Offsets.Max(offset => Vector3.Distance(offset, mean));
            joints[moving.Joint] = joints[moving.Joint] with { Offset = mean };
            if (spread > 0.05f * size)
            {
                notes.Add($"joint '{joints[moving.Joint].Name}' moves against its parent: its mean position is taken as the bone");
            }
        }

        return raw with { Skeleton = new Skeleton(joints.ToImmutable()) };
    }

    private static Clip OnLevelGround(Clip clip, JointRoles roles, List<string> notes)
    {
        bool toes = roles.Has(JointRole.LeftToe) && roles.Has(JointRole.RightToe);
        if (RaisedGround.Find(Figure.Of(clip), roles, clip.FrameRate, toes ? RestingFloor.ToeHeight : RestingFloor.AnkleHeight) is not float[] heights)
        {
            return clip;
        }

        notes.Add(FormattableString.Invariant($"the person stands on ground from {heights.Min() * 100:0} to {heights.Max() * 100:0} cm over the floor: it was made level"));
        return clip with { RootPositions = [.. clip.RootPositions.Select((position, frame) => position - new Vector3(0, 0, heights[frame]))] };
    }

    private static Clip Lowered(Clip clip, Func<Vector3, float> depth) =>
        clip with { RootPositions = [.. clip.RootPositions.Select(position => position - new Vector3(0, 0, depth(position)))] };

    private static JointRoles Exchanged(JointRoles roles) => roles with
    {
        Joints = [.. Enum.GetValues<JointRole>().Select(role => roles[role.Mirror()])],
        Evidence = [.. Enum.GetValues<JointRole>().Select(role => roles.Evidence[(int)role.Mirror()])],
        Confidence = Math.Min(roles.Confidence, 0.4f),
    };

    private static IEnumerable<string> WithoutRole(Skeleton skeleton, JointRoles roles) =>
        Enumerable.Range(0, skeleton.Joints.Length).Where(joint => !skeleton.Joints[joint].IsEnd && !roles.Joints.Contains(joint)).Select(joint => skeleton.Joints[joint].Name);
}
