namespace Motion.Torch.Tests.Tensors;

public sealed class ShapeTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    // 0 1 2
    // 3 4 5
    private static Tensor X => arange(6, dtype: ScalarType.Float64).view(2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Shapes_change_without_moving_elements()
    {
        Assert.Equal([3, 2], X.view(3, -1).shape);
        Assert.Equal([6], X.view_as(zeros(6)).shape);
        Assert.Equal([6], X.flatten().shape);
        Assert.Equal([2, 3, 1], X.unflatten(1, 3, 1).shape);
        Assert.Equal([2, 1, 3], X.unsqueeze(1).shape);
        Assert.Equal([2, 3], X.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2, 3], X.unsqueeze(0).unsqueeze(-1).squeeze().shape);
        Assert.Equal([3, 2, 3], X.expand(3, -1, -1).shape);
        Assert.Equal([4, 2, 3], X.broadcast_to(4, 2, 3).shape);
        Assert.Equal([2, 3], zeros(3).expand_as(X).shape);
        Expect.Elements([0, 3, 1, 4, 2, 5], X.t().reshape(2, 3));
    }

    [Fact]
    public void Dimensions_change_places()
    {
        Expect.Elements([0, 3, 1, 4, 2, 5], X.transpose(0, 1));
        Expect.Elements([0, 3, 1, 4, 2, 5], X.t());
        Expect.Elements([0, 3, 1, 4, 2, 5], X.permute(1, 0));
        Assert.False(X.t().is_contiguous());
        Assert.True(X.t().contiguous().is_contiguous());
        Assert.Equal([1, 3], X.t().stride());
    }

    [Fact]
    public void Elements_repeat_turn_and_roll()
    {
        Expect.Elements([0, 1, 0, 1], tensor(new[] { 0.0, 1.0 }).repeat(2));
        Expect.Elements([0, 0, 1, 1], tensor(new[] { 0.0, 1.0 }).repeat_interleave(2));
        Expect.Elements([2, 1, 0, 5, 4, 3], X.flip(1));
        Expect.Elements([2, 0, 1, 5, 3, 4], X.roll([1], [1]));
        Expect.Elements([0, 0, 0, 3, 4, 0], X.tril());
        Expect.Elements([0, 1, 2, 0, 4, 5], triu(X));
        Expect.Elements([0, 4], X.diag());
        Expect.Elements([0, 1, 1, 2, 3, 4, 4, 5], X.unfold(1, 2, 1));
    }

    [Fact]
    public void Parts_are_taken()
    {
        Expect.Elements([1, 4], X.select(1, 1));
        Expect.Elements([1, 2, 4, 5], X.narrow(1, 1, 2));
        Expect.Elements([0, 2, 3, 5], X.slice(1, 0, 3, 2));
        Expect.Elements([2, 5], X.split(2, 1)[1]);
        Expect.Elements([1, 2, 4, 5], X.split([1, 2], 1)[1]);
        Expect.Elements([2, 5], X.chunk(2, 1)[1]);
        Expect.Elements([3, 4, 5], X.unbind()[1]);
        Assert.Equal(2, X.chunk(2, 1).Length);
    }

    [Fact]
    public void Tensors_are_joined()
    {
        Assert.Equal([4, 3], cat([X, X]).shape);
        Assert.Equal([2, 6], cat(new List<Tensor> { X, X }, 1).shape);
        Assert.Equal([2, 2, 3], stack([X, X]).shape);
        Expect.Elements([0, 10, 1, 11], stack([tensor(new[] { 0.0, 1.0 }), tensor(new[] { 10.0, 11.0 })], 1));
        // More handles than are laid out on the stack.
        Assert.Equal([1800], cat([.. Enumerable.Repeat(X.flatten(), 300)]).shape);
    }

    [Fact]
    public void A_view_shares_memory_and_a_copy_does_not()
    {
        var x = X;
        x.view(6)[0] = tensor(7.0);
        Assert.Equal(7, x[0, 0].ToDouble());
        x.clone()[0, 0] = tensor(8.0);
        Assert.Equal(7, x[0, 0].ToDouble());
        x.alias()[0, 0] = tensor(9.0);
        Assert.Equal(9, x[0, 0].ToDouble());
    }
}
