using Motion.Distillation.Experts;
using Motion.Policies;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;
using TorchSharp;

namespace Motion.Distillation.Groups;

/// <summary>What is trained: a handful of clips with an expert for each, and settings.</summary>
public sealed record GroupTraining
{
    private GroupTraining(IReadOnlyList<CharacterClip> clips, IReadOnlyList<Expert> experts, GroupOptions options) => (Clips, Experts, Options) = (clips, experts, options);

    /// <summary>The skills, in the order of their indices.</summary>
    public IReadOnlyList<CharacterClip> Clips { get; }

    /// <summary>Their experts, in the same order; disposed by whoever made them.</summary>
    public IReadOnlyList<Expert> Experts { get; }

    /// <summary>How.</summary>
    public GroupOptions Options { get; }

    /// <summary>Threads to use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The command that trains it again, for the card.</summary>
    public string Command { get; init; } = "";

    /// <summary>Where networks are and learn; physics is always on the processor.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>Who moves.</summary>
    public Character Character => Clips[0].Character;

    /// <summary>What the worlds follow and teachers observe: the experts' way of seeing with the group's way of following.</summary>
    public TrackingOptions Tracking => TrackingOf(Experts[0].Card.Tracking, Options.Tracking);

    /// <summary>Makes sure that clips and experts make a group.</summary>
    /// <param name="clips">The clips: two or more.</param>
    /// <param name="experts">An expert for each, in the same order.</param>
    /// <param name="options">How it is trained.</param>
    /// <exception cref="MotionException">There is one clip, a clip comes twice, an expert performs another clip or sees other things than the others, or settings are out of range.</exception>
    public static GroupTraining Of(IReadOnlyList<CharacterClip> clips, IReadOnlyList<Expert> experts, GroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(experts);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireGroup([.. clips.Select(clip => clip.Name)]);
        TrackingOptions seen = TrackingOf(experts[0].Card.Tracking, options.Tracking);
        foreach ((CharacterClip clip, ExpertCard card) in clips.Zip(experts, (clip, expert) => (clip, expert.Card)))
        {
            if (card.Clip != clip.Name)
            {
                throw new MotionException(ExitCode.BadInput, $"the expert given for clip '{clip.Name}' performs '{card.Clip}': rename it, or train one with './motion train expert {clip.Name}'");
            }

            if (!Motion.Sim.Configuration.ConfigurationText.Write(TrackingOf(card.Tracking, options.Tracking)).Equals(Motion.Sim.Configuration.ConfigurationText.Write(seen), StringComparison.Ordinal))
            {
                throw new MotionException(ExitCode.BadInput, $"the expert of '{clip.Name}' observes or acts otherwise than that of '{clips[0].Name}': experts of a group are trained with the same settings of Tracking");
            }
        }

        return new GroupTraining(clips, experts, options);
    }

    /// <summary>Makes sure that names make a group, before anything is read.</summary>
    /// <exception cref="MotionException">There are fewer than two, or one comes twice.</exception>
    public static void RequireGroup(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new MotionException(ExitCode.BadInput, $"clip '{twice.Key}' is named twice: a group has every skill once");
        }

        if (names.Count < 2)
        {
            throw new MotionException(ExitCode.BadInput, $"a group of one{(names.Count == 1 ? $" ('{names[0]}')" : "")} is an expert, trained with './motion train expert': name two clips or more");
        }
    }

    private static TrackingOptions TrackingOf(TrackingOptions expert, TrackingOptions following) => following with
    {
        ControlRate = expert.ControlRate,
        TargetSteps = expert.TargetSteps,
        ActionCenter = expert.ActionCenter,
        ActionScale = expert.ActionScale,
        KeyBodies = expert.KeyBodies,
        Feet = expert.Feet,
    };
}

/// <summary>What a group's policy is learning from at the moment.</summary>
public enum GroupPhase
{
    /// <summary>Experts act, and it is cloned from them.</summary>
    WarmUp,

    /// <summary>It acts, and is still only cloned.</summary>
    Settling,

    /// <summary>It acts, and is rewarded.</summary>
    Reinforcement,
}

/// <summary>Where a training stands.</summary>
public sealed record GroupProgress
{
    /// <summary>Updates done.</summary>
    public long Iteration { get; init; }

    /// <summary>Control steps done, over all worlds.</summary>
    public long Samples { get; init; }

    /// <summary>Seconds on the clock, all sessions together.</summary>
    public double Seconds { get; init; }

    /// <summary>What it learns from.</summary>
    public GroupPhase Phase { get; init; }

    /// <summary>Control steps after which it was last looked at.</summary>
    public long Looked { get; init; }

    /// <summary>The best score so far.</summary>
    public GroupScore? Best { get; init; }

    /// <summary>The latest score.</summary>
    public GroupScore? Latest { get; init; }

    /// <summary>Mean of what the adversary gave a step of the latest rollout.</summary>
    public double Reward { get; init; }

    /// <summary>Mean squared distance of its actions from the experts', per action, where these are trusted.</summary>
    public double CloningError { get; init; }

    /// <summary>Share of states of the latest rollout in which experts are trusted.</summary>
    public double Trusted { get; init; }

    /// <summary>Share of steps of the latest rollout that ended in a fall.</summary>
    public double Falls { get; init; }

    /// <summary>Where the learner stands.</summary>
    public LearnerProgress? Learner { get; init; }

    /// <summary>Control steps of every world: the place in the noise.</summary>
    public ulong Steps { get; init; }
}

/// <summary>How a training ended.</summary>
/// <param name="Progress">Where it stood.</param>
/// <param name="Score">What was measured of the best networks.</param>
/// <param name="Cores">Threads that it was given.</param>
public sealed record GroupResult(GroupProgress Progress, GroupScore Score, int Cores);
