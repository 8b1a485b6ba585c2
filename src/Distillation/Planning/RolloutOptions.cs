using Motion.Sim.Configuration;

namespace Motion.Distillation.Planning;

/// <summary>How trajectories for a planner are rolled out.</summary>
public sealed record RolloutOptions
{
    /// <summary>Control steps, over all worlds and rounds.</summary>
    public long Transitions { get; init; } = 8_000_000;

    /// <summary>
    /// Rounds after the first: in each a model that has learned from the rounds before acts, and teachers label the states that it comes to (Ross et al.,
    /// "A reduction of imitation learning to no-regret online learning" (DAgger), 2011). All rounds are equally long.
    /// </summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Share of the training's steps that a model learns for before it acts in a round; the next one goes on from it.</summary>
    public double RoundSteps { get; init; } = 0.2;

    /// <summary>Worlds beside each other.</summary>
    public int Worlds { get; init; } = 512;

    /// <summary>Control steps of a world in one file; trajectories end with it.</summary>
    public int ShardSteps { get; init; } = 256;

    /// <summary>Largest deviation of the noise on what is executed, in units of the action space; what is written down has none. Every episode draws its own.</summary>
    public float Noise { get; init; } = 0.2f;

    /// <summary>Mean time between changes of skill, s.</summary>
    public float ChangeSeconds { get; init; } = 4;

    /// <summary>Share of starts that stand at rest.</summary>
    public float RestStarts { get; init; } = 0.2f;

    /// <summary>Share of starts in another clip than that of the skill that is told.</summary>
    public float OtherClipStarts { get; init; } = 0.3f;

    /// <summary>Share of episodes in which the student acts, a policy or an earlier model, as far as its leash goes.</summary>
    public float StudentShare { get; init; } = 0.6f;

    /// <summary>
    /// Root mean square by which a student's action may differ from the teacher's before that is executed in its place (Zhang and Cho, "Query-efficient
    /// imitation learning" (SafeDAgger), 2017): the least; every episode draws its own, this divided by an even draw from 0 to 1.
    /// </summary>
    public float Leash { get; init; } = 0.75f;

    /// <summary>Distance of a body from where the followed clip has it at which the clip is followed anew from the nearest frame, m.</summary>
    public float LostDistance { get; init; } = 0.5f;

    /// <summary>Force of a push on the root, N, for a tenth of a second; 0 for none.</summary>
    public float PushForce { get; init; } = 100;

    /// <summary>Mean time between pushes, s.</summary>
    public float PushSeconds { get; init; } = 3;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Transitions is >= 1 and <= 1L << 40, nameof(Transitions), Transitions, "1 or more");
        Setting.Require(Rounds is >= 0 and <= 100, nameof(Rounds), Rounds, "0 to 100");
        Setting.Require(RoundSteps is > 0 and <= 1, nameof(RoundSteps), RoundSteps, "above 0 to 1");
        Setting.Require(Worlds is >= 1 and <= 65_536, nameof(Worlds), Worlds, "1 to 65536");
        Setting.Require(ShardSteps is >= 32 and <= 100_000, nameof(ShardSteps), ShardSteps, "32 to 100000");
        Setting.Require(Noise is >= 0 and <= 10, nameof(Noise), Noise, "0 to 10");
        Setting.Require(ChangeSeconds is >= 0 and <= 3600, nameof(ChangeSeconds), ChangeSeconds, "0 (never) to 3600");
        Setting.Require(RestStarts is >= 0 and <= 1, nameof(RestStarts), RestStarts, "0 to 1");
        Setting.Require(OtherClipStarts >= 0 && RestStarts + OtherClipStarts <= 1, nameof(OtherClipStarts), OtherClipStarts, $"0 to {1 - RestStarts}: with RestStarts at most 1");
        Setting.Require(StudentShare is >= 0 and <= 1, nameof(StudentShare), StudentShare, "0 to 1");
        Setting.Require(Leash is > 0 and <= 1000, nameof(Leash), Leash, "above 0 to 1000");
        Setting.Require(LostDistance > 0, nameof(LostDistance), LostDistance, "above 0");
        Setting.Require(PushForce >= 0, nameof(PushForce), PushForce, "0 or more");
        Setting.Require(PushSeconds > 0, nameof(PushSeconds), PushSeconds, "above 0");
    }
}
