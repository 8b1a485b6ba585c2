using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Planning;
using Motion.Language.Embedding;
using Motion.Language.Tokens;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train planner</c>: a model of trajectories to plan with.</summary>
/// <remarks>
/// Keys of the JSON object: <c>out</c>, <c>model</c>, <c>transitions</c>, <c>seconds</c>, and the figures of the model's card.
/// </remarks>
internal static class TrainPlannerCommand
{
    private static readonly Option<string?> Experts = new("--experts")
    {
        Description = "folder of experts, who teach; the shipped teachers when not given",
        HelpName = "folder",
    };

    private static readonly Option<string?> Policy = new("--policy")
    {
        Description = "a policy (.safetensors) that acts beside the teachers, the global one or a group's, or 'none'; the shipped global one when not given",
        HelpName = "file",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "learn from the rollouts of another run, all rounds of it, instead of rolling out",
        HelpName = "folder",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "the run's folder; a run that is there goes on where it stopped",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine("runs", "planner"),
    };

    private static readonly Option<bool> WithoutSentences = new("--without-sentences")
    {
        Description = "learn nothing about what the clips' captions say",
    };

    private static readonly Option<string?> Publish = new("--publish")
    {
        Description = "also write the model, with 16-bit weights, and its card into this folder",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("planner", "a model of trajectories to plan with, from rollouts of experts, the global policy and itself")
    {
        Experts, Policy, Data, TrainedClips.Motions, TrainedClips.For, Out, Publish, WithoutSentences, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        PlannerTrainingOptions options = TrainingSettings.Read(context, PlannerTrainingOptions.Profile) with { Seed = (ulong)context.Seed };
        options.Validate();
        TorchSharp.torch.Device device = context.ReadyTorch();
        bool said = !context.Value(WithoutSentences);
        string? policy = context.Value(Policy) is { } named ? (named == "none" ? null : named) : said ? ShippedModels.FindGlobal() : null;
        string words = ShippedModels.Embedding();
        using SentenceEmbedding? embedding = said ? SentenceEmbedding.Load(words, SentenceTokenizer.Create()) : null;
        using PlannerSources sources = new(context, context.Value(Experts) ?? ShippedModels.Teachers(), embedding is null ? null : (embedding, GlobalSources.DigestOf(words)), policy);
        await sources.FindRoutes(context);
        PlannerRecipe recipe = new()
        {
            Source = (round, model) => sources.Of(round, model, options.Rollouts, context.Threads),
            Sentences = said ? _ => sources.Meanings() : null,
            Card = layout => sources.CardOf(layout, CommandOf(context), context.Threads),
            Options = options,
            Folder = context.Value(Out)!,
            Data = context.Value(Data),
            Publish = context.Value(Publish),
            Device = device,
        };
        PlannerOutcome outcome = await context.Output.Progress("transitions or steps", begin => Task.Run(() => Train(recipe, begin, context.Cancellation)));
        context.Output.Line($"{outcome.Transitions:N0} transitions were learned from; the model is {outcome.Model}");
        TextTable table = new("figure", "value");
        JsonObject json = new() { ["out"] = recipe.Folder, ["model"] = outcome.Model, ["transitions"] = outcome.Transitions, ["seconds"] = outcome.Card.Training.Seconds };
        foreach ((string name, double value) in outcome.Card.Figures)
        {
            table.Add(name, $"{value:0.####}");
            json[name] = value;
        }

        context.Output.Table(table);
        return json;
    }

    private static PlannerOutcome Train(PlannerRecipe recipe, Func<ProgressOf, IProgress<ProgressReport>> begin, CancellationToken cancellation)
    {
        Dictionary<string, IProgress<ProgressReport>> stages = [];
        return recipe.Train(
            now =>
            {
                if (!stages.TryGetValue(now.Stage, out IProgress<ProgressReport>? stage))
                {
                    // What an earlier session did is not part of this one's rate.
                    stages[now.Stage] = stage = begin(new ProgressOf(now.Stage, now.Total, now.Stage.StartsWith("rollouts", StringComparison.Ordinal) ? 0 : now.Done - 1));
                }

                stage.Report(new ProgressReport(now.Done, string.Join(", ", now.Measured.Select(measured => $"{measured.Name} {measured.Value:0.###}"))));
            },
            cancellation);
    }

    private static string CommandOf(CommandContext context)
    {
        string experts = context.Value(Experts) is { } folder ? $" --experts {folder}" : "";
        string policy = context.Value(Policy) is { } named ? $" --policy {named}" : "";
        string data = context.Value(Data) is { } run ? $" --data {run}" : "";
        string said = context.Value(WithoutSentences) ? " --without-sentences" : "";
        return $"./motion train planner{experts}{policy}{data}{said} --threads {context.Threads}{TrainedClips.Settings(context)}";
    }
}
