using Motion.Policies.Planning;
using Motion.Sim.Configuration;

namespace Motion.Distillation.Planning;

/// <summary>What turns latents into codes.</summary>
public enum QuantiserKind
{
    /// <summary>Finite scalar quantisation: every number of a latent is rounded to one of a few levels.</summary>
    FiniteScalar,

    /// <summary>Product vector quantisation: every part of a latent becomes the nearest row of a codebook that follows it.</summary>
    Product,
}

/// <summary>How a planner's model is trained.</summary>
public sealed record PlannerTrainingOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>How trajectories are rolled out.</summary>
    public RolloutOptions Rollouts { get; init; } = new();

    /// <summary>Share of the rollouts' files to learn from.</summary>
    public double DataShare { get; init; } = 1;

    /// <summary>The networks.</summary>
    public TrajectoryShape Shape { get; init; } = new();

    /// <summary>What makes codes.</summary>
    public QuantiserKind Quantiser { get; init; } = QuantiserKind.Product;

    /// <summary>Steps of the autoencoder.</summary>
    public int AutoencoderSteps { get; init; } = 8_000;

    /// <summary>Steps of the prior.</summary>
    public int PriorSteps { get; init; } = 4_000;

    /// <summary>Windows of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Steps of a chunk whose actions are learned at a time.</summary>
    public int ActionsPerChunk { get; init; } = 1;

    /// <summary>Learning rate at its highest.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Weight of actions in the reconstruction; states have 1.</summary>
    public double ActionWeight { get; init; } = 5;

    /// <summary>
    /// Distance of a number of an action from its label beyond which it pulls no harder (Huber, 1964), in deviations of the data: what teachers ask for where they
    /// have lost their way must not outweigh the rest.
    /// </summary>
    public double LargestActionError { get; init; } = 0.5;

    /// <summary>Weight of telling falls ahead.</summary>
    public double SurvivalWeight { get; init; } = 0.5;

    /// <summary>Weight of a latent's distance from its code, where the quantiser has a codebook.</summary>
    public double Commitment { get; init; } = 0.25;

    /// <summary>Share of windows in which actions are learned without code: behaviour cloning.</summary>
    public double CodeDropout { get; init; } = 0.1;

    /// <summary>Share of windows whose sentence the prior is not told.</summary>
    public double SentenceDropout { get; init; } = 0.5;

    /// <summary>Standard deviation of noise on the states that the networks are given, in deviations of the data.</summary>
    public double StateNoise { get; init; } = 0.02;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointSteps { get; init; } = 500;

    /// <summary>Settings by name: <c>smoke</c> (seconds, learns little), <c>laptop</c> (two cores) or <c>gpu</c>.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static PlannerTrainingOptions Profile(string name) => name switch
    {
        "laptop" => new(),
        "gpu" => new()
        {
            Rollouts = new() { Transitions = 50_000_000, Worlds = 2048 },
            Shape = new() { ActionWidth = 1024, StateWidth = 512, PriorLayers = 6, PriorWidth = 512, PriorHeads = 8 },
            Batch = 1024,
            AutoencoderSteps = 100_000,
            PriorSteps = 100_000,
        },
        "smoke" => new()
        {
            Rollouts = new() { Transitions = 4 * 16 * 64, Rounds = 1, Worlds = 16, ShardSteps = 64 },
            Shape = new() { ActionWidth = 32, StateWidth = 32, EncoderWidth = 32, PriorLayers = 1, PriorWidth = 32, PriorHeads = 2, Chunks = 4 },
            Batch = 16,
            AutoencoderSteps = 20,
            PriorSteps = 20,
            CheckpointSteps = 10,
        },
        _ => throw new MotionException(ExitCode.BadConfiguration, $"there is no profile '{name}'; there are smoke, laptop, gpu"),
    };

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Rollouts.Validate();
        Shape.Validate();
        Setting.Require(DataShare is > 0 and <= 1, nameof(DataShare), DataShare, "above 0 to 1");
        Setting.Require(AutoencoderSteps is >= 1 and <= 100_000_000, nameof(AutoencoderSteps), AutoencoderSteps, "1 to 100000000");
        Setting.Require(PriorSteps is >= 1 and <= 100_000_000, nameof(PriorSteps), PriorSteps, "1 to 100000000");
        Setting.Require(Batch is >= 2 and <= 65_536, nameof(Batch), Batch, "2 to 65536");
        Setting.Require(ActionsPerChunk >= 1 && ActionsPerChunk <= Shape.ChunkSteps, nameof(ActionsPerChunk), ActionsPerChunk, $"1 to Shape.ChunkSteps ({Shape.ChunkSteps})");
        Setting.Require(LearningRate is > 0 and < 1, nameof(LearningRate), LearningRate, "above 0 and below 1");
        Setting.Require(LargestActionError > 0, nameof(LargestActionError), LargestActionError, "above 0");
        Setting.Require(CodeDropout is >= 0 and < 1, nameof(CodeDropout), CodeDropout, "0 and below 1");
        Setting.Require(SentenceDropout is >= 0 and <= 1, nameof(SentenceDropout), SentenceDropout, "0 to 1");
        Setting.Require(StateNoise is >= 0 and < 1, nameof(StateNoise), StateNoise, "0 and below 1");
        Setting.Require(CheckpointSteps >= 1, nameof(CheckpointSteps), CheckpointSteps, "1 or more");
    }
}
