using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Importing;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Physics;
using Motion.Viewer.Sheets;

namespace Motion.Cli.Commands;

/// <summary>
/// <c>./motion import FILE… --out DIR</c>: motion files become the character's own motion, with a report of what was assumed.
/// </summary>
internal static class ImportCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "motion files (.bvh, .amc with its .asf, DeepMimic .txt, AMASS .npz), folders, catalogues (clips.json), "
            + "manifests (.jsonl)",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "folder to make: the clips, clips.json, a packed library and report.json; it appears whole or not at all",
        HelpName = "folder",
        Required = true,
    };

    private static readonly Option<string> For = new("--character")
    {
        Description = "whose motion it becomes: a shipped character's name or a character's file (.xml)",
        HelpName = "name|file",
        DefaultValueFactory = _ => "humanoid",
    };

    private static readonly Option<string?> Map = new("--map")
    {
        Description = "JSON file with what you know better: joints, unit_m, up, forward, floor, rest_frame, skip_frames",
        HelpName = "file",
    };

    private static readonly Option<string?> Licence = new("--licence")
    {
        Description = "licence of motions that tell none; it travels with them",
        HelpName = "name",
    };

    private static readonly Option<string?> Skeleton = new("--skeleton")
    {
        Description = "skeleton (.asf) of the .amc files; looked for beside each when not given",
        HelpName = "file",
    };

    private static readonly Option<double?> RecordedRate = new("--recorded-rate")
    {
        Description = "frames a second of files that tell none (.amc, some .npz)",
        HelpName = "number",
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "frames a second of the packed library: the control rate",
        HelpName = "number",
        DefaultValueFactory = _ => new BatchOptions().ControlRate,
    };

    private static readonly Option<bool> Preview = new("--preview")
    {
        Description = "also draw a check sheet of each clip (.png): look at it before you train",
    };

    private static readonly Option<bool> KeepOpen = new("--keep-open")
    {
        Description = "do not close cycles (walks, runs) in the packed library",
    };

    private static readonly Option<bool> Mirror = new("--mirror")
    {
        Description = "also keep the mirror image of each clip, with left and right exchanged in its captions too",
    };

    private static readonly Option<bool> SkipBad = new("--skip-bad")
    {
        Description = "leave out files that are not good, and list them, in place of stopping",
    };

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "replace the folder if it holds an earlier import",
    };

    private static readonly Option<bool> AsRecorded = new("--as-recorded")
    {
        Description = "only copy the files of a catalogue or manifest, on their own skeletons, with a catalogue",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() =>
        new Command("import", "motion files become the character's own motion")
        {
            Files, Out, For, Map, Licence, Skeleton, RecordedRate, Rate, Preview, KeepOpen, Mirror, SkipBad, Replace, AsRecorded,
        }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] paths = context.Value(Files);
        string folder = context.Parse.GetRequiredValue(Out);
        bool MayReplace(string there) => context.Value(Replace) && File.Exists(Path.Combine(there, ClipCatalog.FileName));
        if (context.Value(AsRecorded))
        {
            return Copy(paths, folder, MayReplace, context.Output);
        }

        ReaderOptions options = new() { FrameRate = context.Value(RecordedRate), SkeletonFile = context.Value(Skeleton) };
        if (options.FrameRate is { } told && !(told is >= 0.1 and <= 1e5))
        {
            throw new MotionException(ExitCode.BadInput, $"--recorded-rate {told}: wanted 0.1 to 100000 frames a second");
        }

        ImportInputs found = InputFinder.Find(paths, options);
        ImportRun run = new()
        {
            Character = CharacterLibrary.Resolve(context.Parse.GetRequiredValue(For)),
            Map = context.Value(Map) is { } map ? SkeletonMap.Read(map) : null,
            Licence = context.Value(Licence) ?? "",
            KeepOpen = context.Value(KeepOpen),
            Mirror = context.Value(Mirror),
            SkipBad = context.Value(SkipBad),
            Threads = context.Threads,
        };
        ImportResult result = await context.Output.Progress(
            "importing", found.Inputs.Count, "clips", progress => Task.Run(
                () => run.Import(found.Inputs, (done, id) => progress.Report(new ProgressReport(done, id)), context.Cancellation)));
        AtomicFolder.Write(folder, MayReplace, place =>
        {
            ImportFolder.Write(place, result.Clips, found.Licences, context.Value(Rate));
            if (context.Value(Preview))
            {
                foreach (ImportedClip clip in result.Clips)
                {
                    CheckSheet.Write(Path.Combine(place, clip.Entry.Id + ".png"), clip.MirrorOf is null ? clip.Recording : null, clip.Retargeted.Clip);
                }
            }
        });
        return ImportSummary.Print(result, folder, context.Output);
    }

    private static JsonObject Copy(string[] paths, string folder, Func<string, bool> mayReplace, Output output)
    {
        ClipCatalog source = (paths is [string only] ? InputFinder.Catalog(only) : null)
            ?? throw new MotionException(
                ExitCode.BadInput, "--as-recorded wants one catalogue (clips.json), a folder with one, or a manifest (.jsonl)");
        AtomicFolder.Write(folder, mayReplace, place => CatalogCopy.Write(source, place));
        output.Line($"{source.Entries.Length} clips as they were recorded are in {folder}");
        return new JsonObject { ["out"] = folder, ["clips"] = source.Entries.Length };
    }
}
