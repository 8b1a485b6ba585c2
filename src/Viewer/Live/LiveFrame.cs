using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Viewer.Live;

/// <summary>What a live session shows at one moment. It never changes, so that drawing reads it while physics goes on.</summary>
public sealed record LiveFrame
{
    /// <summary>Control steps since the start.</summary>
    public required long Step { get; init; }

    /// <summary>Simulated time since the start, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Position vector of the character.</summary>
    public required float[] Positions { get; init; }

    /// <summary>Origins of the character's bodies in the world, m: [body].</summary>
    public required Vector3[] Places { get; init; }

    /// <summary>Orientations of the character's bodies in the world: [body].</summary>
    public required Quaternion[] Rotations { get; init; }

    /// <summary>Contact force on each body over the last physics step, N: [body].</summary>
    public required Vector3[] ContactForces { get; init; }

    /// <summary>Centre of mass of the character in the world, m.</summary>
    public required Vector3 CentreOfMass { get; init; }

    /// <summary>Speed of the centre of mass over the ground, m/s.</summary>
    public required float Speed { get; init; }

    /// <summary>Centres of the balls that were thrown, m.</summary>
    public ImmutableArray<Vector3> Balls { get; init; } = [];

    /// <summary>Whether a body other than hands and feet lies on the ground.</summary>
    public bool IsFallen { get; init; }

    /// <summary>What a person pushes with now, or null.</summary>
    public LivePush? Push { get; init; }

    /// <summary>The clip that is followed, or null.</summary>
    public FollowedClip? Reference { get; init; }

    /// <summary>What the driver plans, or null.</summary>
    public LivePlan? Plan { get; init; }

    /// <summary>Name of the driver in charge.</summary>
    public required string Driver { get; init; }

    /// <summary>What the driver does, in one line.</summary>
    public required string Doing { get; init; }

    /// <summary>The sentences of the play.</summary>
    public required PromptTimeline Timeline { get; init; }

    /// <summary>The answer to the latest sentence, or null.</summary>
    public Reply? Reply { get; init; }

    /// <summary>What went wrong, or null; it is cleared by what makes it good.</summary>
    public string? Error { get; init; }

    /// <summary>Whether time stands still.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Wanted speed of time: 1 is real time.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>How far one can step back, s.</summary>
    public double RewindSeconds { get; init; }

    /// <summary>Seconds recorded so far, or null when nothing is being recorded.</summary>
    public double? RecordedSeconds { get; init; }
}

/// <summary>A clip that is followed, as it is now.</summary>
/// <param name="Clip">Its name.</param>
/// <param name="Frame">Frame that the character should match.</param>
/// <param name="Last">Its last frame.</param>
/// <param name="Positions">Position vector of the character as it should be.</param>
/// <param name="TermNames">Names of the reward's terms.</param>
/// <param name="Terms">The reward's terms, each from 0 to its weight.</param>
public sealed record FollowedClip(string Clip, int Frame, int Last, float[] Positions, ImmutableArray<string> TermNames, ImmutableArray<float> Terms);

/// <summary>A push that acts now.</summary>
/// <param name="Body">Which body.</param>
/// <param name="PointWorld">Where, m.</param>
/// <param name="ForceWorld">How hard, N.</param>
public sealed record LivePush(int Body, Vector3 PointWorld, Vector3 ForceWorld);
