using System.Collections.Immutable;
using Motion.Sim.Configuration;

namespace Motion.Policies.Skills;

/// <summary>How a policy looks ahead.</summary>
public sealed record LookaheadOptions
{
    /// <summary>How far, s.</summary>
    public float Seconds { get; init; } = 2;

    /// <summary>Control steps from look to look.</summary>
    public int Every { get; init; } = 5;

    /// <summary>Control steps that a look may take: the character goes on as told meanwhile.</summary>
    public int Delay { get; init; } = 3;

    /// <summary>How long another skill may be told before the one that is wanted, s.</summary>
    public ImmutableArray<float> DetourSeconds { get; init; } = [0.5f];

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Seconds is > 0 and <= 60, nameof(Seconds), Seconds, "above 0 to 60");
        Setting.Require(Every is >= 1 and <= 1000, nameof(Every), Every, "1 to 1000");
        Setting.Require(Delay >= 0 && Delay < Every, nameof(Delay), Delay, $"0 to below Every ({Every})");
        Setting.Require(!DetourSeconds.IsDefaultOrEmpty && DetourSeconds.All(seconds => seconds > 0 && seconds <= Seconds), nameof(DetourSeconds), string.Join(", ", DetourSeconds), $"above 0 to Seconds ({Seconds})");
    }
}
