namespace Motion.Torch.Tests.Tensors;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    // 0 1 2 3
    // 4 5 6 7
    // 8 9 10 11
    private static Tensor X => arange(12, dtype: ScalarType.Float64).view(3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Places_ranges_and_new_dimensions_give_views()
    {
        Expect.Elements([4, 5, 6, 7], X[1]);
        Expect.Elements([6], X[1, 2]);
        Expect.Elements([3, 7, 11], X[TensorIndex.Ellipsis, -1]);
        Expect.Elements([5, 6, 9, 10], X[1.., 1..^1]);
        Expect.Elements([0, 2, 8, 10], X[TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)]);
        Expect.Elements([8, 9, 10, 11], X[^1]);
        Assert.Equal([3, 1, 4], X[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1, 4], X[TensorIndex.Null, 0].shape);
        Expect.Elements([6], X.view(1, 3, 4)[0, 1, 2]);
    }

    [Fact]
    public void Tensors_name_places()
    {
        var rows = tensor(new[] { 2L, 0 });
        Expect.Elements([8, 9, 10, 11, 0, 1, 2, 3], X[rows]);
        Expect.Elements([9, 3], X[rows, tensor(new[] { 1L, 3 })]);
        Expect.Elements([2, 0, 6, 4, 10, 8], X[TensorIndex.Colon, TensorIndex.Tensor(rows)]);
        Expect.Elements([10, 11], X[X > 9]);
        Expect.Elements([8, 0], X[TensorIndex.Tensor(rows), 0]);
        Expect.Elements([9, 10, 1, 2], X[TensorIndex.Tensor(rows), 1..3]);
    }

    [Fact]
    public void Parts_are_set()
    {
        var x = X;
        x[1] = tensor(0.0);
        x[TensorIndex.Colon, 0] = tensor(new[] { 1.0, 2.0, 3.0 });
        x[2, 3] = tensor(-1.0);
        Expect.Elements([1, 1, 2, 3, 2, 0, 0, 0, 3, 9, 10, -1], x);
        x[x < 1] = tensor(5.0);
        x[tensor(new[] { 0L }), tensor(new[] { 1L })] = tensor(7.0);
        Expect.Elements([1, 7, 2, 3, 2, 5, 5, 5, 3, 9, 10, 5], x);
    }

    [Fact]
    public void Adding_at_a_place_named_twice_adds_twice()
    {
        var x = zeros(3);
        x.index_put_(tensor(new[] { 1f, 10f, 100f }), [tensor(new[] { 0L, 2, 0 })], accumulate: true);
        Expect.Elements([101, 0, 10], x);
        x.index_put_(tensor(1f), [1..], accumulate: true);
        Expect.Elements([101, 1, 11], x);
    }

    [Fact]
    public void Gathering_and_scattering_are_opposites()
    {
        var index = tensor(new[,] { { 3L, 0 }, { 1, 1 }, { 2, 0 } });
        Expect.Elements([3, 0, 5, 5, 10, 8], X.gather(1, index));
        Expect.Elements([2, 0, 0, 1], zeros([1, 4], ScalarType.Float64).scatter(1, tensor(new[,] { { 3L, 0 } }), tensor(new[,] { { 1.0, 2.0 } })));
        Expect.Elements([0, 6, 0], zeros(3).scatter_add(0, tensor(new[] { 1L, 1 }), tensor(new[] { 2f, 4f })));
        Expect.Elements([0, 6, 0], zeros(3).scatter_add_(0, tensor(new[] { 1L, 1 }), tensor(new[] { 2f, 4f })));
        Expect.Elements([0, 4, 0], zeros(3).scatter_(0, tensor(new[] { 1L }), tensor(new[] { 4f })));
        Expect.Elements([1, 7, 8], X.take_along_dim(tensor(new[,] { { 1L }, { 3 }, { 0 } }), 1));
    }

    [Fact]
    public void Whole_rows_are_picked_added_and_copied()
    {
        var index = tensor(new[] { 2L, 0 });
        Expect.Elements([8, 9, 10, 11, 0, 1, 2, 3], index_select(X, 0, index));
        // Twice the source's first row onto row 2, its second onto row 0.
        var added = zeros(3, 2).index_add(0, index, tensor(new[,] { { 1f, 2f }, { 3f, 4f } }), 2);
        Expect.Elements([6, 8, 0, 0, 2, 4], added);
        Expect.Elements([6, 8, 0, 0, 2, 4], zeros(3, 2).index_add_(0, index, tensor(new[,] { { 1f, 2f }, { 3f, 4f } }), 2));
        Expect.Elements([3, 4, 0, 0, 1, 2], zeros(3, 2).index_copy_(0, index, tensor(new[,] { { 1f, 2f }, { 3f, 4f } })));
    }

    [Fact]
    public void Masks_fill_and_select()
    {
        Expect.Elements([-1, -1, 2, 3], X[0].masked_fill(X[0] < 2, -1));
        Expect.Elements([-1, -1, 2, 3], X[0].clone().masked_fill_(X[0] < 2, -1));
        Expect.Elements([10, 11], masked_select(X, X > 9));
        Expect.Elements([2, 2, 2, 3], (X > 9).nonzero());
    }

    [Fact]
    public void Order_and_search()
    {
        var x = tensor(new[] { 3.0, 1.0, 2.0 });
        var (values, places) = x.sort(descending: true);
        Expect.Elements([3, 2, 1], values);
        Expect.Elements([0, 2, 1], places);
        Expect.Elements([1, 2, 0], x.argsort());
        var (largest, where) = x.topk(2);
        Expect.Elements([3, 2], largest);
        Expect.Elements([0, 2], where);
        Expect.Elements([1, 2], topk(x, 2, largest: false).values);
        Expect.Elements([0, 1, 3], searchsorted(tensor(new[] { 1.0, 2.0, 3.0 }), tensor(new[] { 0.5, 2.0, 9.0 })));
        Expect.Elements([2], searchsorted(tensor(new[] { 1.0, 2.0, 3.0 }), tensor(new[] { 2.0 }), right: true));
    }
}
