using Motion.Sim.Configuration;

namespace Motion.Distillation.Planning;

/// <summary>How trajectories for a planner are rolled out.</summary>
public sealed record RolloutOptions
{
    /// <summary>Control steps, over all worlds.</summary>
    public long Transitions { get; init; } = 5_000_000;

    /// <summary>Worlds beside each other.</summary>
    public int Worlds { get; init; } = 512;

    /// <summary>Control steps of a world in one file; trajectories end with it.</summary>
    public int ShardSteps { get; init; } = 256;

    /// <summary>Most noise on actions, in deviations of the experts' own; each trajectory draws how much of it there is.</summary>
    public float Noise { get; init; } = 1;

    /// <summary>Mean time between changes of skill, s.</summary>
    public float ChangeSeconds { get; init; } = 2.5f;

    /// <summary>How unlike a state and a frame may be for a skill to begin there; see <see cref="SkillEntrances"/>.</summary>
    public float EntranceDistance { get; init; } = 0.6f;

    /// <summary>Distance from its reference at which a skill begins anew where the character is, m.</summary>
    public float LostDistance { get; init; } = 0.5f;

    /// <summary>Force of a push on the root, N, for a tenth of a second; 0 for none.</summary>
    public float PushForce { get; init; } = 100;

    /// <summary>Mean time between pushes, s.</summary>
    public float PushSeconds { get; init; } = 3;

    /// <summary>Experts that hold their clip in a smaller share of episodes are left out.</summary>
    public float LeastSuccess { get; init; } = 0.9f;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Transitions is >= 1 and <= 1L << 40, nameof(Transitions), Transitions, "1 or more");
        Setting.Require(Worlds is >= 1 and <= 65_536, nameof(Worlds), Worlds, "1 to 65536");
        Setting.Require(ShardSteps is >= 32 and <= 100_000, nameof(ShardSteps), ShardSteps, "32 to 100000");
        Setting.Require(Noise is >= 0 and <= 10, nameof(Noise), Noise, "0 to 10");
        Setting.Require(ChangeSeconds > 0, nameof(ChangeSeconds), ChangeSeconds, "above 0");
        Setting.Require(EntranceDistance > 0, nameof(EntranceDistance), EntranceDistance, "above 0");
        Setting.Require(LostDistance > 0, nameof(LostDistance), LostDistance, "above 0");
        Setting.Require(PushForce >= 0, nameof(PushForce), PushForce, "0 or more");
        Setting.Require(PushSeconds > 0, nameof(PushSeconds), PushSeconds, "above 0");
    }
}
