using System.Collections.Immutable;
using Motion.Sim.Configuration;

namespace Motion.Sim.Tracking;

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

    /// <summary>The terms, in the order in which they are listed here.</summary>
    internal RewardTerm[] Terms => [Pose, Velocity, RootPose, RootVelocity, KeyBodies];

    /// <summary>The reward for errors of the terms.</summary>
    internal static float Sum(RewardTerm[] terms, ReadOnlySpan<float> errors)
    {
        float reward = 0;
        for (int term = 0; term < terms.Length; term++)
        {
            reward += terms[term].Weight * MathF.Exp(-terms[term].Scale * errors[term]);
        }

        return reward;
    }

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
            Setting.Require(term.Weight is >= 0 and <= 100, $"Reward.{name}.Weight", term.Weight, "0 to 100");
            Setting.Require(term.Scale is > 0 and <= 10_000, $"Reward.{name}.Scale", term.Scale, "above 0 to 10000");
        }

        foreach ((string joint, float weight) in JointWeights)
        {
            Setting.Require(weight is >= 0 and <= 100, $"Reward.JointWeights.{joint}", weight, "0 to 100");
        }
    }
}

/// <summary>One term of the reward: weight · exp(−scale · error).</summary>
/// <param name="Weight">What it gives at most.</param>
/// <param name="Scale">How fast it falls with the error, whose unit it has inverted.</param>
public sealed record RewardTerm(float Weight, float Scale);
