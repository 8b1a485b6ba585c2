using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Runs;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train global</c>: one policy that is told what to do by sentences, distilled from teachers.</summary>
/// <remarks>Keys of the JSON object: <c>out</c>, <c>model</c>, <c>skills</c>, <c>teacher</c>, <c>samples</c>, <c>seconds</c>, <c>loss</c>, <c>falls_per_minute</c>.</remarks>
internal static class TrainGlobalCommand
{
    /// <summary>Name of the model in its folder.</summary>
    public const string ModelName = "global.safetensors";

    private static readonly Option<string?> Tracker = new("--tracker")
    {
        Description = "the teacher: a policy that tracks all the clips, as ./motion train tracker makes it; the experts when not given",
        HelpName = "file",
    };

    private static readonly Option<string?> Experts = new("--experts")
    {
        Description = "folder of experts: teachers where no tracker is named, and the clips to learn where none is; the shipped teachers when not given",
        HelpName = "folder",
    };

    private static readonly Option<string?> Model = new("--embedding")
    {
        Description = "the embedding of sentences (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "the run's folder; a run that is there goes on where it stopped",
        HelpName = "folder",
        DefaultValueFactory = _ => Path.Combine("runs", "global"),
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "a policy (.safetensors) whose networks this one begins with",
        HelpName = "file",
    };

    private static readonly Option<string?> Publish = new("--publish")
    {
        Description = "also write the policy, with 16-bit weights, into this folder",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("global", "one policy that is told what to do by sentences, distilled from teachers")
    {
        TrainedClips.Names, TrainedClips.Motions, TrainedClips.For, Tracker, Experts, Model, From, Out, Publish, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        GlobalOptions options = TrainingSettings.Read(context, GlobalOptions.Profile) with { Seed = (ulong)context.Seed };
        options.Validate();
        if (context.Device != "cpu")
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--device {context.Device}: distillation runs on the processor so far: leave the option out");
        }

        context.ReadyTorch();
        Character character = CharacterLibrary.Resolve(context.Value(TrainedClips.For)!);
        string experts = context.Value(Experts) ?? ShippedModels.Teachers(), model = context.Value(Model) ?? ShippedModels.Embedding();
        string[] names = context.Value(TrainedClips.Names) is { Length: > 0 } named ? named : GlobalSources.Tracked(context, experts);
        CharacterClip[] clips = TrainedClips.Import(context, names);
        using SentenceEmbedding embedding = SentenceEmbedding.Load(model, SentenceTokenizer.Create());
        GlobalSources sources = GlobalSources.Of(clips, embedding);
        (ITeacher teacher, var targets) = GlobalSources.Teacher(context.Value(Tracker), experts, clips, character);
        using ITeacher owned = teacher;
        GlobalTraining training = new()
        {
            Clips = clips,
            Skills = sources.Skills,
            Conditions = SkillSentences.Conditions(embedding, sources.Skills, options),
            Embedding = GlobalSources.DigestOf(model),
            Teacher = teacher,
            TargetSteps = targets,
            Routes = await GlobalSources.FindRoutes(
                context, GlobalSources.Routes(context, clips, options.Tracking with { TargetSteps = targets }, options.PhysicsRate, options.SolverIterations), teacher),
            From = context.Value(From),
            Options = options,
            Threads = context.Threads,
            Command = CommandOf(context),
        };
        using RunFolder run = RunFolder.Open(context.Value(Out)!);
        using GlobalTrainer trainer = new(training, run, TimeProvider.System);
        string file = await context.Output.Progress("samples", begin => Task.Run(() =>
        {
            IProgress<ProgressReport> progress = begin(new ProgressOf($"{clips.Length} skills", options.Budget.Samples, trainer.Progress.Samples));
            return trainer.Train(now => progress.Report(new ProgressReport(now.Samples, $"error {now.Loss:0.000}, {now.FallsPerMinute:0.0} falls a minute")), context.Cancellation);
        }));
        if (context.Value(Publish) is { } folder)
        {
            using SkillPolicy policy = SkillPolicy.Load(file, character);
            Directory.CreateDirectory(folder);
            policy.Save(Path.Combine(folder, ModelName), half: true);
        }

        context.Output.Line($"{clips.Length} skills from {teacher.Name} after {trainer.Progress.Samples:N0} samples and {trainer.Progress.Seconds:0} s: {file}");
        return new JsonObject
        {
            ["out"] = run.Path,
            ["model"] = file,
            ["skills"] = clips.Length,
            ["teacher"] = teacher.Name,
            ["samples"] = trainer.Progress.Samples,
            ["seconds"] = Math.Round(trainer.Progress.Seconds, 1),
            ["loss"] = trainer.Progress.Loss,
            ["falls_per_minute"] = trainer.Progress.FallsPerMinute,
        };
    }

    private static string CommandOf(CommandContext context)
    {
        string names = string.Concat(context.Value(TrainedClips.Names).Select(name => $" {name}"));
        string tracker = context.Value(Tracker) is { } file ? $" --tracker {Path.GetFileName(file)}" : "";
        string experts = context.Value(Experts) is { } folder ? $" --experts {folder}" : "";
        string from = context.Value(From) is { } begun ? $" --from {begun}" : "";
        return $"./motion train global{names}{tracker}{experts}{from} --threads {context.Threads}{TrainedClips.Settings(context)}";
    }
}
