using System.Text.Json.Nodes;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Importing;

/// <summary>Says what an import made and assumed.</summary>
internal static class ImportSummary
{
    private const float LookBelow = 0.5f;

    /// <summary>Prints a row a clip, what was assumed beyond it, and what needs a person's eye.</summary>
    public static JsonObject Print(ImportResult result, string folder, Output output)
    {
        output.Table(Table(result.Clips));
        PrintNotes(result.Clips, output);
        foreach (InputException failure in result.Failures)
        {
            output.Line($"left out: {failure.Message}");
        }

        string[] unsure = [.. result.Clips.Where(clip => clip.Recording.Report.Confidence < LookBelow).Select(clip => clip.Entry.Id)];
        if (unsure.Length > 0)
        {
            output.Line(
                $"not sure about: {string.Join(", ", unsure)}; look at the check sheets (--preview), and tell what is wrong with --map");
        }

        ImportedClip[] cycles = [.. result.Clips.Where(clip => clip.Retargeted.Cycle is not null)];
        if (cycles.Length > 0)
        {
            output.Line("cycles, closed in the library: "
                + string.Join(", ", cycles.Select(clip => $"{clip.Entry.Id} ({clip.Retargeted.Cycle!.Duration:0.00} s)")));
        }

        int unlicensed = result.Clips.Count(clip => clip.Entry.Licence.Length == 0);
        if (unlicensed > 0)
        {
            output.Line($"{unlicensed} of {result.Clips.Count} clips tell no licence (--licence names it): "
                + "nothing is blocked, but exports will say so");
        }

        output.Line(
            $"{result.Clips.Count} clips are in {folder}; what was assumed about each is in {Path.Combine(folder, ImportFolder.ReportName)}");
        return Json(result, folder, unsure, unlicensed);
    }

    private static TextTable Table(IEnumerable<ImportedClip> clips)
    {
        TextTable table = new("clip", "seconds", "height m", "unit m", "up", "rest pose", "sure", "error mm", "slide mm", "floor mm");
        foreach (ImportedClip clip in clips)
        {
            RetargetReport follows = clip.Retargeted.Report;
            AnalysisReport assumed = clip.Recording.Report;
            table.Add(
                clip.Entry.Id,
                $"{clip.Recording.Clip.Duration:0.00}",
                $"{assumed.Height:0.00}",
                $"{assumed.MetresPerUnit.Value:0.####}",
                $"{assumed.Up.Value.X:0.#} {assumed.Up.Value.Y:0.#} {assumed.Up.Value.Z:0.#}",
                assumed.RestPose.Value.ToString(),
                $"{assumed.Confidence * 100:0} %",
                $"{follows.PositionError.Median * 1000:0}",
                $"{follows.Sliding.Largest * 1000:0}",
                $"{follows.ContactHeight.Largest * 1000:0}");
        }

        return table;
    }

    /// <summary>Notes that are alike are said once, for all the clips they hold for.</summary>
    private static void PrintNotes(IReadOnlyList<ImportedClip> clips, Output output)
    {
        IEnumerable<(string Note, string Id)> notes = clips.SelectMany(clip => Notes(clip).Select(note => (note, clip.Entry.Id)));
        foreach (IGrouping<string, string> group in notes.GroupBy(note => note.Note, note => note.Id))
        {
            string[] ids = [.. group];
            string whose = ids.Length == clips.Count && ids.Length > 1 ? "all clips"
                : ids.Length > 3 ? $"{ids[0]} and {ids.Length - 1} more"
                : string.Join(", ", ids);
            output.Line($"{whose}: {group.Key}");
        }
    }

    private static IEnumerable<string> Notes(ImportedClip clip)
    {
        AnalysisReport report = clip.Recording.Report;
        IEnumerable<string> notes = report.Notes;
        return notes
            .Concat(report.SkippedFrames is { Value: > 0 } skipped ? [$"the first frames, {skipped.Value}, were left out: {skipped.Why}"] : [])
            .Concat(report.JointsWithoutRole.IsEmpty ? [] : [$"joints that nothing follows: {string.Join(", ", report.JointsWithoutRole)}"])
            .Concat(report.DroppedJoints.IsEmpty ? [] : [$"joints that are not of the body: {string.Join(", ", report.DroppedJoints)}"]);
    }

    private static JsonObject Json(ImportResult result, string folder, string[] unsure, int unlicensed) => new()
    {
        ["out"] = folder,
        ["clips"] = new JsonArray([.. result.Clips.Select(ImportReport.Of)]),
        ["seconds"] = result.Clips.Sum(clip => clip.Recording.Clip.Duration),
        ["median_position_error_mm"] = Spread.Of(result.Clips.Select(clip => clip.Retargeted.Report.PositionError.Median)).Median * 1000,
        ["not_sure"] = new JsonArray([.. unsure.Select(id => (JsonNode)id)]),
        ["without_licence"] = unlicensed,
        ["left_out"] = new JsonArray([.. result.Failures.Select(failure => (JsonNode)failure.Message)]),
    };
}
