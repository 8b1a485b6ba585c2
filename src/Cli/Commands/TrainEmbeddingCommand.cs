using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Language;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Embedding;
using Motion.Sim.Characters;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train embedding</c>: the space that sentences and clips share.</summary>
/// <remarks>
/// Keys of the JSON object: <c>out</c>, <c>model</c>, <c>clips</c>, <c>captions</c>, <c>seconds</c>, and the figures of <c>./motion evaluate text</c>
/// for the clips it was trained on.
/// </remarks>
internal static class TrainEmbeddingCommand
{
    private static readonly Option<string[]> Motions = new("--motions")
    {
        Description = "folders of captioned clips, as ./motion import makes them; the shipped clips when not given",
        HelpName = "folder",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Captions = new("--captions")
    {
        Description = "further sentences about motions to learn words from (.jsonl: {\"id\": …, \"captions\": [{\"text\": …}]}); captions of one id say the same",
        HelpName = "file",
    };

    private static readonly Option<string> For = new("--character")
    {
        Description = "whose motions: a shipped character's name or a character's file (.xml)",
        HelpName = "name|file",
        DefaultValueFactory = _ => "humanoid",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "the run's folder; a run that is there goes on where it stopped",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine("runs", "embedding"),
    };

    private static readonly Option<string?> Publish = new("--publish")
    {
        Description = "also write the model and its card into this folder",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("embedding", "the space that sentences and clips share: what a typed sentence becomes")
    {
        Motions, Captions, TextOptions.Weights, For, Out, Publish, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        EmbeddingOptions options = TrainingSettings.Read(context, EmbeddingOptions.Profile) with { Seed = (ulong)context.Seed };
        options.Validate();
        if (context.Device != "cpu")
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--device {context.Device}: the embedding is small and is trained on the processor: leave the option out");
        }

        context.ReadyTorch();
        string[] folders = context.Value(Motions) is { Length: > 0 } named ? named : [MotionFolder.Shipped()];
        EmbeddingRecipe recipe = new()
        {
            Character = CharacterLibrary.Resolve(context.Value(For)!),
            Motions = folders,
            Captions = context.Value(Captions),
            TextWeights = context.Value(TextOptions.Weights),
            Options = options,
            Folder = context.Value(Out)!,
            Publish = context.Value(Publish),
            Threads = context.Threads,
            Command = CommandOf(context, folders),
        };
        long total = options.TextSteps + options.MotionSteps;
        EmbeddingOutcome outcome = await context.Output.Progress("steps", begin => Task.Run(() =>
        {
            // Steps that an earlier session did are not part of this one's rate.
            IProgress<ProgressReport>? progress = null;
            return recipe.Train(
                now =>
                {
                    long done = now.TextSteps + now.MotionSteps;
                    progress ??= begin(new ProgressOf("learning", total, done - 1));
                    progress.Report(new ProgressReport(done, Note(now, options)));
                },
                context.Cancellation);
        }));
        context.Output.Line($"{outcome.Clips} clips and {outcome.Captions:N0} captions were learned from; the model is {outcome.Model}");
        TextReport.Print(outcome.Figures, context.Output);
        JsonObject json = TextReport.Json(outcome.Figures);
        (json["out"], json["model"], json["clips"], json["captions"], json["seconds"]) = (recipe.Folder, outcome.Model, outcome.Clips, outcome.Captions, Math.Round(outcome.Seconds, 1));
        return json;
    }

    private static string Note(EmbeddingProgress now, EmbeddingOptions options) =>
        $"{(now.TextSteps < options.TextSteps ? "text alone" : "with motion")}: surprise {now.Match:0.00} nats, {now.Hits * 100:0} % nearest";

    private static string CommandOf(CommandContext context, string[] folders)
    {
        string[] settings =
        [
            context.Value(Motions) is { Length: > 0 } ? $"--motions {string.Join(' ', folders)}" : "",
            context.Value(Captions) is { } captions ? $"--captions {Path.GetFileName(captions)}" : "",
            context.Value(TextOptions.Weights) is { } weights ? $"--text-weights {Path.GetFileName(weights)}" : "",
            context.Value(TrainingSettings.Profile) is { } profile and not "laptop" ? $"--profile {profile}" : "",
            context.Value(TrainingSettings.Config) is { } config ? $"--config {config}" : "",
            .. (context.Value(TrainingSettings.Set) ?? []).Select(setting => $"--set {setting}"),
            context.Seed == 0 ? "" : $"--seed {context.Seed}",
        ];
        return string.Join(' ', settings.Where(setting => setting.Length > 0).Prepend($"./motion train embedding --threads {context.Threads}"));
    }
}
