using Motion.Sim.Configuration;

namespace Motion.Sim.Skills;

/// <summary>What a policy of several skills sees, and how its worlds begin and change.</summary>
public sealed record SkillOptions
{
    /// <summary>Past states that are seen beside the present one.</summary>
    public int PastStates { get; init; } = 5;

    /// <summary>Control steps between them: five at every eighth step reach back 1.3 s at 30 steps a second.</summary>
    public int PastStride { get; init; } = 8;

    /// <summary>Longest episode, s.</summary>
    public float EpisodeSeconds { get; init; } = 20;

    /// <summary>Share of starts that stand at rest.</summary>
    public float RestStarts { get; init; } = 0.15f;

    /// <summary>Share of starts in another clip's pose and with its history; the others are in the skill's own clip, at a random frame.</summary>
    public float OtherClipStarts { get; init; } = 0.2f;

    /// <summary>Mean time until a world is told another skill, s; 0 never.</summary>
    public float SwitchSeconds { get; init; } = 5;

    /// <summary>Share of changes that are drawn where characters have lately fallen after them; the others are even.</summary>
    public float FailureWeightedChanges { get; init; } = 0.5f;

    /// <summary>
    /// Distance of a body from its reference from which a world has lost its way and follows its clip from the frame that is nearest to it, m; 0 never.
    /// Further off a teacher does not know what to do.
    /// </summary>
    public float LostDistance { get; init; } = 0.5f;

    /// <summary>The same for acting and measuring: nothing is told by itself, and only a fall ends an episode.</summary>
    public SkillOptions Unattended() => this with { SwitchSeconds = 0, EpisodeSeconds = 3600 };

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(PastStates is >= 0 and <= 64, nameof(PastStates), PastStates, "0 to 64");
        Setting.Require(PastStride is >= 1 and <= 64, nameof(PastStride), PastStride, "1 to 64");
        Setting.Require(EpisodeSeconds is > 0 and <= 3600, nameof(EpisodeSeconds), EpisodeSeconds, "above 0 to 3600");
        Setting.Require(RestStarts is >= 0 and <= 1, nameof(RestStarts), RestStarts, "0 to 1");
        Setting.Require(OtherClipStarts >= 0 && RestStarts + OtherClipStarts <= 1, nameof(OtherClipStarts), OtherClipStarts, $"0 to {1 - RestStarts}: with RestStarts at most 1");
        Setting.Require(SwitchSeconds is >= 0 and <= 3600, nameof(SwitchSeconds), SwitchSeconds, "0 to 3600");
        Setting.Require(FailureWeightedChanges is >= 0 and <= 1, nameof(FailureWeightedChanges), FailureWeightedChanges, "0 to 1");
        Setting.Require(LostDistance is >= 0 and <= 100, nameof(LostDistance), LostDistance, "0 to 100");
    }
}
