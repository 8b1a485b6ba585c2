using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench import</c>: how fast motion files become the character's motion, beside Blender's import of the same files.</summary>
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
    public static Command Create() => new Command("import", "reading and retargeting motion files on one thread, beside Blender's own import") { Files, Seconds }
        .Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] files = context.Parse.GetValue(Files) is { Length: > 0 } given ? given : Shipped();
        IReadOnlyList<ImportTimes> times = ImportBench.Run(files, CharacterLibrary.Humanoid(), context.Value(Seconds), context.Cancellation);
        IReadOnlyList<double>? blender = BlenderImport.IsInstalled ? await BlenderImport.Run(files, context.Cancellation) : null;

        double motion = times.Sum(file => file.MotionSeconds);
        double import = times.Sum(file => file.Import);
        double first = times.Sum(file => file.FirstImport);
        JsonObject measured = new()
        {
            ["clips"] = files.Length,
            ["motion_seconds"] = motion,
            ["threads"] = 1,
            ["read_clips_per_second"] = files.Length / times.Sum(file => file.Read),
            ["read_times_real_time"] = motion / times.Sum(file => file.Read),
            ["import_clips_per_second"] = files.Length / import,
            ["import_times_real_time"] = motion / import,
            ["import_times_real_time_slowest_clip"] = times.Min(file => file.MotionSeconds / file.Import),
            ["first_import_times_real_time"] = motion / first,
        };
        context.Output.Line($"{files.Length} clips of {motion:0} s in all, on one thread:");
        context.Output.Line($"read                             {measured["read_clips_per_second"]!.GetValue<double>(),8:0.0} clips/s {motion / times.Sum(file => file.Read),8:0} × real time");
        context.Output.Line($"read, understood and retargeted  {files.Length / import,8:0.0} clips/s {motion / import,8:0} × real time (slowest clip {times.Min(file => file.MotionSeconds / file.Import):0} ×, first time {motion / first:0} ×)");
        if (blender is null)
        {
            context.Output.Line("Blender is not installed: nothing to compare with");
            measured["blender"] = null;
            return measured;
        }

        measured["blender"] = new JsonObject
        {
            ["clips_per_second"] = files.Length / blender.Sum(),
            ["times_real_time"] = motion / blender.Sum(),
            ["time_over_read"] = ImportBench.Middle(times.Select((file, i) => blender[i] / file.Read)),
            ["time_over_import"] = ImportBench.Middle(times.Select((file, i) => blender[i] / file.Import)),
        };
        context.Output.Line($"Blender's import, which only reads {files.Length / blender.Sum(),6:0.0} clips/s {motion / blender.Sum(),8:0} × real time");
        context.Output.Line($"Blender takes {measured["blender"]!["time_over_read"]!.GetValue<double>():0.0} times as long as reading, {measured["blender"]!["time_over_import"]!.GetValue<double>():0.0} times as long as all of the import (middle file)");
        return measured;
    }

    private static string[] Shipped()
    {
        ClipCatalog catalog = ShippedClips.Read();
        return [.. catalog.Entries.Select(entry => Path.Combine(catalog.Folder, entry.File))];
    }
}
