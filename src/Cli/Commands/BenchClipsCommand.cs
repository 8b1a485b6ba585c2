using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;

namespace Motion.Cli.Commands;

/// <summary>
/// <c>./motion bench clips</c>: how many poses a second a clip library gives a batch of worlds, beside a bare copy of the same bytes.
/// </summary>
internal static class BenchClipsCommand
{
    private static readonly Argument<string?> Library = new("library")
    {
        Description = "a packed library of the humanoid; the shipped clips when not given",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Worlds = new("--worlds")
    {
        Description = "worlds in a batch",
        HelpName = "number",
        DefaultValueFactory = _ => 1024,
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "how long to measure at least",
        HelpName = "number",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() =>
        new Command("clips", "sampling poses of a clip library on one thread, beside a bare copy of the same bytes") { Library, Worlds, Seconds }.Runs(Run);

    private static Task<Outcome> Run(CommandContext context)
    {
        int worlds = context.Value(Worlds) is >= 1 and <= 1 << 20 and int told ? told
            : throw new MotionException(ExitCode.BadInput, $"--worlds {context.Value(Worlds)}: wanted 1 to {1 << 20}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("motion-bench-");
        try
        {
            string path = context.Parse.GetValue(Library) ?? Pack(Path.Combine(folder.FullName, "shipped.library"));
            using ClipLibrary library = ClipLibrary.Open(path, CharacterLibrary.Humanoid());
            SamplingRates rates = ClipSampling.Run(library, worlds, context.Value(Seconds), context.Seed, context.Cancellation);
            return Task.FromResult<Outcome>(Print(library, worlds, rates, context.Output));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Print(ClipLibrary library, int worlds, SamplingRates rates, Output output)
    {
        long frames = library.Clips.Sum(clip => (long)clip.FrameCount);
        output.Line($"{library.Clips.Length} clips, {frames} frames, {worlds} worlds, one thread");
        TextTable table = new("sampled", "million poses/s");
        table.Add("positions", $"{rates.Positions / 1e6:0.0}");
        table.Add("positions and velocities", $"{rates.WithVelocities / 1e6:0.0}");
        table.Add("contacts", $"{rates.Contacts / 1e6:0.0}");
        table.Add("nothing: two frames copied", $"{rates.Copy / 1e6:0.0}");
        output.Table(table);
        return new JsonObject
        {
            ["clips"] = library.Clips.Length,
            ["frames"] = frames,
            ["worlds"] = worlds,
            ["threads"] = 1,
            ["poses_per_second"] = rates.Positions,
            ["poses_with_velocities_per_second"] = rates.WithVelocities,
            ["contacts_per_second"] = rates.Contacts,
            ["bare_copies_per_second"] = rates.Copy,
            ["share_of_bare_copy"] = rates.Positions / rates.Copy,
        };
    }

    private static string Pack(string path)
    {
        ClipCatalog catalog = ClipCatalog.Read(MotionFolder.Shipped());
        Retargeter retargeter = new(CharacterLibrary.Humanoid());
        double rate = new BatchOptions().ControlRate;
        LibraryWriter.Write(path, [.. catalog.Entries.Select(
            entry => retargeter.Retarget(SkeletonAnalysis.Analyse(catalog.ReadMotion(entry))).Clip.Resample(rate))]);
        return path;
    }
}
