using Motion.Distillation.Embedding;

namespace Motion.Distillation.Tests.Embedding;

public sealed class MatchingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    // Each row scores 1 with its partner and 0 with the other: −log(e / (e + 1)) = 0.313262. A wrong answer beside them that scores 1 with the first row
    // and 0 with the second: −log(e / (2e + 1)) = 0.861995 and −log(e / (e + 2)) = 0.551445, in the mean 0.706720.
    [Fact]
    public void Surprise_is_that_of_the_softmax_of_cosines()
    {
        Tensor rows = Crossed();
        Assert.Equal(0.313262, Matching.Loss(rows, rows, null, new bool[4], 1).item<float>(), 1e-5);
        Assert.Equal(0.706720, Matching.Loss(rows, rows, tensor(new[] { 1f, 0 }).unsqueeze(0), new bool[4], 1).item<float>(), 1e-5);
    }

    // Only its partner is left to choose.
    [Fact]
    public void Rows_that_say_the_same_are_not_held_against_each_other() =>
        Assert.Equal(0, Matching.Loss(Crossed(), Crossed(), null, [false, true, true, false], 1).item<float>(), 1e-6);

    [Fact]
    public void The_same_are_those_of_one_key_and_near_ones_that_nothing_tells_apart()
    {
        Tensor latents = tensor(new[] { 1f, 0, 0.99f, 0.141f, 0.98f, 0.199f, 0, 1f }, [4, 2]);
        bool[] same = Matching.Same(["a", "b", "c", "a"], ["left", "left", "right", ""], latents, 0.9);
        // Rows 0 and 1 are near and say left, 0 and 3 have one key; 2 is near but says right.
        Assert.Equal([(0, 1), (0, 3), (1, 0), (3, 0)], Enumerable.Range(0, 16).Where(pair => same[pair]).Select(pair => (pair / 4, pair % 4)));
    }

    private static Tensor Crossed() => tensor(new[] { 1f, 0, 0, 1f }, [2, 2]);
}
