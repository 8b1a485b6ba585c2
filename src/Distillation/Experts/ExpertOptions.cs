using Motion.Policies;
using Motion.Sim.Configuration;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Experts;

/// <summary>How an expert is trained.</summary>
public sealed record ExpertOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>Worlds that are acted in together.</summary>
    public int Worlds { get; init; } = 1024;

    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>What is observed, rewarded and forgiven.</summary>
    public TrackingOptions Tracking { get; init; } = new();

    /// <summary>The policy's layers.</summary>
    public NetworkOptions Policy { get; init; } = new() { Layers = [256, 128] };

    /// <summary>The value function's layers.</summary>
    public NetworkOptions Value { get; init; } = new() { Layers = [256, 128] };

    /// <summary>Standard deviation of actions while learning.</summary>
    public float Deviation { get; init; } = 0.2f;

    /// <summary>How networks are improved.</summary>
    public PpoOptions Ppo { get; init; } = new();

    /// <summary>What an adversary adds to the reward.</summary>
    public AdversaryOptions Adversary { get; init; } = new();

    /// <summary>How long at most.</summary>
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>Seconds between checkpoints.</summary>
    public double CheckpointSeconds { get; init; } = 20;

    /// <summary>Control steps between the networks that are kept besides the best and the last, as far as looks come that often.</summary>
    public long PeriodicSamples { get; init; } = 1_000_000;

    /// <summary>When a clip counts as tracked, and how often that is looked at.</summary>
    public TrackedOptions Tracked { get; init; } = new();

    /// <summary>What is recorded when training is over.</summary>
    public ExperienceOptions Experience { get; init; } = new();

    /// <summary>The settings of that name: <c>smoke</c> (seconds, learns little), <c>laptop</c> (two cores) or <c>gpu</c>.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static ExpertOptions Profile(string name) => name switch
    {
        "laptop" => new(),
        "smoke" => new()
        {
            Worlds = 64,
            Policy = new() { Layers = [64, 64] },
            Value = new() { Layers = [64, 64] },
            Ppo = new() { MinibatchSize = 512 },
            Budget = new() { Samples = 20_000 },
            Tracked = new() { EverySamples = 10_000 },
            Experience = new() { Samples = 2_000 },
        },
        "gpu" => new()
        {
            Worlds = 8192,
            Policy = new() { Layers = [512, 256] },
            Value = new() { Layers = [512, 256] },
            Ppo = new() { MinibatchSize = 16_384 },
            Tracked = new() { EverySamples = 1_000_000 },
        },
        _ => throw new MotionException(ExitCode.BadConfiguration, $"there is no profile '{name}'; there are smoke, laptop, gpu"),
    };

    /// <summary>The settings of that name for an expert that must find its clip from others' poses, and from standing.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static ExpertOptions EnteringProfile(string name)
    {
        ExpertOptions expert = Profile(name);
        ExpertOptions entering = expert with
        {
            Tracking = expert.Tracking with { TransitionStarts = 0.7f, TransitionDraws = 4, RestStarts = 0.15f, BlendSeconds = 0.25f, StartNoise = 0.4f, EpisodeSeconds = 4, Repeats = true, CarryFacing = 0 },
            Tracked = expert.Tracked with { Success = 0.95, RootRelativeError = 60 },
            Experience = new() { Samples = 0 },
        };
        return name == "laptop"
            ? entering with { Worlds = 256, Ppo = expert.Ppo with { MinibatchSize = 512 }, Budget = new() { Samples = 3_000_000 } }
            : entering;
    }

    /// <summary>The settings of that name for one policy that tracks many clips: it sees further ahead, and must find each clip from the others' poses.</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static ExpertOptions TrackerProfile(string name)
    {
        ExpertOptions expert = Profile(name);
        bool smoke = name == "smoke";
        return expert with
        {
            Worlds = smoke ? expert.Worlds : 2 * expert.Worlds,
            Tracking = expert.Tracking with { TargetSteps = [1, 6], TransitionStarts = 0.5f, RestStarts = 0.2f, FailureWeightedClips = 0.5f, EpisodeSeconds = 4 },
            Policy = smoke ? expert.Policy : new() { Layers = [512, 256] },
            Value = smoke ? expert.Value : new() { Layers = [512, 256] },
            Ppo = expert.Ppo with { MinibatchSize = 2 * expert.Ppo.MinibatchSize },
            Budget = smoke ? expert.Budget : new() { Samples = 30_000_000, Minutes = 120 },
            Tracked = smoke ? expert.Tracked with { Episodes = 2 } : expert.Tracked with { EverySamples = 2_000_000, Episodes = 8 },
            Experience = new() { Samples = 0 },
        };
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Worlds is >= 1 and <= 1 << 20, nameof(Worlds), Worlds, "1 to 1048576");
        Setting.Require(PhysicsRate % Tracking.ControlRate == 0, nameof(PhysicsRate), PhysicsRate, $"a multiple of Tracking.ControlRate ({Tracking.ControlRate})");
        Setting.Require(SolverIterations is >= 1 and <= 1000, nameof(SolverIterations), SolverIterations, "1 to 1000");
        Setting.Require(Deviation is > 0 and <= 10, nameof(Deviation), Deviation, "above 0 to 10");
        Setting.Require(Budget.Samples >= 1, "Budget.Samples", Budget.Samples, "1 or more");
        Setting.Require(Budget.Minutes > 0, "Budget.Minutes", Budget.Minutes, "above 0");
        Setting.Require(CheckpointSeconds >= 0, nameof(CheckpointSeconds), CheckpointSeconds, "0 or more");
        Setting.Require(PeriodicSamples >= 1, nameof(PeriodicSamples), PeriodicSamples, "1 or more");
        Setting.Require(Tracked.EverySamples >= 1, "Tracked.EverySamples", Tracked.EverySamples, "1 or more");
        Setting.Require(Tracked.Episodes is >= 1 and <= 65_536, "Tracked.Episodes", Tracked.Episodes, "1 to 65536");
        Setting.Require(Tracked.Times >= 1, "Tracked.Times", Tracked.Times, "1 or more");
        Setting.Require(Experience.Samples >= 0, "Experience.Samples", Experience.Samples, "0 or more");
        Setting.Require(Experience.ShardSamples >= 1, "Experience.ShardSamples", Experience.ShardSamples, "1 or more");
        Tracking.Validate();
        Policy.Validate();
        Value.Validate();
        Ppo.Validate();
        Adversary.Validate();
    }
}

/// <summary>How long training lasts at most, all its sessions together.</summary>
public sealed record BudgetOptions
{
    /// <summary>Most control steps, over all worlds.</summary>
    public long Samples { get; init; } = 20_000_000;

    /// <summary>Most minutes.</summary>
    public double Minutes { get; init; } = 30;
}

/// <summary>When a clip counts as tracked.</summary>
public sealed record TrackedOptions
{
    /// <summary>Control steps between looks.</summary>
    public long EverySamples { get; init; } = 160_000;

    /// <summary>Episodes from random starts in each look, and as many from the first frame.</summary>
    public int Episodes { get; init; } = 64;

    /// <summary>Share of episodes, of either kind, in which no body is further than 0.5 m from its reference.</summary>
    public double Success { get; init; } = 0.96;

    /// <summary>Share of episodes from other clips' poses, or at rest, that must come into the clip without a fall, where there are other clips.</summary>
    public double Entered { get; init; } = 0.95;

    /// <summary>Largest mean distance of bodies from their reference, both seen from the root, mm.</summary>
    public double RootRelativeError { get; init; } = 50;

    /// <summary>How many looks in a row must find it so.</summary>
    public int Times { get; init; } = 2;
}

/// <summary>What is recorded of a trained expert.</summary>
public sealed record ExperienceOptions
{
    /// <summary>Control steps to record; 0 records nothing.</summary>
    public int Samples { get; init; } = 20_000;

    /// <summary>Control steps in one file.</summary>
    public int ShardSamples { get; init; } = 10_000;

    /// <summary>Standard deviation of the noise that is added to what is executed, but not to what is recorded, in units of the learning deviation.</summary>
    public float Noise { get; init; } = 1;
}
