using Motion.Policies.Planning;
using Motion.Sim.Physics;

namespace Motion.Cli.Planning;

/// <summary>Who acts, by name.</summary>
/// <param name="Model">The planner's model; not disposed here.</param>
/// <param name="Text">The policy whose skills are plans too; null for none, not disposed here.</param>
/// <param name="Seed">Seed of what is drawn.</param>
internal sealed record ControllerChoice(TrajectoryModel Model, TextPolicy? Text, int Seed)
{
    /// <summary>The planner itself.</summary>
    public const string Planned = "hgap";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Planned, "codes", "skills", "text", "greedy", "uniform", "cloning", "sampling", "mppi", "annealed"];

    /// <summary>Those that are nobody without a global policy.</summary>
    public static IReadOnlyList<string> OfPolicy { get; } = ["skills", "text"];

    /// <summary>Those that search on the true dynamics.</summary>
    public static IReadOnlyList<string> TrueDynamics { get; } = ["sampling", "mppi", "annealed"];

    /// <summary>Longest time that a plan may keep the world waiting; as long as it takes when null.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Latent of a sentence that plans are drawn for; null for none.</summary>
    public float[]? Sentence { get; init; }

    /// <summary>Says what plans mean where they are tried out, while there is a sentence; null to believe what they were drawn for.</summary>
    public IMotionMeaning? Meaning { get; init; }

    /// <summary>Makes one. The caller disposes it.</summary>
    /// <param name="who">One of <see cref="Names"/>, how plans are made, and rollouts for each plan of those that search on the true dynamics.</param>
    /// <param name="task">Name of the task, for those who are told a sentence about it.</param>
    /// <param name="worlds">Where it acts, and what makes copies.</param>
    /// <exception cref="MotionException">It needs a policy and there is none.</exception>
    public IController Make((string Name, PlannerOptions Options, int Samples) who, string task, (IPhysicsEngine Engine, IWorldBatch Worlds) worlds)
    {
        PlannerOptions options = who.Options;
        return who.Name switch
        {
            Planned => Planning(options, worlds, Text?.Skills(worlds, options)),
            "codes" => Planning(options, worlds, null),
            "skills" => new SkillSearchController(Required(who.Name).Skills(worlds, options), StepsOf(options), options.ExecuteSteps, (ulong)Seed),
            "text" => Required(who.Name).Make(task, worlds.Worlds),
            "greedy" => Planning(options with { Sampling = options.Sampling with { Samples = 1, Temperature = 0 }, KeepBest = false, Verified = 0 }, worlds, null),
            "uniform" => Planning(options with { Sampling = options.Sampling with { Uniform = true }, UnlikelyCost = 0 }, worlds, null),
            "cloning" => new CloningController(Model),
            _ => new TrueDynamicsController(worlds.Engine, worlds.Worlds, TrueOptions(who.Name, options, who.Samples), (ulong)Seed),
        };
    }

    /// <summary>How a baseline searches on the true dynamics: over the same time ahead and as often as the planner, with so many rollouts in all.</summary>
    public TrueDynamicsOptions TrueOptions(string name, PlannerOptions options, int samples)
    {
        TrueDynamicsOptions common = new() { Samples = Math.Max(2, samples), Steps = StepsOf(options), ExecuteSteps = options.ExecuteSteps, FallCost = options.FallCost };
        return name switch
        {
            "sampling" => common,
            "mppi" => common with { Knots = Math.Max(2, common.Steps / 2), Temperature = 0.5, Noise = 0.15f },
            "annealed" => common with { Samples = Math.Max(2, samples / 4), Rounds = 4, Temperature = 0.1, Noise = 0.4f },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such controller"),
        };
    }

    private int StepsOf(PlannerOptions options) => options.Sampling.ChunksOf(Model.Card.Shape) * Model.Card.Shape.ChunkSteps;

    private TextPolicy Required(string name) => Text ?? throw new MotionException(ExitCode.BadConfiguration, $"'{name}' needs a global policy: leave '--policy none' out, or name one");

    private PlanningController Planning(PlannerOptions options, (IPhysicsEngine Engine, IWorldBatch Worlds) worlds, SkillPlans? skills) =>
        new(new Planner(Model, options), worlds.Engine, worlds.Worlds, (ulong)Seed) { Skills = skills, Budget = Budget, Sentence = Sentence, Meaning = Meaning };
}
