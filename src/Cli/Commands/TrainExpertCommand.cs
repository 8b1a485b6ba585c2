using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Training;
using Motion.Distillation.Experts;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train expert CLIP…</c>: one controller per clip, learned by reinforcement.</summary>
/// <remarks>
/// Keys of the JSON object: <c>clips</c>, each with <c>name</c>, <c>end</c> (tracked, budget_spent or failed), <c>samples</c>, <c>seconds</c>,
/// <c>cores</c>, <c>run</c>, the figures of its score, or <c>error</c>; and <c>clips_tracked</c>. The exit code is that of
/// the first clip that failed.
/// </remarks>
internal static class TrainExpertCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "folder that holds a run for each clip; a run that is there goes on where it stopped",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine("runs", "experts"),
    };

    private static readonly Option<int?> Jobs = new("--jobs")
    {
        Description = "clips that are trained at a time, sharing the threads; as many as threads or clips, whichever is fewer, when not given",
        HelpName = "number",
    };

    private static readonly Option<string[]> EnterFrom = new("--enter-from")
    {
        Description = "clips whose poses episodes start in too (tracking.transition_starts of them), so that the clip can be entered from other motions; 'all' for all of the catalogue",
        HelpName = "clip",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "folder of runs by clip, whose networks these begin with; their settings may differ",
        HelpName = "folder",
    };

    private static readonly Option<string?> Publish = new("--publish")
    {
        Description = "also write the best checkpoints, with 16-bit weights, into this folder",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("expert", "one controller per clip, learned by reinforcement")
    {
        TrainedClips.Names, TrainedClips.All, TrainedClips.Motions, TrainedClips.For, Out, Jobs, EnterFrom, From, Publish, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] lenders = context.Value(EnterFrom)!;
        ExpertOptions options = TrainingSettings.Read<ExpertOptions>(context, lenders.Length == 0 ? ExpertOptions.Profile : ExpertOptions.EnteringProfile) with { Seed = (ulong)context.Seed };
        options.Validate();
        TorchSharp.torch.Device device = context.ReadyTorch();
        CharacterClip[] clips = TrainedClips.Read(context);
        CharacterClip[] others = lenders.Length == 0 ? [] : TrainedClips.Import(context, lenders is ["all"] ? [] : lenders);
        string more = (lenders.Length == 0 ? "" : $" --enter-from {string.Join(' ', lenders)}") + (context.Value(From) is { } from ? $" --from {from}" : "");
        int jobs = Math.Clamp(context.Value(Jobs) ?? context.Threads, 1, clips.Length);
        string folder = context.Value(Out)!;
        int threads = Math.Max(1, context.Threads / jobs);
        ExpertSeries series = new()
        {
            Folder = folder,
            Options = options,
            Jobs = jobs,
            Threads = threads,
            Device = device,
            Others = others,
            From = context.Value(From),
            Publish = context.Value(Publish),
            // Sums are those of a number of threads, so that belongs to the command.
            Command = clip => $"./motion train expert {clip} --threads {threads}{more}{TrainedClips.Settings(context)}",
        };
        IReadOnlyList<ExpertOutcome> outcomes = await context.Output.Progress("samples", begin => Task.Run(() => series.Train(
            clips,
            (clip, before) =>
            {
                IProgress<ProgressReport> progress = begin(new ProgressOf(clip, options.Budget.Samples, before.Samples));
                return now => progress.Report(new ProgressReport(now.Samples, Note(now)));
            },
            outcome => context.Output.Note(Sentence(outcome)),
            context.Cancellation)));
        return Print(outcomes, folder, context.Output);
    }

    /// <summary>Where a training stands, in words.</summary>
    public static string Note(ExpertProgress progress) => progress.Latest is { } score
        ? $"reward {progress.Reward:0.00}, held {score.Success05 * 100:0} %, {score.MpjpeRootMm:0} mm"
        : $"reward {progress.Reward:0.00}";

    private static string Sentence(ExpertOutcome outcome) => outcome switch
    {
        { Problem: { } problem } => $"{outcome.Clip}: {problem.Message}",
        { IsTracked: true, Result: { } result } => $"{outcome.Clip}: tracked after {result.Progress.Samples:N0} samples and {result.Progress.Seconds:0} s",
        { Result: { } result } => $"{outcome.Clip}: not tracked within {result.Progress.Samples:N0} samples and {result.Progress.Seconds:0} s; its best is kept, later stages leave it out",
        _ => outcome.Clip,
    };

    private static Outcome Print(IReadOnlyList<ExpertOutcome> outcomes, string folder, Output output)
    {
        TextTable table = new("clip", "end", "samples", "seconds", "success %", "at 0.3 m %", "from start %", "pushed %", "error mm");
        foreach (ExpertOutcome outcome in outcomes)
        {
            table.Add(outcome.Result is { } result
                ? [
                    outcome.Clip, outcome.IsTracked ? "tracked" : "budget spent", $"{result.Progress.Samples:N0}", $"{result.Progress.Seconds:0}", $"{result.Score.Success05 * 100:0}",
                    $"{result.Score.Success03 * 100:0}", $"{result.Score.Success05Start * 100:0}", $"{result.Score.Success05Pushed * 100:0}", $"{result.Score.MpjpeRootMm:0}",
                ]
                : [outcome.Clip, "failed", "", "", "", "", "", "", ""]);
        }

        output.Table(table);
        foreach (ExpertOutcome outcome in outcomes.Where(outcome => outcome.Problem is not null))
        {
            output.Line($"{outcome.Clip}: {outcome.Problem!.Message}");
        }

        JsonObject measured = new()
        {
            ["clips"] = new JsonArray([.. outcomes.Select(outcome => Json(outcome, folder))]),
            ["clips_tracked"] = outcomes.Count(outcome => outcome.IsTracked),
        };
        return new Outcome(measured, outcomes.FirstOrDefault(outcome => outcome.Problem is not null)?.Problem!.ExitCode ?? ExitCode.Done);
    }

    private static JsonObject Json(ExpertOutcome outcome, string folder)
    {
        JsonObject json = new() { ["name"] = outcome.Clip, ["run"] = Path.Combine(folder, outcome.Clip) };
        if (outcome.Result is not { } result)
        {
            json["end"] = "failed";
            json["error"] = outcome.Problem!.Message;
            return json;
        }

        json["end"] = outcome.IsTracked ? "tracked" : "budget_spent";
        json["samples"] = result.Progress.Samples;
        json["seconds"] = result.Progress.Seconds;
        json["cores"] = result.Cores;
        foreach ((string name, double value) in result.Score.Figures)
        {
            json[name] = value;
        }

        return json;
    }
}
