using Motion.Distillation.Experts;
using Motion.Policies;
using Motion.Sim.Configuration;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Groups;

/// <summary>How a group's policy is trained (Juravsky et al., "SuperPADL", 2024, section 5).</summary>
public sealed record GroupOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>What it learns from.</summary>
    public GroupMethod Method { get; init; }

    /// <summary>Worlds that are acted in together.</summary>
    public int Worlds { get; init; } = 512;

    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>What is seen, and how worlds begin and change.</summary>
    public SkillOptions Skills { get; init; } = new();

    /// <summary>How the place in a clip goes with the character, and when it counts as fallen. What is observed is taken from the experts.</summary>
    public TrackingOptions Tracking { get; init; } = new() { Carry = 0.05f, GraceSeconds = 1.2f };

    /// <summary>The policy's layers. The first one's weights at the condition are the skills' embedding, learned with the rest.</summary>
    public NetworkOptions Policy { get; init; } = new() { Layers = [512, 256] };

    /// <summary>The value function's layers.</summary>
    public NetworkOptions Value { get; init; } = new() { Layers = [256, 128] };

    /// <summary>Standard deviation of actions while learning, experts' too; one is the torque limit of a drive.</summary>
    public float Deviation { get; init; } = 0.15f;

    /// <summary>How networks are improved.</summary>
    public PpoOptions Ppo { get; init; } = new() { PolicyEpochs = 3, ValueEpochs = 2, ActionBoundWeight = 0, TargetDivergence = 0.02f, PolicyRate = 2e-5f };

    /// <summary>The discriminator, which sees the skill and two states that follow one another.</summary>
    public AdversaryOptions Adversary { get; init; } = new() { Kind = AdversaryKind.Imitation, TaskWeight = 0, Weight = 1, Steps = 4 };

    /// <summary>Control steps of all worlds in which experts act and the policy is cloned from them.</summary>
    public long WarmUpSamples { get; init; } = 300_000;

    /// <summary>Control steps after that in which the policy acts and is still only cloned, while the value function gets to know it.</summary>
    public long SettlingSamples { get; init; } = 150_000;

    /// <summary>Learning rate of cloning.</summary>
    public double CloningRate { get; init; } = 1e-3;

    /// <summary>Weight of E Σ (mean − expert's action)² beside the surrogate.</summary>
    public float CloningWeight { get; init; } = 0.3f;

    /// <summary>Experts are cloned where no body is further than this from their clip, m.</summary>
    public float TrustDistance { get; init; } = 0.25f;

    /// <summary>How long at most.</summary>
    public BudgetOptions Budget { get; init; } = new() { Samples = 3_000_000, Minutes = 60 };

    /// <summary>Seconds between checkpoints.</summary>
    public double CheckpointSeconds { get; init; } = 20;

    /// <summary>Control steps between looks at how good it is; the best is kept.</summary>
    public long LookSamples { get; init; } = 250_000;

    /// <summary>How it is looked at.</summary>
    public GroupTries Look { get; init; } = new() { Episodes = 4, Transitions = 1 };

    /// <summary>How it is measured at the end.</summary>
    public GroupTries Final { get; init; } = new();

    /// <summary>The settings of that name: <c>smoke</c> (seconds, learns little), <c>laptop</c> (two cores) or <c>gpu</c>.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static GroupOptions Profile(string name) => name switch
    {
        "laptop" => new(),
        "smoke" => new()
        {
            Worlds = 64,
            Policy = new() { Layers = [64, 64] },
            Value = new() { Layers = [64, 64] },
            Ppo = new GroupOptions().Ppo with { MinibatchSize = 512 },
            Adversary = new GroupOptions().Adversary with { Network = new() { Layers = [64] }, MinibatchSize = 256 },
            WarmUpSamples = 4 * 64 * 16,
            SettlingSamples = 2 * 64 * 16,
            Budget = new() { Samples = 10_000 },
            LookSamples = 5_000,
            Look = new() { Episodes = 1, Transitions = 1, Seconds = 2 },
            Final = new() { Episodes = 2, Transitions = 1, Seconds = 2 },
        },
        "gpu" => new()
        {
            Worlds = 4096,
            Policy = new() { Layers = [1024, 1024, 512] },
            Value = new() { Layers = [1024, 1024, 512] },
            Ppo = new GroupOptions().Ppo with { MinibatchSize = 16_384, PolicyEpochs = 4, ValueEpochs = 2 },
            Adversary = new GroupOptions().Adversary with { Network = new() { Layers = [1024, 1024, 512] }, MinibatchSize = 4096 },
            WarmUpSamples = 20_000_000,
            SettlingSamples = 10_000_000,
            Budget = new() { Samples = 1_000_000_000, Minutes = 720 },
            LookSamples = 20_000_000,
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
        Setting.Require(Deviation is > 0 and <= 10, nameof(Deviation), Deviation, "above 0 to 10");
        Setting.Require(Adversary.Kind == AdversaryKind.Imitation, "Adversary.Kind", Adversary.Kind, "Imitation: a group's adversary knows no reference to differ from");
        Setting.Require(WarmUpSamples >= 0, nameof(WarmUpSamples), WarmUpSamples, "0 or more");
        Setting.Require(SettlingSamples >= 0, nameof(SettlingSamples), SettlingSamples, "0 or more");
        Setting.Require(CloningRate is > 0 and < 1, nameof(CloningRate), CloningRate, "above 0 to below 1");
        Setting.Require(TrustDistance > 0, nameof(TrustDistance), TrustDistance, "above 0");
        Setting.Require(CloningWeight >= 0, nameof(CloningWeight), CloningWeight, "0 or more");
        Setting.Require(Budget.Samples >= 1, "Budget.Samples", Budget.Samples, "1 or more");
        Setting.Require(Budget.Minutes > 0, "Budget.Minutes", Budget.Minutes, "above 0");
        Setting.Require(CheckpointSeconds >= 0, nameof(CheckpointSeconds), CheckpointSeconds, "0 or more");
        Setting.Require(LookSamples >= 1, nameof(LookSamples), LookSamples, "1 or more");
        Skills.Validate();
        Tracking.Validate();
        Policy.Validate();
        Value.Validate();
        Ppo.Validate();
        Adversary.Validate();
        Look.Validate();
        Final.Validate();
    }
}

/// <summary>How many tries measure a group.</summary>
public sealed record GroupTries
{
    /// <summary>Tries of every skill from rest, and as many from its clip.</summary>
    public int Episodes { get; init; } = 16;

    /// <summary>Tries of every change from one skill to another.</summary>
    public int Transitions { get; init; } = 4;

    /// <summary>How long a try lasts, s.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Episodes is >= 1 and <= 4096, nameof(Episodes), Episodes, "1 to 4096");
        Setting.Require(Transitions is >= 1 and <= 4096, nameof(Transitions), Transitions, "1 to 4096");
        Setting.Require(Seconds is >= 1 and <= 600, nameof(Seconds), Seconds, "1 to 600");
    }
}
