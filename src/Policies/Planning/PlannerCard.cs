using System.Collections.Immutable;

namespace Motion.Policies.Planning;

/// <summary>What a planner's model says about itself: all that is needed to plan with it, and where it comes from.</summary>
public sealed record PlannerCard
{
    /// <summary>The newest version of the format, which this program writes and reads.</summary>
    public const int NewestVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = NewestVersion;

    /// <summary>Name of the character.</summary>
    public required string Character { get; init; }

    /// <summary>Fingerprint of the character's tree, in hexadecimal.</summary>
    public required string CharacterFingerprint { get; init; }

    /// <summary>Version of the meaning of states: <see cref="StateLayout.Version"/>.</summary>
    public int StateVersion { get; init; } = StateLayout.Version;

    /// <summary>Numbers in a state.</summary>
    public required int States { get; init; }

    /// <summary>Numbers in an action.</summary>
    public required int Actions { get; init; }

    /// <summary>Number of codes.</summary>
    public required int Codes { get; init; }

    /// <summary>Numbers that a code stands for.</summary>
    public required int CodeWidth { get; init; }

    /// <summary>Control steps per second.</summary>
    public int ControlRate { get; init; } = 30;

    /// <summary>Physics steps per second while rolling out.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step while rolling out.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>Sizes.</summary>
    public required TrajectoryShape Shape { get; init; }

    /// <summary>What was being done in the rollouts.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>Licence identifiers of the motions behind the rollouts.</summary>
    public ImmutableArray<string> Licences { get; init; } = [];

    /// <summary>How it was trained.</summary>
    public TrainingCost Training { get; init; } = new();

    /// <summary>What was measured of it.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
