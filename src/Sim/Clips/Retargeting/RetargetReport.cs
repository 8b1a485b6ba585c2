using System.Collections.Immutable;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>How a set of measurements is spread.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Median">Half are not larger.</param>
/// <param name="Percentile95">Nineteen in twenty are not larger.</param>
/// <param name="Largest">The largest.</param>
public readonly record struct Spread(int Count, float Median, float Percentile95, float Largest)
{
    /// <summary>The spread of some measurements; all zero when there are none.</summary>
    public static Spread Of(IEnumerable<float> measurements)
    {
        float[] sorted = [.. measurements.Order()];
        return sorted.Length == 0
            ? default
            : new Spread(sorted.Length, sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length * 95 / 100, sorted.Length - 1)], sorted[^1]);
    }
}

/// <summary>How far one body of the character is from where the recording has it, relative to the root, over all frames.</summary>
/// <param name="Role">The body's role.</param>
/// <param name="Proportioned">Against the recording laid out on the character's own bone lengths, m: what joint limits, hinges, contacts and smoothness cost.</param>
/// <param name="Scaled">Against the recording scaled as a whole by leg length, m: this also holds the difference in proportions.</param>
public sealed record KeyBodyError(JointRole Role, Spread Proportioned, Spread Scaled);

/// <summary>How far the joint that carries one body of the character is turned from what the recording asks of it, over all frames.</summary>
/// <param name="Role">The body's role.</param>
/// <param name="Turn">Angle between the rotation against the body above that the recording asks for and the one that was given, rad: what the fit cost.</param>
public sealed record JointError(JointRole Role, Spread Turn);

/// <summary>How well a recording was given to a character.</summary>
public sealed record RetargetReport
{
    /// <summary>Every joint that carries a body with a role.</summary>
    public required ImmutableArray<JointError> Joints { get; init; }

    /// <summary>Head, hands, feet, elbows and knees.</summary>
    public required ImmutableArray<KeyBodyError> KeyBodies { get; init; }

    /// <summary>Root-relative position error over all key bodies and frames, on the character's proportions, m.</summary>
    public required Spread PositionError { get; init; }

    /// <summary>The same against the recording scaled as a whole, m.</summary>
    public required Spread ScaledPositionError { get; init; }

    /// <summary>Horizontal distance that a resting heel or toe strays from its mean place, the farthest of each contact, m.</summary>
    public required Spread Sliding { get; init; }

    /// <summary>Height of a resting foot's lowest point over the ground, m, its size.</summary>
    public required Spread ContactHeight { get; init; }

    /// <summary>Deepest point of the character under the ground in each frame, m.</summary>
    public required Spread Penetration { get; init; }

    /// <summary>Farthest that any joint is outside its range, rad.</summary>
    public required float LimitExcess { get; init; }

    /// <summary>Share of the frames in which at least one foot rests.</summary>
    public required float ContactShare { get; init; }

    /// <summary>Lengths of the character over the recording's.</summary>
    public required float Scale { get; init; }
}
