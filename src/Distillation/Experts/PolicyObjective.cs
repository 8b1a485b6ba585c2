namespace Motion.Distillation.Experts;

/// <summary>What a policy is improved by: weight · surrogate of its advantages + weight · E Σ (mean − label)².</summary>
public sealed record PolicyObjective
{
    /// <summary>Weight of the surrogate; 0 for cloning alone.</summary>
    public float Surrogate { get; init; } = 1;

    /// <summary>Weight of the squared distance from a teacher's labels.</summary>
    public float Cloning { get; init; }

    /// <summary>Learning rate; one that follows the divergence of updates, which then also ends them early, when null.</summary>
    public double? Rate { get; init; }
}
