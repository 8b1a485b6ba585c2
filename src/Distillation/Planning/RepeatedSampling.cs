namespace Motion.Distillation.Planning;

/// <summary>
/// What may be expected of k samples, estimated without bias from n of them (Chen et al., "Evaluating large language models trained on code", 2021,
/// equation 1; Brown et al., "Large Language Monkeys", 2024).
/// </summary>
public static class RepeatedSampling
{
    /// <summary>Chance that at least one of k samples succeeds.</summary>
    /// <param name="samples">How many were drawn, n.</param>
    /// <param name="successes">How many of them succeeded, c.</param>
    /// <param name="k">1 to n.</param>
    public static double PassAt(int samples, int successes, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, samples);

        // 1 − C(n − c, k) / C(n, k), as a product that does not overflow.
        double none = 1;
        for (int index = samples - successes + 1; index <= samples; index++)
        {
            none *= samples - successes < k ? 0 : 1 - ((double)k / index);
        }

        return 1 - none;
    }

    /// <summary>
    /// Expected value of the sample that is chosen from k: Σ v_(i) C(i − 1, k − 1) / C(n, k), where v_(i) is the value of the sample that is i-th when they are
    /// put in the order in which they are chosen. With values in the order of themselves that is the expected best.
    /// </summary>
    /// <param name="ordered">Values, those of samples that would be chosen over others last: [n].</param>
    /// <param name="k">1 to n.</param>
    public static double BestOf(IReadOnlyList<double> ordered, int k)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        int samples = ordered.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, samples);

        // The last is chosen from a share k / n of all subsets; every one before it from (i − k + 1) / i of what is left after the one that follows it.
        double sum = 0, weight = (double)k / samples;
        for (int index = samples; index >= k; index--)
        {
            sum += weight * ordered[index - 1];
            weight *= index > 1 ? (double)(index - k) / (index - 1) : 0;
        }

        return sum;
    }
}
