namespace Motion.Torch.Tests.Tensors;

public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private static Tensor X => tensor(new[,] { { 1.0, 5.0, 3.0 }, { 4.0, 2.0, 9.0 } });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Sums_and_means()
    {
        Expect.Elements([24], X.sum());
        Expect.Elements([9, 15], X.sum(1));
        Expect.Elements([5, 7, 12], sum(X, [0L], keepdim: true));
        Assert.Equal([1, 3], X.sum(0, keepdim: true).shape);
        Assert.Equal(ScalarType.Float32, X.sum(ScalarType.Float32).dtype);
        Expect.Elements([4], X.mean());
        Expect.Elements([3, 5], X.mean([1]));
        Expect.Elements([1 * 5 * 3, 4 * 2 * 9], X.prod(1));
        Expect.Elements([1080], X.prod());
    }

    [Fact]
    public void Spread_around_the_mean()
    {
        // 1, 5, 3: mean 3, squares 4 + 4 + 0 = 8; over 2, or over 3.
        var row = X[0];
        Expect.Elements([4], row.var());
        Expect.Elements([8 / 3.0], row.var(unbiased: false));
        Expect.Elements([2], row.std());
        Expect.Elements([Math.Sqrt(8 / 3.0)], row.std(0, unbiased: false));
        Expect.Elements([4, 13], X.var(1));
        Expect.Elements([4, 13], X.var([1]));
        Expect.Elements([2, Math.Sqrt(13)], X.std([1]));
    }

    [Fact]
    public void Largest_and_smallest_and_their_places()
    {
        Expect.Elements([9], X.max());
        Expect.Elements([1], X.min());
        var (largest, where) = X.max(1);
        Expect.Elements([5, 9], largest);
        Expect.Elements([1, 2], where);
        var (smallest, place) = min(X, 0);
        Expect.Elements([1, 2, 3], smallest);
        Expect.Elements([0, 1, 0], place);
        Expect.Elements([9], X.amax([0, 1]));
        Expect.Elements([1, 2], X.amin([1]));
        Expect.Elements([5], X.argmax());
        Expect.Elements([1, 2], X.argmax(1));
        Expect.Elements([0], argmin(X));
        Expect.Elements([0, 1], X.argmin(1));
    }

    [Fact]
    public void Norms()
    {
        var x = tensor(new[,] { { 3.0, -4.0 }, { 0.0, 12.0 } });
        // √(9 + 16 + 144) = 13; |3| + |4| + |12| = 19.
        Expect.Elements([13], x.norm());
        Expect.Elements([19], x.norm(1f));
        Expect.Elements([5, 12], x.norm(1));
        Expect.Elements([5, 12], linalg.norm(x, [1]));
        Expect.Elements([7, 12], linalg.vector_norm(x, 1, [1]));
        Expect.Elements([13], norm(x));
    }

    [Fact]
    public void Running_sums_and_products()
    {
        Expect.Elements([1, 6, 9, 4, 6, 15], X.cumsum(1));
        Expect.Elements([1, 5, 15, 4, 8, 72], cumprod(X, 1));
    }

    [Fact]
    public void Counting_and_asking()
    {
        var x = tensor(new[,] { { 0f, 1f }, { 2f, 3f } });
        Assert.False(x.all().item<bool>());
        Assert.True(x.any().item<bool>());
        Expect.Elements([0, 1], x.all(1));
        Expect.Elements([1, 1], x.any(0));
        Expect.Elements([3], x.count_nonzero());
        Expect.Elements([1, 2], x.count_nonzero([1]));
        Expect.Elements([1, 2, 0, 1], bincount(tensor(new[] { 1L, 0, 3, 1 })));
        Expect.Elements([0.5, 2, 0, 4], bincount(tensor(new[] { 1L, 0, 3 }), tensor(new[] { 2.0, 0.5, 4.0 })));
    }

    [Fact]
    public void Middles()
    {
        // 1 2 3 4 5 9: the lower middle is 3; a quarter of the way through is 2.25.
        Expect.Elements([3], X.median());
        Expect.Elements([2.25], X.flatten().quantile(tensor(0.25)));
    }
}
