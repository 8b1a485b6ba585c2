namespace Motion.Distillation.Experts;

/// <summary>Generalised advantage estimation (Schulman et al., 2015, equations 11 to 16).</summary>
public static class GeneralisedAdvantage
{
    /// <summary>
    /// Computes δ = r + γ·V(next) − V and A = δ + γλ·A(next). After a failure V(next) is 0; after an episode that was cut short it is the value of the
    /// state in which it was cut; in both cases A(next) is 0, since what follows is another episode.
    /// </summary>
    /// <param name="rewards">[step × world].</param>
    /// <param name="values">Values before each step, and after the last: [(step + 1) × world].</param>
    /// <param name="terminated">Failures: [step × world].</param>
    /// <param name="truncated">Episodes cut short: [step × world].</param>
    /// <param name="finalValues">Values of the states in which episodes were cut short, in the order of steps and then worlds.</param>
    /// <param name="discount">γ and λ.</param>
    /// <param name="advantages">Result: [step × world].</param>
    public static void Compute(
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<bool> terminated,
        ReadOnlySpan<bool> truncated,
        ReadOnlySpan<float> finalValues,
        (float Discount, float Lambda) discount,
        Span<float> advantages)
    {
        int worlds = values.Length - rewards.Length, final = finalValues.Length;
        for (int index = rewards.Length - 1; index >= 0; index--)
        {
            bool ended = terminated[index] || truncated[index];
            float next = terminated[index] ? 0 : truncated[index] ? finalValues[--final] : values[index + worlds];
            float later = ended || index + worlds >= rewards.Length ? 0 : advantages[index + worlds];
            advantages[index] = rewards[index] + (discount.Discount * next) - values[index] + (discount.Discount * discount.Lambda * later);
        }
    }
}
