using Motion.Policies.Planning;
using Motion.Sim.Physics;

namespace Motion.Cli.Planning;

/// <summary>Who acts, by name.</summary>
internal static class ControllerChoice
{
    /// <summary>The planner itself.</summary>
    public const string Planned = "hgap";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Planned, "greedy", "uniform", "cloning", "sampling", "mppi", "annealed"];

    /// <summary>Those that search on the true dynamics.</summary>
    public static IReadOnlyList<string> TrueDynamics { get; } = ["sampling", "mppi", "annealed"];

    /// <summary>Makes one. The caller disposes it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How plans are made.</param>
    /// <param name="samples">Rollouts for each plan of those that search on the true dynamics.</param>
    /// <param name="worlds">Where it acts, and what makes copies.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    public static IController Make(string name, TrajectoryModel model, PlannerOptions options, int samples, (IPhysicsEngine Engine, IWorldBatch Worlds) worlds, int seed) => name switch
    {
        Planned => Planning(model, options, worlds, seed),
        "greedy" => Planning(model, options with { Sampling = options.Sampling with { Samples = 1, Temperature = 0 }, KeepBest = false, Verified = 0 }, worlds, seed),
        "uniform" => Planning(model, options with { Sampling = options.Sampling with { Uniform = true }, UnlikelyCost = 0 }, worlds, seed),
        "cloning" => new CloningController(model),
        _ => new TrueDynamicsController(worlds.Engine, worlds.Worlds, TrueOptions(name, options, samples, model), (ulong)seed),
    };

    /// <summary>How a baseline searches on the true dynamics: over the same time ahead and as often as the planner, with so many rollouts in all.</summary>
    public static TrueDynamicsOptions TrueOptions(string name, PlannerOptions options, int samples, TrajectoryModel model)
    {
        int chunks = options.Sampling.Chunks == 0 ? model.Card.Shape.Chunks : options.Sampling.Chunks;
        TrueDynamicsOptions common = new() { Samples = Math.Max(2, samples), Steps = chunks * model.Card.Shape.ChunkSteps, ExecuteSteps = options.ExecuteSteps, FallCost = options.FallCost };
        return name switch
        {
            "sampling" => common,
            "mppi" => common with { Knots = Math.Max(2, common.Steps / 2), Temperature = 0.5, Noise = 0.15f },
            "annealed" => common with { Samples = Math.Max(2, samples / 4), Rounds = 4, Temperature = 0.1, Noise = 0.4f },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such controller"),
        };
    }

    private static PlanningController Planning(TrajectoryModel model, PlannerOptions options, (IPhysicsEngine Engine, IWorldBatch Worlds) worlds, int seed) =>
        new(new Planner(model, options), worlds.Engine, worlds.Worlds, (ulong)seed);
}
