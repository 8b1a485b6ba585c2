using System.Collections.Immutable;
using Motion.Sim.Tracking;

namespace Motion.Policies;

/// <summary>What a checkpoint of an expert says about itself: all that is needed to let it act, and where it comes from.</summary>
public sealed record ExpertCard
{
    /// <summary>The newest version of the format, which this program writes and reads.</summary>
    public const int NewestVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = NewestVersion;

    /// <summary>Name of the clip that it tracks.</summary>
    public required string Clip { get; init; }

    /// <summary>Names of the clips of a policy that tracks several; empty where it is one.</summary>
    public ImmutableArray<string> Clips { get; init; } = [];

    /// <summary>Licence identifier of the clip.</summary>
    public string ClipLicence { get; init; } = "";

    /// <summary>Sentences about the clip.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>Name of the character.</summary>
    public required string Character { get; init; }

    /// <summary>Fingerprint of the character's tree, in hexadecimal.</summary>
    public required string CharacterFingerprint { get; init; }

    /// <summary>Version of the meaning of observations: <see cref="ObservationLayout.Version"/>.</summary>
    public int ObservationVersion { get; init; } = ObservationLayout.Version;

    /// <summary>Numbers in an observation.</summary>
    public required int Observations { get; init; }

    /// <summary>Numbers in an action.</summary>
    public required int Actions { get; init; }

    /// <summary>What is observed, and what actions mean.</summary>
    public required TrackingOptions Tracking { get; init; }

    /// <summary>Physics steps per second while learning.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step while learning.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>The policy's layers.</summary>
    public required NetworkOptions Policy { get; init; }

    /// <summary>Standard deviation of actions while learning.</summary>
    public required float Deviation { get; init; }

    /// <summary>How it was trained.</summary>
    public TrainingCost Training { get; init; } = new();

    /// <summary>Whether training ended because the clip was tracked: what is not is left out by later stages.</summary>
    public bool IsTracked { get; init; }

    /// <summary>What was measured of it.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}

/// <summary>What training cost, and how to do it again.</summary>
public sealed record TrainingCost
{
    /// <summary>Control steps, over all worlds.</summary>
    public long Samples { get; init; }

    /// <summary>Seconds on the clock.</summary>
    public double Seconds { get; init; }

    /// <summary>Threads that were used.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>The command that trains it again.</summary>
    public string Command { get; init; } = "";
}
