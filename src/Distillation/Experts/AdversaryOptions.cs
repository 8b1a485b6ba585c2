using Motion.Sim.Configuration;

namespace Motion.Distillation.Experts;

/// <summary>What an adversary tells apart.</summary>
public enum AdversaryKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Steps of the character from steps of the clip, wherever in the clip they are (Peng et al., "AMP", 2021).</summary>
    Imitation,

    /// <summary>Differences between the character and its reference from no difference (Zhang et al., "Physics-based motion imitation with adversarial differential discriminators", 2025).</summary>
    Difference,
}

/// <summary>
/// Settings of an adversary: a discriminator that learns to tell the character's motion from the clip's, and whose failure to do so is rewarded:
/// r = task weight · r(task) + weight · softplus(D), D the discriminator's logit.
/// </summary>
public sealed record AdversaryOptions
{
    /// <summary>What it tells apart.</summary>
    public AdversaryKind Kind { get; init; }

    /// <summary>Factor on the task's reward where there is an adversary.</summary>
    public float TaskWeight { get; init; } = 0.5f;

    /// <summary>Factor on the adversary's reward.</summary>
    public float Weight { get; init; } = 0.5f;

    /// <summary>The discriminator's layers.</summary>
    public Policies.NetworkOptions Network { get; init; } = new() { Layers = [256, 128] };

    /// <summary>Learning rate.</summary>
    public float Rate { get; init; } = 3e-4f;

    /// <summary>Weight of the discriminator's mean squared gradient: at motion of the clip, or at the character's differences.</summary>
    public float GradientPenalty { get; init; } = 5;

    /// <summary>Samples of one optimiser step, of each kind.</summary>
    public int MinibatchSize { get; init; } = 1024;

    /// <summary>Optimiser steps after each rollout.</summary>
    public int Steps { get; init; } = 8;

    /// <summary>Earlier motion of the character that is kept; half of what is shown comes from it.</summary>
    public int ReplaySize { get; init; } = 100_000;

    /// <summary>How much of each rollout is kept.</summary>
    public int ReplayAdded { get; init; } = 1000;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(TaskWeight >= 0, $"Adversary.{nameof(TaskWeight)}", TaskWeight, "0 or more");
        Setting.Require(Weight >= 0, $"Adversary.{nameof(Weight)}", Weight, "0 or more");
        Setting.Require(Rate is > 0 and < 1, $"Adversary.{nameof(Rate)}", Rate, "above 0 to below 1");
        Setting.Require(GradientPenalty >= 0, $"Adversary.{nameof(GradientPenalty)}", GradientPenalty, "0 or more");
        Setting.Require(MinibatchSize is >= 16 and <= 1 << 24, $"Adversary.{nameof(MinibatchSize)}", MinibatchSize, "16 to 16777216");
        Setting.Require(Steps is >= 1 and <= 1000, $"Adversary.{nameof(Steps)}", Steps, "1 to 1000");
        Setting.Require(ReplaySize is >= 1 and <= 1 << 24, $"Adversary.{nameof(ReplaySize)}", ReplaySize, "1 to 16777216");
        Setting.Require(ReplayAdded >= 1 && ReplayAdded <= ReplaySize, $"Adversary.{nameof(ReplayAdded)}", ReplayAdded, "1 to Adversary.ReplaySize");
        Network.Validate();
    }
}
