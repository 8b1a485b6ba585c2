namespace Motion.Torch.Tests.Scopes;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_inside_and_not_what_was_moved_out()
    {
        Tensor kept, inner;
        using (NewDisposeScope())
        {
            inner = ones(2);
            kept = (inner + 1).MoveToOuterDisposeScope();
        }

        Assert.True(inner.IsInvalid);
        Assert.Equal([2f, 2f], kept.data<float>().ToArray());
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void An_exception_passing_through_disposes_what_was_made_inside()
    {
        Tensor? made = null;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = NewDisposeScope();
            made = ones(2, 3);
            made.matmul(ones(2, 3));
        });

        Assert.True(made!.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }
}
