using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Planning;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train planner</c>: a model of trajectories to plan with.</summary>
/// <remarks>
/// Keys of the JSON object: <c>out</c>, <c>model</c>, <c>transitions</c>, <c>seconds</c>, and the figures of the model's card.
/// </remarks>
internal static class TrainPlannerCommand
{
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
    public static Command Create() => new Command("planner", "a model of trajectories to plan with, from rollouts of experts")
    {
        ActingOptions.Experts, ActingOptions.Motions, ActingOptions.For, Out, Publish, WithoutSentences, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        PlannerTrainingOptions options = TrainingSettings.Read(context, PlannerTrainingOptions.Profile) with { Seed = (ulong)context.Seed };
        options.Validate();
        TorchSharp.torch.Device device = context.ReadyTorch();
        List<Expert> experts = Load(context, options);
        PlannerRecipe recipe = new()
        {
            Source = () => Source(context, options, experts),
            Sentences = context.Value(WithoutSentences) ? null : skills => Latents(skills, experts),
            Card = layout => CardOf(layout, experts, CommandOf(context), context.Threads),
            Options = options,
            Folder = context.Value(Out)!,
            Publish = context.Value(Publish),
            Device = device,
        };
        PlannerOutcome outcome = await context.Output.Progress("transitions or steps", begin => Task.Run(() =>
        {
            Dictionary<string, IProgress<ProgressReport>> stages = [];
            return recipe.Train(
                now =>
                {
                    if (!stages.TryGetValue(now.Stage, out IProgress<ProgressReport>? stage))
                    {
                        // What an earlier session did is not part of this one's rate.
                        stages[now.Stage] = stage = begin(new ProgressOf(now.Stage, now.Total, now.Stage == "rollouts" ? 0 : now.Done - 1));
                    }

                    stage.Report(new ProgressReport(now.Done, string.Join(", ", now.Measured.Select(measured => $"{measured.Name} {measured.Value:0.###}"))));
                },
                context.Cancellation);
        }));
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

    private static List<Expert> Load(CommandContext context, PlannerTrainingOptions options)
    {
        Character character = CharacterLibrary.Resolve(context.Value(ActingOptions.For)!);
        List<Expert> experts = [];
        foreach (string path in ExpertFolder.Find(context.Value(ActingOptions.Experts) ?? ShippedModels.Experts(), []))
        {
            if (Expert.ReadCard(path).Figures.GetValueOrDefault("success_05") >= options.Rollouts.LeastSuccess)
            {
                experts.Add(Expert.Load(path, character));
            }
        }

        return experts.Count > 0
            ? experts
            : throw new MotionException(ExitCode.BadInput, $"no expert holds its clip in {options.Rollouts.LeastSuccess * 100:0} % of episodes: lower rollouts.least_success, or name other experts with --experts");
    }

    private static ExpertRollouts Source(CommandContext context, PlannerTrainingOptions options, List<Expert> experts)
    {
        Character character = CharacterLibrary.Resolve(context.Value(ActingOptions.For)!);
        ImportResult imported = new ImportRun { Character = character, Threads = context.Threads }
            .Import(MotionFolder.Inputs([.. experts.Select(expert => expert.Card.Clip)], context.Value(ActingOptions.Motions)), (_, _) => { }, context.Cancellation);
        Dictionary<string, CharacterClip> clips = imported.Clips.ToDictionary(clip => clip.Retargeted.Motion.Name, clip => clip.Retargeted.Motion);
        return new ExpertRollouts(experts, [.. experts.Select(expert => clips[expert.Card.Clip])], options.Rollouts, context.Threads);
    }

    /// <summary>The mean of a clip's captions in the shipped embedding, of unit length.</summary>
    private static float[][] Latents(IReadOnlyList<string> skills, List<Expert> experts)
    {
        using SentenceEmbedding embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        return [.. skills.Select(skill =>
        {
            using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
            string[] captions = [.. experts.First(expert => expert.Card.Clip == skill).Card.Captions];
            TorchSharp.torch.Tensor mean = embedding.EmbedSentences(captions.Length > 0 ? captions : [skill.Replace('_', ' ')]).mean([0]);
            return (mean / mean.norm()).data<float>().ToArray();
        })];
    }

    private static PlannerCard CardOf(StateLayout layout, List<Expert> experts, string command, int threads) => new()
    {
        Character = layout.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(layout.Character),
        States = layout.Count,
        Actions = layout.Actions,
        Codes = 0,
        CodeWidth = 0,
        Shape = new TrajectoryShape(),
        ControlRate = experts[0].Card.Tracking.ControlRate,
        PhysicsRate = experts[0].Card.PhysicsRate,
        SolverIterations = experts[0].Card.SolverIterations,
        Licences = [.. experts.Select(expert => expert.Card.ClipLicence).Distinct().Order(StringComparer.Ordinal)],
        Training = new TrainingCost { Command = command, Cores = threads },
    };

    private static string CommandOf(CommandContext context)
    {
        string[] settings =
        [
            context.Value(WithoutSentences) ? "--without-sentences" : "",
            context.Value(TrainingSettings.Profile) is { } profile and not "laptop" ? $"--profile {profile}" : "",
            context.Value(TrainingSettings.Config) is { } config ? $"--config {config}" : "",
            .. (context.Value(TrainingSettings.Set) ?? []).Select(setting => $"--set {setting}"),
            context.Seed == 0 ? "" : $"--seed {context.Seed}",
        ];
        return string.Join(' ', settings.Where(setting => setting.Length > 0).Prepend($"./motion train planner --threads {context.Threads}"));
    }
}
