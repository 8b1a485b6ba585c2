using Motion.Distillation.Skills;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Planning;

/// <summary>Who takes part in rollouts of skills, and what they are told and see.</summary>
public sealed record RolloutCast
{
    /// <summary>The skills' clips, as the character's motion.</summary>
    public required IReadOnlyList<CharacterClip> Clips { get; init; }

    /// <summary>Knows what to do in every state; not disposed by those who are given it.</summary>
    public required ITeacher Teacher { get; init; }

    /// <summary>The ways that the teacher takes from skill to skill; null to go over at once.</summary>
    public MotionRoutes? Routes { get; init; }

    /// <summary>Acts in some episodes in the teacher's place; null where it acts in all.</summary>
    public SkillActor? Student { get; init; }

    /// <summary>What a student is told, by clip; null where it is told nothing.</summary>
    public SkillConditions? Conditions { get; init; }

    /// <summary>What a student sees of the past.</summary>
    public SkillOptions Seen { get; init; } = new() { PastStates = 0 };

    /// <summary>How clips are followed, and when a character counts as fallen.</summary>
    public required TrackingOptions Tracking { get; init; }

    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>Which round of rollouts it is.</summary>
    public int Round { get; init; }

    /// <summary>Names of the teachers and the student, with how much they have learned.</summary>
    public string Names { get; init; } = "";
}
