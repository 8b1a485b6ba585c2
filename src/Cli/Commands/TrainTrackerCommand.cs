using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Training;
using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train tracker CLIP…</c>: one policy that tracks many clips, and finds each from the others' poses: a teacher for the global policy.</summary>
/// <remarks>Keys of the JSON object: <c>out</c>, <c>model</c>, <c>clips</c>, <c>end</c>, <c>samples</c>, <c>seconds</c>, <c>cores</c>, and the figures of its score.</remarks>
internal static class TrainTrackerCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "the run's folder; a run that is there goes on where it stopped",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine("runs", "tracker"),
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "begin with the networks of this run, whose settings may differ",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("tracker", "one policy that tracks many clips: a teacher for the global policy")
    {
        TrainedClips.Names, TrainedClips.All, TrainedClips.Motions, TrainedClips.For, Out, From, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        ExpertOptions options = TrainingSettings.Read(context, ExpertOptions.TrackerProfile) with { Seed = (ulong)context.Seed };
        options.Validate();
        TorchSharp.torch.Device device = context.ReadyTorch();
        CharacterClip[] clips = TrainedClips.Read(context);
        string names = context.Value(TrainedClips.All) ? "--all" : string.Join(' ', clips.Select(clip => clip.Name));
        string? from = context.Value(From);
        string command = $"./motion train tracker {names}{(from is null ? "" : $" --from {from}")} --threads {context.Threads}{TrainedClips.Settings(context)}";
        ExpertTraining training = new(clips, options, context.Threads, command) { Device = device, From = from };
        using RunFolder run = RunFolder.Open(context.Value(Out)!);
        using ExpertTrainer trainer = new(training, run, TimeProvider.System);
        TrainingResult result = await context.Output.Progress("samples", begin => Task.Run(() =>
        {
            IProgress<ProgressReport> progress = begin(new ProgressOf(training.Name, options.Budget.Samples, trainer.Progress.Samples));
            return trainer.Train(now => progress.Report(new ProgressReport(now.Samples, TrainExpertCommand.Note(now))), context.Cancellation);
        }));
        context.Output.Line($"{training.Name}: held {result.Score.Success05 * 100:0} % ({result.Score.Success05Start * 100:0} % from the start), {result.Score.MpjpeRootMm:0} mm, after {result.Progress.Samples:N0} samples and {result.Progress.Seconds:0} s: {run.BestCheckpoint}");
        JsonObject json = new()
        {
            ["out"] = run.Path,
            ["model"] = run.BestCheckpoint,
            ["clips"] = clips.Length,
            ["end"] = result.End == TrainingEnd.Tracked ? "tracked" : "budget_spent",
            ["samples"] = result.Progress.Samples,
            ["seconds"] = result.Progress.Seconds,
            ["cores"] = result.Cores,
        };
        foreach ((string name, double value) in result.Score.Figures)
        {
            json[name] = value;
        }

        return json;
    }
}
