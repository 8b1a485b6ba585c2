using Motion.Sim.Configuration;

namespace Motion.Sim.Physics;

/// <summary>How controls act on the joints.</summary>
public enum ControlMode
{
    /// <summary>Controls are joint targets, followed by the character's drives (motors still take torques).</summary>
    Targets,

    /// <summary>Controls are joint torques, N·m, clamped to the actuators' limits; the drives' gains are ignored.</summary>
    Torques,
}

/// <summary>How a batch of worlds is stepped.</summary>
public sealed record BatchOptions
{
    /// <summary>Number of worlds.</summary>
    public int WorldCount { get; init; } = 1;

    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Control steps per second; divides <see cref="PhysicsRate"/>.</summary>
    public int ControlRate { get; init; } = 30;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 5;

    /// <summary>Threads that step groups of worlds; 0 means one for every core.</summary>
    public int Threads { get; init; }

    /// <summary>What controls mean.</summary>
    public ControlMode Control { get; init; } = ControlMode.Targets;

    /// <summary>Whether contacts are simulated at all.</summary>
    public bool Contacts { get; init; } = true;

    /// <summary>Whether the character's own bodies collide with each other.</summary>
    public bool SelfCollision { get; init; } = true;

    /// <summary>A world whose bodies move faster than this, m/s, has failed.</summary>
    public float MaximumSpeed { get; init; } = 100;

    /// <summary>A world whose joints turn faster than this, rad/s, has failed.</summary>
    public float MaximumAngularSpeed { get; init; } = 300;

    /// <summary>Control steps kept of every world for <see cref="IWorldBatch.WriteDump"/>; 0 keeps none.</summary>
    public int HistoryLength { get; init; } = 8;

    /// <summary>
    /// Folder that the last states of worlds that fail are written to as they do, as <see cref="WorldDump"/>s; the first sixteen. None when null.
    /// </summary>
    public string? DumpFolder { get; init; }

    /// <summary>Width of the vectors, in worlds: 16, 8, 4, 1, or 0 for the widest the processor has.</summary>
    public int Lanes { get; init; }

    /// <summary>Seconds per physics step.</summary>
    public float PhysicsSeconds => 1f / PhysicsRate;

    /// <summary>Physics steps per control step.</summary>
    public int StepsPerControl => PhysicsRate / ControlRate;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(WorldCount is >= 1 and <= 1 << 20, nameof(WorldCount), WorldCount, "1 to 1048576");
        Setting.Require(PhysicsRate is >= 30 and <= 100_000, nameof(PhysicsRate), PhysicsRate, "30 to 100000");
        Setting.Require(ControlRate >= 1 && PhysicsRate % ControlRate == 0, nameof(ControlRate), ControlRate, $"a divisor of PhysicsRate ({PhysicsRate})");
        Setting.Require(SolverIterations is >= 1 and <= 1000, nameof(SolverIterations), SolverIterations, "1 to 1000");
        Setting.Require(Threads is >= 0 and <= 1024, nameof(Threads), Threads, "0 to 1024");
        Setting.Require(MaximumSpeed > 0, nameof(MaximumSpeed), MaximumSpeed, "more than 0");
        Setting.Require(MaximumAngularSpeed > 0, nameof(MaximumAngularSpeed), MaximumAngularSpeed, "more than 0");
        Setting.Require(HistoryLength is >= 0 and <= 1024, nameof(HistoryLength), HistoryLength, "0 to 1024");
        Setting.Require(DumpFolder is null || HistoryLength > 0, nameof(HistoryLength), HistoryLength, "1 or more where DumpFolder is given");
        Setting.Require(Lanes is 0 or 1 or 4 or 8 or 16, nameof(Lanes), Lanes, "0, 1, 4, 8 or 16");
    }
}
