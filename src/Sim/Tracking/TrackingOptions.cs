using System.Collections.Immutable;

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
    public float FailureWeightedStarts { get; init; }

    /// <summary>Share of starts at the clip's first frame, for clips that end.</summary>
    public float FirstFrameStarts { get; init; } = 0.05f;

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
        Require(ControlRate is >= 10 and <= 240, nameof(ControlRate), ControlRate, "10 to 240");
        Require(!TargetSteps.IsDefaultOrEmpty && TargetSteps.All(step => step is >= 1 and <= 120), nameof(TargetSteps), $"[{string.Join(", ", TargetSteps.IsDefault ? [] : TargetSteps)}]", "one or more of 1 to 120");
        Require(EpisodeSeconds is > 0 and <= 3600, nameof(EpisodeSeconds), EpisodeSeconds, "above 0 to 3600");
        Require(FailureDistance is >= 0 and <= 100, nameof(FailureDistance), FailureDistance, "0 to 100");
        Require(ActionScale is > 0 and <= 10, nameof(ActionScale), ActionScale, "above 0 to 10");
        Require(FailureWeightedStarts is >= 0 and <= 1, nameof(FailureWeightedStarts), FailureWeightedStarts, "0 to 1");
        Require(FirstFrameStarts is >= 0 and <= 1, nameof(FirstFrameStarts), FirstFrameStarts, "0 to 1");
        Reward.Validate();
    }

    internal static void Require(bool holds, string name, object found, string wanted)
    {
        if (!holds)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{name} is {found}; allowed is {wanted}");
        }
    }
}

/// <summary>
/// Weights and scales of the reward r = Σ weight · exp(−scale · error), after Peng et al., "DeepMimic" (2018), section 5.3, with the figures of
/// MimicKit. The weights' sum is the largest reward.
/// </summary>
public sealed record RewardOptions
{
    /// <summary>Joint rotations.</summary>
    public RewardTerm Pose { get; init; } = new(0.5f, 0.25f);

    /// <summary>Joint velocities.</summary>
    public RewardTerm Velocity { get; init; } = new(0.1f, 0.01f);

    /// <summary>Place and rotation of the root.</summary>
    public RewardTerm RootPose { get; init; } = new(0.15f, 5);

    /// <summary>Velocity of the root.</summary>
    public RewardTerm RootVelocity { get; init; } = new(0.1f, 1);

    /// <summary>Places of the key bodies relative to the root.</summary>
    public RewardTerm KeyBodies { get; init; } = new(0.15f, 10);

    /// <summary>Weight of a joint in the errors of rotations and velocities, by the end of its name; 1 for others.</summary>
    public ImmutableSortedDictionary<string, float> JointWeights { get; init; } = ImmutableSortedDictionary.CreateRange<string, float>(
    [
        new("abdomen", 1), new("neck", 0.6f), new("shoulder", 0.6f), new("elbow", 0.4f), new("hip", 1), new("knee", 0.6f), new("ankle", 0.4f),
    ]);

    /// <summary>Weight of a joint.</summary>
    public float WeightOf(string joint)
    {
        foreach ((string ending, float weight) in JointWeights)
        {
            if (joint.EndsWith(ending, StringComparison.Ordinal))
            {
                return weight;
            }
        }

        return 1;
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        foreach ((string name, RewardTerm term) in new[] { (nameof(Pose), Pose), (nameof(Velocity), Velocity), (nameof(RootPose), RootPose), (nameof(RootVelocity), RootVelocity), (nameof(KeyBodies), KeyBodies) })
        {
            TrackingOptions.Require(term.Weight is >= 0 and <= 100, $"Reward.{name}.Weight", term.Weight, "0 to 100");
            TrackingOptions.Require(term.Scale is > 0 and <= 10_000, $"Reward.{name}.Scale", term.Scale, "above 0 to 10000");
        }

        foreach ((string joint, float weight) in JointWeights)
        {
            TrackingOptions.Require(weight is >= 0 and <= 100, $"Reward.JointWeights.{joint}", weight, "0 to 100");
        }
    }
}

/// <summary>One term of the reward: weight · exp(−scale · error).</summary>
/// <param name="Weight">What it gives at most.</param>
/// <param name="Scale">How fast it falls with the error, whose unit it has inverted.</param>
public sealed record RewardTerm(float Weight, float Scale);
