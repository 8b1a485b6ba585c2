using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using TorchSharp;

namespace Motion.Distillation.Experts;

/// <summary>What is trained: clips of a character, one as a rule, and settings.</summary>
/// <param name="Clips">The character's motions: one for an expert, several for a policy that tracks them all.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Threads">Threads to use.</param>
/// <param name="Command">The command that trains it again, for the card.</param>
public sealed record ExpertTraining(IReadOnlyList<CharacterClip> Clips, ExpertOptions Options, int Threads, string Command)
{
    /// <summary>Where networks are and learn; physics is always on the processor.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>Other clips, whose poses episodes start in too, as far as settings say so.</summary>
    public IReadOnlyList<CharacterClip> Others { get; init; } = [];

    /// <summary>The folder of a run whose networks this one begins with, or null.</summary>
    public string? From { get; init; }

    /// <summary>Who moves.</summary>
    public Character Character => Clips[0].Character;

    /// <summary>The clip's name, or how many there are.</summary>
    public string Name => Clips.Count == 1 ? Clips[0].Name : $"{Clips.Count} clips";
}

/// <summary>Where a training stands.</summary>
public sealed record ExpertProgress
{
    /// <summary>Updates done.</summary>
    public long Iteration { get; init; }

    /// <summary>Control steps done, over all worlds.</summary>
    public long Samples { get; init; }

    /// <summary>Seconds on the clock, all sessions together.</summary>
    public double Seconds { get; init; }

    /// <summary>Control steps after which the clip was last looked at.</summary>
    public long Measured { get; init; }

    /// <summary>Looks in a row that found the clip tracked.</summary>
    public int Streak { get; init; }

    /// <summary>The best score so far.</summary>
    public ExpertScore? Best { get; init; }

    /// <summary>The latest score.</summary>
    public ExpertScore? Latest { get; init; }

    /// <summary>Mean reward of a step in the latest rollout.</summary>
    public double Reward { get; init; }

    /// <summary>Where the learner stands.</summary>
    public LearnerProgress? Learner { get; init; }

    /// <summary>Control steps of every world: the place in the noise.</summary>
    public ulong Steps { get; init; }
}

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>The clip is tracked.</summary>
    Tracked,

    /// <summary>The budget is spent and the clip is not tracked.</summary>
    BudgetSpent,
}

/// <summary>How a training ended.</summary>
/// <param name="End">Why.</param>
/// <param name="Progress">Where it stood.</param>
/// <param name="Score">What was measured of the best networks, with pushes.</param>
/// <param name="Cores">Threads that it was given.</param>
public sealed record TrainingResult(TrainingEnd End, ExpertProgress Progress, ExpertScore Score, int Cores);
