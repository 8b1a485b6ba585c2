using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Distillation.Experts;
using Motion.Policies;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate expert</c>: how well experts perform their clips.</summary>
/// <remarks>
/// Keys of the JSON object: <c>clips</c>, each with <c>name</c>, the figures of <see cref="ExpertScore"/>, <c>samples</c>, <c>seconds</c>,
/// <c>cores</c> of its training and <c>passed</c>; <c>clips_passed</c>: how many have a success of 95 % or more from spread starts at 0.5 m and an error
/// of at most 60 mm seen from the root; <c>episodes</c> of each kind.
/// </remarks>
internal static class EvaluateExpertCommand
{
    private const double WantedSuccess = 0.95;
    private const double LargestError = 60;

    private static readonly Argument<string[]> Names = new("names")
    {
        Description = "which experts; every one of the folder when none is given",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "every expert of the folder",
    };

    private static readonly Option<int> Episodes = new("--episodes")
    {
        Description = "episodes from starts spread over the clip, and as many from its first frame, each without and with pushes",
        HelpName = "number",
        DefaultValueFactory = _ => 64,
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "also write what each does from the clip's first frame into this folder, for './motion export' and './motion view'",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("expert", "how well experts perform their clips, undisturbed and pushed")
    {
        Names, All, ActingOptions.Experts, ActingOptions.Motions, ActingOptions.For, Episodes, Record, EngineChoice.Engine,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        int episodes = context.Value(Episodes);
        if (episodes is < 1 or > 65_536)
        {
            throw new MotionException(ExitCode.BadInput, $"--episodes {episodes}: wanted 1 to 65536");
        }

        IPhysicsEngine engine = EngineChoice.Named(context.Value(EngineChoice.Engine)!);
        TorchSharp.torch.Device device = context.ReadyTorch();
        Character character = CharacterLibrary.Resolve(context.Value(ActingOptions.For)!);
        IReadOnlyList<string> paths = ExpertFolder.Find(context.Value(ActingOptions.Experts) ?? ShippedModels.Experts(), context.Value(Names));
        TextTable table = new("expert", "success %", "at 0.3 m %", "from start %", "falls %", "pushed: falls %", "error mm", "in the world mm", "foot slide mm", "jerk m/s³", "samples", "seconds × cores", "");
        JsonArray rows = await context.Output.Progress("measuring", paths.Count, "experts", progress => Task.Run(() =>
        {
            JsonArray measured = [];
            foreach (string path in paths)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                using Expert expert = Expert.Load(path, character, device);
                ExpertScore score = Measure(expert, (character, engine), context, episodes);
                measured.Add(Row(expert.Card, score, table));
                progress.Report(new ProgressReport(measured.Count, expert.Card.Clip));
            }

            return measured;
        }));
        context.Output.Table(table);
        int passed = rows.Count(row => row!["passed"]!.GetValue<bool>());
        context.Output.Line($"{passed} of {rows.Count} reach {WantedSuccess * 100:0} % success within 0.5 m and {LargestError:0} mm seen from the root");
        return new JsonObject { ["clips"] = rows, ["clips_passed"] = passed, ["episodes"] = episodes };
    }

    private static ExpertScore Measure(Expert expert, (Character Character, IPhysicsEngine Engine) world, CommandContext context, int episodes)
    {
        ImportedClip imported = new ClipImport(world.Character).Import(MotionFolder.Inputs([expert.Card.Clip], context.Value(ActingOptions.Motions))[0]);
        CharacterClip clip = imported.Retargeted.Motion;
        using ExpertEvaluation evaluation = new([clip], expert.Card, episodes, context.Threads, world.Engine);
        if (context.Value(Record) is { } folder)
        {
            Directory.CreateDirectory(folder);
            RecordingNpz.Write(Path.Combine(folder, expert.Card.Clip + ".npz"), evaluation.Record(expert));
        }

        return evaluation.Measure(expert, pushes: true);
    }

    private static JsonObject Row(ExpertCard card, ExpertScore score, TextTable table)
    {
        bool passed = score.Success05 >= WantedSuccess && score.MpjpeRootMm <= LargestError;
        table.Add(
            card.Clip, $"{score.Success05 * 100:0.0}", $"{score.Success03 * 100:0.0}", $"{score.Success05Start * 100:0.0}", $"{score.FallRate * 100:0.0}", $"{score.FallRatePushed * 100:0.0}",
            $"{score.MpjpeRootMm:0.0}", $"{score.MpjpeGlobalMm:0.0}", $"{score.FootSlideMm:0.0}", $"{score.Jerk:0}",
            $"{card.Training.Samples:N0}", $"{card.Training.Seconds:0} × {card.Training.Cores}", passed ? "passed" : "");
        JsonObject json = new() { ["name"] = card.Clip };
        foreach ((string name, double value) in score.Figures)
        {
            json[name] = value;
        }

        json["samples"] = card.Training.Samples;
        json["seconds"] = card.Training.Seconds;
        json["cores"] = card.Training.Cores;
        json["passed"] = passed;
        return json;
    }
}
