using Motion.Distillation.Planning;

namespace Motion.Distillation.Tests.Planning;

public class RepeatedSamplingTests
{
    [Fact]
    public void Chances_and_expected_bests_are_means_over_all_subsets()
    {
        double[] values = [-1, 0.5, 0.5, 2, 7];
        for (int k = 1; k <= values.Length; k++)
        {
            double[][] subsets = [.. Subsets(values, k)];
            Assert.Equal(subsets.Average(subset => subset.Max()), RepeatedSampling.BestOf(values, k), 1e-12);

            // Two of five succeed.
            Assert.Equal(subsets.Average(subset => subset.Any(value => value >= 2) ? 1.0 : 0), RepeatedSampling.PassAt(5, 2, k), 1e-12);
        }
    }

    [Fact]
    public void The_chosen_one_is_the_last_in_the_order_of_choice()
    {
        // Of three, with values 5, 1 and 3 in the order of choice: of the pairs (5, 1), (5, 3) and (1, 3) are chosen 1, 3 and 3.
        Assert.Equal(7.0 / 3, RepeatedSampling.BestOf([5, 1, 3], 2), 1e-12);
        Assert.Equal(3, RepeatedSampling.BestOf([5, 1, 3], 3), 1e-12);
        Assert.Equal(3, RepeatedSampling.BestOf([5, 1, 3], 1), 1e-12);
    }

    [Fact]
    public void Large_numbers_neither_overflow_nor_lose_the_ends()
    {
        Assert.Equal(0.3, RepeatedSampling.PassAt(100_000, 30_000, 1), 1e-9);
        Assert.Equal((0.0, 1.0), (RepeatedSampling.PassAt(512, 0, 512), RepeatedSampling.PassAt(512, 1, 512)));
    }

    private static IEnumerable<double[]> Subsets(double[] values, int size) =>
        Enumerable.Range(0, 1 << values.Length).Where(mask => int.PopCount(mask) == size).Select(mask => values.Where((_, index) => (mask & (1 << index)) != 0).ToArray());
}
