using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Importing;

/// <summary>
/// What was assumed about a motion, how sure it is, and how well the character follows it: as JSON. Lengths are in the units that keys
/// end in.
/// </summary>
public static class ImportReport
{
    /// <summary>The report of one clip.</summary>
    public static JsonObject Of(ImportedClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AnalysisReport report = clip.Recording.Report;
        return new JsonObject
        {
            ["id"] = clip.Entry.Id,
            ["file"] = clip.Entry.File,
            ["format"] = clip.Format.ToString().ToLowerInvariant(),
            ["frames"] = clip.Recording.Clip.FrameCount,
            ["frame_rate"] = clip.Recording.Clip.FrameRate,
            ["seconds"] = clip.Recording.Clip.Duration,
            ["licence"] = clip.Entry.Licence,
            ["confidence"] = report.Confidence,
            ["assumed"] = Assumed(report),
            ["follows"] = Follows(clip.Retargeted.Report),
            ["mirror_of"] = clip.MirrorOf,
            ["cycle_seconds"] = clip.Retargeted.Cycle?.Duration,
            ["notes"] = Texts(report.Notes),
        };
    }

    private static JsonObject Assumed(AnalysisReport report) => new()
    {
        ["height_m"] = report.Height,
        ["metres_per_unit"] = Finding(report.MetresPerUnit, value => value),
        ["up"] = Finding(report.Up, Vector),
        ["forward"] = Finding(report.Forward, Vector),
        ["rest_pose"] = Finding(report.RestPose, value => value.ToString()),
        ["reference_frame"] = report.ReferenceFrame,
        ["floor_m"] = Finding(report.Floor, value => value),
        ["floor_slope"] = Finding(report.FloorSlope, slope => new JsonArray(slope.X, slope.Y)),
        ["skipped_frames"] = Finding(report.SkippedFrames, value => value),
        ["roles_confidence"] = report.RoleConfidence,
        ["roles"] = new JsonObject(report.Roles.Select(role => KeyValuePair.Create(role.Role.Spelling(), (JsonNode?)new JsonObject
        {
            ["joint"] = role.Joint,
            ["evidence"] = role.Evidence.ToString().ToLowerInvariant(),
        }))),
        ["joints_without_role"] = Texts(report.JointsWithoutRole),
        ["dropped_joints"] = Texts(report.DroppedJoints),
    };

    private static JsonObject Follows(RetargetReport report) => new()
    {
        ["position_error_mm"] = Millimetres(report.PositionError),
        ["scaled_position_error_mm"] = Millimetres(report.ScaledPositionError),
        ["sliding_mm"] = Millimetres(report.Sliding),
        ["contact_height_mm"] = Millimetres(report.ContactHeight),
        ["penetration_mm"] = Millimetres(report.Penetration),
        ["limit_excess_rad"] = report.LimitExcess,
        ["contact_share"] = report.ContactShare,
        ["scale"] = report.Scale,
        ["joints_rad"] = new JsonObject(report.Joints.Select(joint => KeyValuePair.Create(joint.Role.Spelling(), (JsonNode?)new JsonObject
        {
            ["median"] = joint.Turn.Median,
            ["p95"] = joint.Turn.Percentile95,
            ["largest"] = joint.Turn.Largest,
        }))),
        ["key_bodies"] = new JsonObject(report.KeyBodies.Select(body => KeyValuePair.Create(body.Role.Spelling(), (JsonNode?)new JsonObject
        {
            ["position_error_mm"] = Millimetres(body.Proportioned),
            ["scaled_position_error_mm"] = Millimetres(body.Scaled),
        }))),
    };

    private static JsonObject Millimetres(Spread spread) => new()
    {
        ["count"] = spread.Count,
        ["median"] = spread.Median * 1000,
        ["p95"] = spread.Percentile95 * 1000,
        ["largest"] = spread.Largest * 1000,
    };

    private static JsonObject Finding<T>(Finding<T> finding, Func<T, JsonNode> value) => new()
    {
        ["value"] = value(finding.Value),
        ["confidence"] = finding.Confidence,
        ["why"] = finding.Why,
    };

    private static JsonArray Vector(Vector3 vector) => new(vector.X, vector.Y, vector.Z);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
