using System.Collections.Immutable;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Skills;

/// <summary>What is distilled: clips, what is said about them, and who knows how to do them.</summary>
public sealed record GlobalTraining
{
    /// <summary>The clips, as the character's motion.</summary>
    public required IReadOnlyList<CharacterClip> Clips { get; init; }

    /// <summary>The same as skills: names and captions to learn.</summary>
    public required ImmutableArray<Skill> Skills { get; init; }

    /// <summary>What worlds are told.</summary>
    public required SkillConditions Conditions { get; init; }

    /// <summary>What conditions are.</summary>
    public SkillConditionKind Kind { get; init; } = SkillConditionKind.Sentence;

    /// <summary>Digest of the embedding's file.</summary>
    public string Embedding { get; init; } = "";

    /// <summary>Who labels.</summary>
    public required ITeacher Teacher { get; init; }

    /// <summary>The ways that the teacher takes from skill to skill; null to go over at once.</summary>
    public MotionRoutes? Routes { get; init; }

    /// <summary>Control steps ahead that the teacher observes.</summary>
    public ImmutableArray<int> TargetSteps { get; init; } = [1];

    /// <summary>The file of a policy whose networks this one begins with, or null.</summary>
    public string? From { get; init; }

    /// <summary>How.</summary>
    public required GlobalOptions Options { get; init; }

    /// <summary>Threads to use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The command that trains it again, for the card.</summary>
    public string Command { get; init; } = "";
}

/// <summary>Where a distillation stands.</summary>
public sealed record GlobalProgress
{
    /// <summary>Rounds of acting and learning.</summary>
    public long Iteration { get; init; }

    /// <summary>Control steps that were labelled, over all worlds.</summary>
    public long Samples { get; init; }

    /// <summary>Seconds on the clock, all sessions together.</summary>
    public double Seconds { get; init; }

    /// <summary>Mean squared distance of the student's actions from the teacher's, per joint axis, in the latest round.</summary>
    public double Loss { get; init; }

    /// <summary>Falls of the student per minute of its own acting, running mean.</summary>
    public double FallsPerMinute { get; init; }

    /// <summary>Share of steps in which the student's own action was executed, running mean.</summary>
    public double OwnShare { get; init; }

    /// <summary>Places in random sequences.</summary>
    public ulong Place { get; init; }
}
