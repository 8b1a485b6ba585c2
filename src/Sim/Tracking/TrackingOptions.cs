using System.Collections.Immutable;
using Motion.Sim.Configuration;

namespace Motion.Sim.Tracking;

/// <summary>What an action is added to before it becomes joint targets.</summary>
public enum ActionCenter
{
    /// <summary>The middle of the joints' ranges: an action covers the range, as in MimicKit (rotation vectors ±1.2 of the limit, hinges ±1.4 of half the range).</summary>
    Range,

    /// <summary>The reference pose of the next control step: an action of one turns a joint's target by what makes its drive give all its torque.</summary>
    Reference,

    /// <summary>As <see cref="Reference"/>, led by Kd/Kp times the reference's velocity, so that the drives' damping does not hold the motion back.</summary>
    ReferenceDrive,
}

/// <summary>What the tracking task observes, rewards and forgives.</summary>
public sealed record TrackingOptions
{
    /// <summary>Control steps per second; frames of the reference too.</summary>
    public int ControlRate { get; init; } = 30;

    /// <summary>Which future frames of the reference are observed, in control steps ahead.</summary>
    public ImmutableArray<int> TargetSteps { get; init; } = [1];

    /// <summary>Longest episode, s.</summary>
    public float EpisodeSeconds { get; init; } = 10;

    /// <summary>An episode fails when a body is further from its reference than this, m; 0 never.</summary>
    public float FailureDistance { get; init; } = 0.5f;

    /// <summary>Whether an episode fails when a body that the clip keeps off the ground touches it.</summary>
    public bool FailOnContact { get; init; } = true;

    /// <summary>What actions are added to.</summary>
    public ActionCenter ActionCenter { get; init; } = ActionCenter.ReferenceDrive;

    /// <summary>Factor on what an action of one means.</summary>
    public float ActionScale { get; init; } = 1;

    /// <summary>Share of starts that go where starts have failed; the others are even over the clip.</summary>
    public float FailureWeightedStarts { get; init; } = 0.3f;

    /// <summary>Share of starts at the clip's first frame, for clips that end.</summary>
    public float FirstFrameStarts { get; init; } = 0.05f;

    /// <summary>Standard deviation of velocities at the start from the reference's: of joints and of the root's turning, rad/s, and of the root, m/s.</summary>
    public float StartNoise { get; init; } = 0.2f;

    /// <summary>Whether a clip that does not loop is entered anew at its end, where it would end the episode.</summary>
    public bool Repeats { get; init; }

    /// <summary>Share of starts in another clip's pose, from which the clip must be found.</summary>
    public float TransitionStarts { get; init; }

    /// <summary>Poses drawn for such a start, of which the one that is nearest to where the clip can be entered is taken.</summary>
    public int TransitionDraws { get; init; } = 1;

    /// <summary>Share of those draws in clips from whose poses entering has lately failed; the others are even over the clips.</summary>
    public float FailureWeightedPoses { get; init; }

    /// <summary>Share of starts that stand at rest, from which the clip must be found.</summary>
    public float RestStarts { get; init; }

    /// <summary>Share of starts in clips that have lately failed; the others are even over the clips.</summary>
    public float FailureWeightedClips { get; init; }

    /// <summary>
    /// How long after a change of the reference it is carried all the way to the character, and forgives any distance, s.
    /// </summary>
    public float GraceSeconds { get; init; } = 1.2f;

    /// <summary>How long after a change of the reference the pose and velocity that the character had then fade out of it, s.</summary>
    public float BlendSeconds { get; init; } = 0.6f;

    /// <summary>Share of the way between them that the reference is carried to the character in every control step; 0 for one that stays where it is.</summary>
    public float Carry { get; init; }

    /// <summary>
    /// What of that goes for the facing too, while the reference is new as well: with all of it, a character faces wherever it stumbles to when it starts
    /// to run, and drifts.
    /// </summary>
    public float CarryFacing { get; init; } = 1;

    /// <summary>The terms of the reward.</summary>
    public RewardOptions Reward { get; init; } = new();

    /// <summary>Bodies whose places relative to the root are observed and rewarded.</summary>
    public ImmutableArray<string> KeyBodies { get; init; } = ["head", "right_hand", "left_hand", "right_foot", "left_foot"];

    /// <summary>Bodies that may touch the ground in every clip.</summary>
    public ImmutableArray<string> Feet { get; init; } = ["right_foot", "left_foot"];

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(ControlRate is >= 10 and <= 240, nameof(ControlRate), ControlRate, "10 to 240");
        Setting.Require(!TargetSteps.IsDefaultOrEmpty && TargetSteps.All(step => step is >= 1 and <= 120), nameof(TargetSteps), $"[{string.Join(", ", TargetSteps.IsDefault ? [] : TargetSteps)}]", "one or more of 1 to 120");
        Setting.Require(EpisodeSeconds is > 0 and <= 3600, nameof(EpisodeSeconds), EpisodeSeconds, "above 0 to 3600");
        Setting.Require(FailureDistance is >= 0 and <= 100, nameof(FailureDistance), FailureDistance, "0 to 100");
        Setting.Require(ActionScale is > 0 and <= 10, nameof(ActionScale), ActionScale, "above 0 to 10");
        Setting.Require(FailureWeightedStarts is >= 0 and <= 1, nameof(FailureWeightedStarts), FailureWeightedStarts, "0 to 1");
        Setting.Require(FirstFrameStarts is >= 0 and <= 1, nameof(FirstFrameStarts), FirstFrameStarts, "0 to 1");
        Setting.Require(StartNoise is >= 0 and <= 10, nameof(StartNoise), StartNoise, "0 to 10");
        Setting.Require(TransitionStarts is >= 0 and <= 1, nameof(TransitionStarts), TransitionStarts, "0 to 1");
        Setting.Require(TransitionDraws is >= 1 and <= 1000, nameof(TransitionDraws), TransitionDraws, "1 to 1000");
        Setting.Require(FailureWeightedPoses is >= 0 and <= 1, nameof(FailureWeightedPoses), FailureWeightedPoses, "0 to 1");
        Setting.Require(RestStarts >= 0 && RestStarts + TransitionStarts <= 1, nameof(RestStarts), RestStarts, $"0 to {1 - TransitionStarts}: with TransitionStarts at most 1");
        Setting.Require(FailureWeightedClips is >= 0 and <= 1, nameof(FailureWeightedClips), FailureWeightedClips, "0 to 1");
        Setting.Require(GraceSeconds is >= 0 and <= 10, nameof(GraceSeconds), GraceSeconds, "0 to 10");
        Setting.Require(BlendSeconds is >= 0 and <= 10, nameof(BlendSeconds), BlendSeconds, "0 to 10");
        Setting.Require(Carry is >= 0 and <= 1, nameof(Carry), Carry, "0 to 1");
        Setting.Require(CarryFacing is >= 0 and <= 1, nameof(CarryFacing), CarryFacing, "0 to 1");
        Reward.Validate();
    }
}
