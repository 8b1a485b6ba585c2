using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Groups;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train group CLIP…</c>: one policy for a handful of skills, from their experts and an adversary.</summary>
/// <remarks>Keys of the JSON object: <c>out</c>, <c>model</c>, <c>method</c>, <c>skills</c>, <c>samples</c>, <c>seconds</c>, <c>cores</c>, and the figures of its score.</remarks>
internal static class TrainGroupCommand
{
    private static readonly Argument<string[]> Names = new("clips")
    {
        Description = "ids of clips of the catalogue, two or more, each with an expert",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Method = new("--method")
    {
        Description = "what it learns from: adversarial+cloning, adversarial (PADL) or cloning",
        HelpName = "name",
        DefaultValueFactory = _ => GroupMethods.Names[0],
    };

    private static readonly Option<string?> Experts = new("--experts")
    {
        Description = "folder with the clips' experts: checkpoints or runs; the shipped experts when not given",
        HelpName = "folder",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "the run's folder; a run that is there goes on where it stopped; runs/groups/CLIP+OTHERS when not given",
        HelpName = "folder",
    };

    private static readonly Option<string?> Publish = new("--publish")
    {
        Description = "also write the best checkpoint, with 16-bit weights, to this file",
        HelpName = "file",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("group", "one policy for a handful of skills, from their experts and an adversary")
    {
        Names, Method, Experts, TrainedClips.Motions, TrainedClips.For, Out, Publish, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] names = context.Value(Names);
        GroupTraining.RequireGroup(names);
        GroupOptions options = TrainingSettings.Read(context, GroupOptions.Profile) with { Seed = (ulong)context.Seed, Method = GroupMethods.Read(context.Value(Method)!) };
        TorchSharp.torch.Device device = context.ReadyTorch();
        IReadOnlyList<string> paths = ExpertFolder.Find(context.Value(Experts) ?? ShippedModels.Experts(), names);
        CharacterClip[] clips = TrainedClips.Import(context, names);
        List<Expert> experts = [];
        try
        {
            experts.AddRange(paths.Select(path => Expert.Load(path, clips[0].Character, device)));
            GroupTraining training = GroupTraining.Of(clips, experts, options) with { Threads = context.Threads, Device = device, Command = CommandOf(context, names) };
            using RunFolder run = RunFolder.Open(context.Value(Out) ?? Path.Combine("runs", "groups", NameOf(names, options.Method)));
            GroupResult result = await Train(training, run, context);
            return Print(training, run, result, context);
        }
        finally
        {
            experts.ForEach(expert => expert.Dispose());
        }
    }

    private static Task<GroupResult> Train(GroupTraining training, RunFolder run, CommandContext context) => context.Output.Progress("samples", begin => Task.Run(() =>
    {
        using GroupTrainer trainer = new(training, run, TimeProvider.System);
        IProgress<ProgressReport> progress = begin(new ProgressOf($"{training.Clips.Count} skills", training.Options.Budget.Samples, trainer.Progress.Samples));
        return trainer.Train(now => progress.Report(new ProgressReport(now.Samples, Note(now))), context.Cancellation);
    }));

    private static string Note(GroupProgress progress)
    {
        string phase = progress.Phase switch { GroupPhase.WarmUp => "cloning", GroupPhase.Settling => "settling", _ => "reinforcement" };
        string looked = progress.Latest is { } score ? $", no fall {score.NoFallRest * 100:0} %, precision {score.PrecisionAuc:0.00}, recall {score.RecallAuc:0.00}" : "";
        return $"{phase}, off by {Math.Sqrt(progress.CloningError):0.00}{looked}";
    }

    private static Outcome Print(GroupTraining training, RunFolder run, GroupResult result, CommandContext context)
    {
        GroupScore score = result.Score;
        context.Output.Line($"{training.Clips.Count} skills by {GroupMethods.NameOf(training.Options.Method)}: no fall {score.NoFallRest * 100:0.0} % from rest, {score.NoFallClip * 100:0.0} % from the clip, {score.TransitionNoFall * 100:0.0} % in changes; precision {score.PrecisionAuc:0.000}, recall {score.RecallAuc:0.000}; after {result.Progress.Samples:N0} samples and {result.Progress.Seconds:0} s: {run.BestCheckpoint}");
        if (context.Value(Publish) is { } published)
        {
            using SkillPolicy best = SkillPolicy.Load(run.BestCheckpoint, training.Character);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(published))!);
            best.Save(published, half: true);
        }

        JsonObject json = new()
        {
            ["out"] = run.Path,
            ["model"] = run.BestCheckpoint,
            ["method"] = GroupMethods.NameOf(training.Options.Method),
            ["skills"] = new JsonArray([.. training.Clips.Select(clip => JsonValue.Create(clip.Name))]),
            ["samples"] = result.Progress.Samples,
            ["seconds"] = result.Progress.Seconds,
            ["cores"] = result.Cores,
        };
        foreach ((string name, double value) in score.Figures)
        {
            json[name] = value;
        }

        return json;
    }

    private static string NameOf(string[] names, GroupMethod method) =>
        $"{Path.GetFileNameWithoutExtension(names[0])}+{names.Length - 1}{(method == GroupMethod.AdversarialCloning ? "" : $"-{GroupMethods.NameOf(method)}")}";

    private static string CommandOf(CommandContext context, string[] names)
    {
        string method = context.Value(Method)!, experts = context.Value(Experts) is { } folder ? $" --experts {folder}" : "";
        return $"./motion train group {string.Join(' ', names)}{(method == GroupMethods.Names[0] ? "" : $" --method {method}")}{experts} --threads {context.Threads}{TrainedClips.Settings(context)}";
    }
}
