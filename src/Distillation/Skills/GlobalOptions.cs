using Motion.Distillation.Experts;
using Motion.Policies;
using Motion.Sim.Configuration;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Skills;

/// <summary>How the global policy is distilled from its teachers.</summary>
public sealed record GlobalOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>Worlds that are acted in together.</summary>
    public int Worlds { get; init; } = 512;

    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>What is seen, and how worlds begin and change.</summary>
    public SkillOptions Skills { get; init; } = new();

    /// <summary>How the place in a clip goes with the character, and when it counts as fallen. What teachers look ahead is taken from them.</summary>
    public TrackingOptions Tracking { get; init; } = new() { Carry = 1, CarryFacing = 0.1f, BlendSeconds = 0.25f };

    /// <summary>The policy's layers.</summary>
    public NetworkOptions Policy { get; init; } = new() { Layers = [512, 512, 256], Activation = Activation.ELU, LayerNorm = true };

    /// <summary>Control steps of all worlds in which teachers act, at the start.</summary>
    public long WarmUpSamples { get; init; } = 200_000;

    /// <summary>Share of episodes in which teachers act afterwards.</summary>
    public float TeacherShare { get; init; } = 0.1f;

    /// <summary>
    /// Root mean square by which a student's action may differ from the teacher's before that is executed in its place: the least; every episode draws its
    /// own, this divided by an even draw from 0 to 1, so that some go where they would go alone.
    /// </summary>
    public float Leash { get; init; } = 0.25f;

    /// <summary>Largest deviation of the noise on what is executed; what is learned has none. Every episode draws its own.</summary>
    public float Noise { get; init; } = 0.2f;

    /// <summary>Steps of every world between updates.</summary>
    public int Horizon { get; init; } = 8;

    /// <summary>Latest labelled states that are learned from.</summary>
    public int MemorySamples { get; init; } = 300_000;

    /// <summary>Samples of one optimiser step.</summary>
    public int MinibatchSize { get; init; } = 1024;

    /// <summary>How often a labelled state is learned from, on average.</summary>
    public float Reuse { get; init; } = 2;

    /// <summary>
    /// Distance of a number of an action from its label beyond which it pulls no harder (Huber, 1964): what teachers ask for where they have lost their way
    /// must not outweigh the rest.
    /// </summary>
    public float LargestError { get; init; } = 0.3f;

    /// <summary>Learning rate at the start; it falls evenly to a twentieth at the end of the budget.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Control steps after which the normaliser of observations stays as it is.</summary>
    public long NormaliserSamples { get; init; } = 400_000;

    /// <summary>Sentences about each clip: its captions, and captions said differently.</summary>
    public int Sentences { get; init; } = 48;

    /// <summary>Length of the noise on the latents of sentences, whose own length is 1.</summary>
    public float LatentNoise { get; init; } = 0.25f;

    /// <summary>How long at most.</summary>
    public BudgetOptions Budget { get; init; } = new() { Samples = 6_000_000, Minutes = 120 };

    /// <summary>Seconds between checkpoints.</summary>
    public double CheckpointSeconds { get; init; } = 30;

    /// <summary>The settings of that name: <c>smoke</c> (seconds, learns little), <c>laptop</c> (two cores) or <c>gpu</c>.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static GlobalOptions Profile(string name) => name switch
    {
        "laptop" => new(),
        "smoke" => new()
        {
            Worlds = 64,
            Policy = new() { Layers = [64, 64], Activation = Activation.ELU, LayerNorm = true },
            WarmUpSamples = 4_000,
            MemorySamples = 10_000,
            Horizon = 4,
            MinibatchSize = 256,
            Budget = new() { Samples = 10_000 },
            Sentences = 8,
        },
        "gpu" => new()
        {
            Worlds = 8192,
            Policy = new() { Layers = [2048, 2048, 1024], Activation = Activation.ELU, LayerNorm = true },
            MemorySamples = 2_000_000,
            MinibatchSize = 16_384,
            Budget = new() { Samples = 500_000_000, Minutes = 720 },
        },
        _ => throw new MotionException(ExitCode.BadConfiguration, $"there is no profile '{name}'; there are smoke, laptop, gpu"),
    };

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Worlds is >= 1 and <= 1 << 20, nameof(Worlds), Worlds, "1 to 1048576");
        Setting.Require(PhysicsRate % Tracking.ControlRate == 0, nameof(PhysicsRate), PhysicsRate, $"a multiple of Tracking.ControlRate ({Tracking.ControlRate})");
        Setting.Require(SolverIterations is >= 1 and <= 1000, nameof(SolverIterations), SolverIterations, "1 to 1000");
        Setting.Require(WarmUpSamples >= 0, nameof(WarmUpSamples), WarmUpSamples, "0 or more");
        Setting.Require(TeacherShare is >= 0 and <= 1, nameof(TeacherShare), TeacherShare, "0 to 1");
        Setting.Require(Leash is > 0 and <= 1000, nameof(Leash), Leash, "above 0 to 1000");
        Setting.Require(Noise is >= 0 and <= 10, nameof(Noise), Noise, "0 to 10");
        Setting.Require(Horizon is >= 1 and <= 4096, nameof(Horizon), Horizon, "1 to 4096");
        Setting.Require(MinibatchSize is >= 16 and <= 1 << 24, nameof(MinibatchSize), MinibatchSize, "16 to 16777216");
        Setting.Require(MemorySamples >= Math.Max(MinibatchSize, Horizon * Worlds), nameof(MemorySamples), MemorySamples, $"at least a minibatch and Horizon × Worlds ({Math.Max(MinibatchSize, Horizon * Worlds)})");
        Setting.Require(Reuse is > 0 and <= 100, nameof(Reuse), Reuse, "above 0 to 100");
        Setting.Require(LargestError is > 0 and <= 1000, nameof(LargestError), LargestError, "above 0 to 1000");
        Setting.Require(Rate is > 0 and < 1, nameof(Rate), Rate, "above 0 to below 1");
        Setting.Require(Sentences is >= 1 and <= 10_000, nameof(Sentences), Sentences, "1 to 10000");
        Setting.Require(LatentNoise is >= 0 and <= 10, nameof(LatentNoise), LatentNoise, "0 to 10");
        Setting.Require(Budget.Samples >= 1, "Budget.Samples", Budget.Samples, "1 or more");
        Setting.Require(Budget.Minutes > 0, "Budget.Minutes", Budget.Minutes, "above 0");
        Setting.Require(CheckpointSeconds >= 0, nameof(CheckpointSeconds), CheckpointSeconds, "0 or more");
        Skills.Validate();
        Tracking.Validate();
        Policy.Validate();
    }
}
