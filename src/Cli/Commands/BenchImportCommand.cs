using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;

namespace Motion.Cli.Commands;

/// <summary>
/// <c>./motion bench import</c>: how fast motion files become the character's motion, beside Blender's import of the same files.
/// </summary>
internal static class BenchImportCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "BVH files; the shipped clips when not given",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "how long to measure at least",
        HelpName = "number",
        DefaultValueFactory = _ => 10,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() =>
        new Command("import", "reading and retargeting motion files on one thread, beside Blender's own import") { Files, Seconds }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] files = context.Parse.GetValue(Files) is { Length: > 0 } given ? given : Shipped();
        CancellationToken cancellation = context.Cancellation;
        IReadOnlyList<ImportTimes> times = ImportBench.Run(files, CharacterLibrary.Humanoid(), context.Value(Seconds), cancellation);
        IReadOnlyList<double>? blender = BlenderImport.IsInstalled ? await BlenderImport.Run(files, cancellation) : null;

        double motion = times.Sum(file => file.MotionSeconds);
        TextTable table = new("on one thread", "clips/s", "x real time", "slowest clip");
        JsonObject Row(string what, IEnumerable<double> seconds)
        {
            double[] each = [.. seconds];
            double slowest = times.Zip(each, (file, time) => file.MotionSeconds / time).Min();
            table.Add(what, $"{files.Length / each.Sum():0.0}", $"{motion / each.Sum():0}", $"{slowest:0}");
            return new JsonObject
            {
                ["clips_per_second"] = files.Length / each.Sum(),
                ["times_real_time"] = motion / each.Sum(),
                ["times_real_time_slowest_clip"] = slowest,
            };
        }

        JsonObject measured = new()
        {
            ["clips"] = files.Length,
            ["motion_seconds"] = motion,
            ["threads"] = 1,
            ["read"] = Row("read", times.Select(file => file.Read)),
            ["import"] = Row("read, understood, retargeted", times.Select(file => file.Import)),
            ["first_import"] = Row("the same for the first time", times.Select(file => file.FirstImport)),
            ["blender"] = blender is null ? null : Row("Blender, which only reads", blender),
            ["blender_time_over_read"] = Ratio(blender, times, file => file.Read),
            ["blender_time_over_import"] = Ratio(blender, times, file => file.Import),
        };
        context.Output.Line($"{files.Length} clips, {motion:0} s of motion");
        context.Output.Table(table);
        context.Output.Line(blender is null
            ? "Blender is not installed: nothing to compare with"
            : $"Blender takes {measured["blender_time_over_read"]!.GetValue<double>():0.0} times as long as reading, "
                + $"{measured["blender_time_over_import"]!.GetValue<double>():0.0} times as long as the whole import (middle file)");
        return measured;
    }

    /// <summary>Blender's time over ours, of the middle file.</summary>
    private static JsonNode? Ratio(IReadOnlyList<double>? blender, IReadOnlyList<ImportTimes> times, Func<ImportTimes, double> ours) =>
        blender is null ? null : ImportBench.Middle(times.Zip(blender, (file, theirs) => theirs / ours(file)));

    private static string[] Shipped()
    {
        ClipCatalog catalog = ClipCatalog.Read(MotionFolder.Shipped());
        return [.. catalog.Entries.Select(entry => Path.Combine(catalog.Folder, entry.File))];
    }
}
