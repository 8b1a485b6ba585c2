using Motion.Sim.Configuration;

namespace Motion.Distillation.Experts;

/// <summary>Settings of proximal policy optimisation (Schulman et al., 2017).</summary>
public sealed record PpoOptions
{
    /// <summary>Control steps of every world between updates.</summary>
    public int Horizon { get; init; } = 16;

    /// <summary>What a reward one step later is worth.</summary>
    public float Discount { get; init; } = 0.97f;

    /// <summary>λ of generalised advantages.</summary>
    public float Lambda { get; init; } = 0.95f;

    /// <summary>Passes of the policy's update over a rollout.</summary>
    public int PolicyEpochs { get; init; } = 4;

    /// <summary>Passes of the value function's update over a rollout.</summary>
    public int ValueEpochs { get; init; } = 2;

    /// <summary>Samples of one optimiser step.</summary>
    public int MinibatchSize { get; init; } = 1024;

    /// <summary>Most that the ratio of probabilities counts away from 1.</summary>
    public float Clip { get; init; } = 0.2f;

    /// <summary>Largest normalised advantage.</summary>
    public float AdvantageLimit { get; init; } = 4;

    /// <summary>Learning rate of the policy at the start.</summary>
    public float PolicyRate { get; init; } = 3e-4f;

    /// <summary>Learning rate of the value function.</summary>
    public float ValueRate { get; init; } = 1e-3f;

    /// <summary>Whether the policy's learning rate follows the divergence of its updates.</summary>
    public bool AdaptiveRate { get; init; } = true;

    /// <summary>Divergence KL(old‖new) of an update that the learning rate aims at; an update stops at four times as much.</summary>
    public float TargetDivergence { get; init; } = 0.02f;

    /// <summary>Largest norm of a gradient; longer ones are shortened to it.</summary>
    public float GradientLimit { get; init; } = 1;

    /// <summary>Weight of Σ mean² outside ±1, which keeps actions in their range.</summary>
    public float ActionBoundWeight { get; init; } = 1;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Horizon is >= 1 and <= 4096, nameof(Horizon), Horizon, "1 to 4096");
        Setting.Require(Discount is >= 0 and < 1, nameof(Discount), Discount, "0 to below 1");
        Setting.Require(Lambda is >= 0 and <= 1, nameof(Lambda), Lambda, "0 to 1");
        Setting.Require(PolicyEpochs is >= 1 and <= 100, nameof(PolicyEpochs), PolicyEpochs, "1 to 100");
        Setting.Require(ValueEpochs is >= 1 and <= 100, nameof(ValueEpochs), ValueEpochs, "1 to 100");
        Setting.Require(MinibatchSize is >= 16 and <= 1 << 24, nameof(MinibatchSize), MinibatchSize, "16 to 16777216");
        Setting.Require(Clip is > 0 and < 10, nameof(Clip), Clip, "above 0 to below 10");
        Setting.Require(AdvantageLimit > 0, nameof(AdvantageLimit), AdvantageLimit, "above 0");
        Setting.Require(PolicyRate is > 0 and < 1, nameof(PolicyRate), PolicyRate, "above 0 to below 1");
        Setting.Require(ValueRate is > 0 and < 1, nameof(ValueRate), ValueRate, "above 0 to below 1");
        Setting.Require(TargetDivergence is > 0 and < 10, nameof(TargetDivergence), TargetDivergence, "above 0 to below 10");
        Setting.Require(GradientLimit > 0, nameof(GradientLimit), GradientLimit, "above 0");
        Setting.Require(ActionBoundWeight >= 0, nameof(ActionBoundWeight), ActionBoundWeight, "0 or more");
    }
}
