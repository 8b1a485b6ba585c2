using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;

namespace Motion.Cli.Inspection;

/// <summary>Prints a clip: what its file says, and how it is understood.</summary>
internal static class ClipInspection
{
    /// <summary>Prints a recording. One that is not understood as a person is still shown as the file has it, with the reason.</summary>
    public static JsonObject Print(RawClip raw, Output output)
    {
        int turning = raw.Skeleton.Joints.Count(joint => !joint.IsEnd);
        double seconds = (raw.FrameCount - 1) / raw.FrameRate;
        output.Line($"{raw.Name}: {raw.Format}, {raw.FrameCount} frames at {raw.FrameRate:0.###} a second ({seconds:0.00} s), {turning} joints");
        foreach (string caption in raw.Captions)
        {
            output.Line($"  \"{caption}\"");
        }

        JsonObject json = new()
        {
            ["kind"] = "clip",
            ["name"] = raw.Name,
            ["format"] = $"{raw.Format}".ToLowerInvariant(),
            ["frames"] = raw.FrameCount,
            ["frame_rate"] = raw.FrameRate,
            ["seconds"] = seconds,
            ["joints"] = turning,
            ["licence"] = raw.Licence,
            ["captions"] = Texts(raw.Captions),
        };
        try
        {
            json["understood"] = Print(SkeletonAnalysis.Analyse(raw), output);
        }
        catch (InputException problem)
        {
            output.Line($"not understood as a person: {problem.Message}");
            json["understood"] = null;
            json["problem"] = problem.Message;
        }

        return json;
    }

    private static JsonObject Print(AnalysedClip clip, Output output)
    {
        AnalysisReport report = clip.Report;
        Vector3 travel = clip.Clip.RootPositions[^1] - clip.Clip.RootPositions[0];
        TextTable table = new("finding", "value", "confidence", "because");
        table.Add("height", $"{report.Height:0.00} m", "", "");
        Add("unit", $"{report.MetresPerUnit.Value:0.#####} m", report.MetresPerUnit);
        Add("up", Axis(report.Up.Value), report.Up);
        Add("forward", Axis(report.Forward.Value), report.Forward);
        Add("rest pose", $"{report.RestPose.Value}", report.RestPose);
        Add("floor", $"{report.Floor.Value:0.000} m", report.Floor);
        Add("frames left out", $"{report.SkippedFrames.Value}", report.SkippedFrames);
        table.Add("travel", $"{travel.X:0.00} forward, {travel.Y:0.00} left, {travel.Z:0.00} up m", "", "from the first frame to the last");
        output.Table(table);
        foreach (string note in report.Notes)
        {
            output.Line(note);
        }

        return new()
        {
            ["height_m"] = report.Height,
            ["metres_per_unit"] = report.MetresPerUnit.Value,
            ["up"] = Axis(report.Up.Value),
            ["forward"] = Axis(report.Forward.Value),
            ["rest_pose"] = $"{report.RestPose.Value}",
            ["floor_m"] = report.Floor.Value,
            ["skipped_frames"] = report.SkippedFrames.Value,
            ["travel_m"] = new JsonArray(travel.X, travel.Y, travel.Z),
            ["confidence"] = report.Confidence,
            ["roles"] = new JsonObject(report.Roles.Select(role => KeyValuePair.Create($"{role.Role}", (JsonNode?)role.Joint))),
            ["notes"] = Texts(report.Notes),
        };

        void Add<T>(string name, string value, Finding<T> finding) => table.Add(name, value, $"{finding.Confidence:0.00}", finding.Why);
    }

    /// <summary>The axis of the file that a direction is along, or the direction where it is along none.</summary>
    private static string Axis(Vector3 direction) =>
        Enumerable.Range(0, 3).Where(axis => MathF.Abs(direction[axis]) > 0.999f).Select(axis => $"{(direction[axis] > 0 ? '+' : '−')}{"XYZ"[axis]}")
            .FirstOrDefault($"({direction.X:0.00}, {direction.Y:0.00}, {direction.Z:0.00})");

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
