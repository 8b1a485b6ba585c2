using System.CommandLine;
using Motion.Cli.Motions;
using Motion.Distillation.Planning;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Planning;

/// <summary>The options that say what is planned with, and how; the same for every command that plans.</summary>
internal static class PlanningOptions
{
    /// <summary>Plans that are tried out in copies of the world when nothing is said of it.</summary>
    public const int UsuallyVerified = 8;

    public static Option<string?> Model { get; } = new("--model")
    {
        Description = "the planner's model; the shipped one when not given",
        HelpName = "file",
    };

    public static Option<string?> Policy { get; } = new("--policy")
    {
        Description = "the global policy whose skills are tried out as plans too; the shipped one when not given, 'none' for none",
        HelpName = "file|none",
    };

    public static Option<string?> Motions { get; } = new("--motions")
    {
        Description = "folder with the catalogue of the clips that episodes start from; the shipped clips when not given",
        HelpName = "folder",
    };

    public static Option<int> Samples { get; } = new("--samples")
    {
        Description = "plans that are drawn each time",
        HelpName = "number",
        DefaultValueFactory = _ => 64,
    };

    public static Option<double?> Horizon { get; } = new("--horizon")
    {
        Description = "how far plans reach, s; as far as the model can when not given",
        HelpName = "seconds",
    };

    public static Option<int> Execute { get; } = new("--execute")
    {
        Description = "control steps that a plan is followed before the next one is made",
        HelpName = "number",
        DefaultValueFactory = _ => new PlannerOptions().ExecuteSteps,
    };

    public static Option<int?> Verify { get; } = new("--verify")
    {
        Description = $"the best of so many plans, tried out in copies of the world; 0 trusts the model; {UsuallyVerified}, or all of fewer samples, when not given",
        HelpName = "number",
    };

    public static Option<int> Beam { get; } = new("--beam")
    {
        Description = "beam search: ways in which every plan goes on from each chunk; 0 for none",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
    };

    public static Option<double> Temperature { get; } = new("--temperature")
    {
        Description = "how freely plans are drawn",
        HelpName = "number",
        DefaultValueFactory = _ => new SamplingOptions().Temperature,
    };

    public static Option<double> TopP { get; } = new("--top-p")
    {
        Description = "plans are drawn from the likeliest codes that together have this probability",
        HelpName = "share",
        DefaultValueFactory = _ => new SamplingOptions().TopP,
    };

    public static Option<double> ToldShare { get; } = new("--told")
    {
        Description = "share of the plans that are drawn as if the model had been told one of its own skills",
        HelpName = "share",
        DefaultValueFactory = _ => new PlannerOptions().ToldShare,
    };

    public static Option<double> Patience { get; } = new("--patience")
    {
        Description = "how much better another plan must be than what is left of the one that is followed, in deviations of all plans' scores",
        HelpName = "number",
        DefaultValueFactory = _ => new PlannerOptions().Patience,
    };

    public static Option<double> FallCost { get; } = new("--fall-cost")
    {
        Description = "what a certain fall takes off a plan's score",
        HelpName = "reward",
        DefaultValueFactory = _ => new PlannerOptions().FallCost,
    };

    public static Option<int> Episodes { get; } = new("--episodes")
    {
        Description = "episodes, at the same time",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    public static Option<double> Seconds { get; } = new("--seconds")
    {
        Description = "longest episode, s",
        HelpName = "seconds",
        DefaultValueFactory = _ => 12,
    };

    /// <summary>All that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<Option> Planning { get; } = [Model, Policy, Motions, ActingOptions.For, Samples, Horizon, Execute, Verify, Beam, Temperature, TopP, ToldShare, Patience, FallCost, Seconds];

    /// <summary>The model, for the character. The caller disposes it.</summary>
    public static TrajectoryModel ReadModel(CommandContext context)
    {
        TorchSharp.torch.Device device = context.ReadyTorch(besideEachOther: 2); // codes and skills
        return TrajectoryModel.Load(context.Value(Model) ?? ShippedModels.Planner(), CharacterLibrary.Resolve(context.Value(ActingOptions.For)!), device);
    }

    /// <summary>The policy whose skills are plans, or null. The caller disposes it.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="clips">Any clips of the character.</param>
    public static TextPolicy? ReadPolicy(CommandContext context, IReadOnlyList<CharacterClip> clips) => (context.Value(Policy) ?? ShippedModels.FindGlobal()) switch
    {
        null or "none" => null,
        var file => new TextPolicy(file, clips[0].Character, clips),
    };

    /// <summary>How plans are made, as the command line says.</summary>
    public static PlannerOptions Read(CommandContext context, TrajectoryModel model)
    {
        PlannerCard card = model.Card;
        double chunk = card.Shape.ChunkSteps / (double)card.ControlRate, longest = card.Shape.Chunks * chunk;
        double horizon = context.Value(Horizon) ?? longest;
        if (!(horizon >= chunk - 1e-6 && horizon <= longest + 1e-6))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--horizon {horizon}: the model can plan {chunk:0.##} to {longest:0.##} s ahead");
        }

        PlannerOptions options = new()
        {
            Sampling = new SamplingOptions
            {
                Samples = context.Value(Samples),
                Chunks = (int)Math.Round(horizon / chunk),
                Temperature = context.Value(Temperature),
                TopP = context.Value(TopP),
            },
            ExecuteSteps = context.Value(Execute),
            Verified = context.Value(Verify) ?? Math.Min(UsuallyVerified, context.Value(Samples)),
            BeamWays = context.Value(Beam),
            ToldShare = context.Value(ToldShare),
            Patience = context.Value(Patience),
            FallCost = context.Value(FallCost),
        };
        options.Validate(card.Shape);
        return options;
    }

    /// <summary>Motions of clips, by the names given.</summary>
    public static IReadOnlyList<CharacterClip> Clips(CommandContext context, IReadOnlyList<string> names, int rate)
    {
        Character character = CharacterLibrary.Resolve(context.Value(ActingOptions.For)!);
        ImportResult imported = new ImportRun { Character = character, Threads = context.Threads }
            .Import(MotionFolder.Inputs(names, context.Value(Motions)), (_, _) => { }, context.Cancellation);
        return [.. imported.Clips.Select(clip => clip.Retargeted.Motion.Resample(rate))];
    }

    /// <summary>Episodes that start as the paper's do, or all at one clip.</summary>
    public static TaskEvaluation Evaluation(CommandContext context, TrajectoryModel model, IReadOnlyList<CharacterClip> starts, int episodes, double? seconds = null) =>
        new(CharacterLibrary.Resolve(context.Value(ActingOptions.For)!), model.Card, new EpisodeStarts(starts, (ulong)context.Seed), episodes, context.Threads) { Seconds = seconds ?? context.Value(Seconds) };
}
