using System.Runtime.InteropServices;

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
        Assert.ThrowsAny<ExternalException>(() =>
        {
            using var scope = NewDisposeScope();
            made = ones(2, 3);
            made.matmul(ones(2, 3));
        });

        Assert.True(made!.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void What_moves_out_of_an_inner_scope_belongs_to_the_one_around_it()
    {
        using var outer = NewDisposeScope();
        Tensor moved;
        using (var inner = NewDisposeScope())
        {
            moved = inner.MoveToOuter(ones(1));
            Assert.Equal(0, inner.DisposablesCount);
        }

        Assert.False(moved.IsInvalid);
        Assert.True(outer.Contains(moved));
        outer.DisposeEverything();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void What_is_detached_or_disposed_early_leaves_its_scope()
    {
        Tensor detached;
        using (var scope = NewDisposeScope())
        {
            detached = zeros(1).DetachFromDisposeScope();
            var (first, second, third) = (zeros(1), zeros(1), zeros(1));
            second.Dispose();
            Assert.Equal(2, scope.DisposablesCount);
            Assert.True(scope.Contains(first) && scope.Contains(third) && !scope.Contains(second));
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void A_scope_can_be_emptied_except_for_some()
    {
        using var scope = NewDisposeScope();
        var (first, second, third) = (ones(1), ones(1), ones(1));
        // Equal elements: what is kept is the object, not whatever equals it.
        Assert.Same(second, scope.DisposeEverythingBut(second));
        Assert.True(first.IsInvalid && third.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_takes_over_a_tensor_from_anywhere()
    {
        var free = ones(1);
        using var outer = NewDisposeScope();
        var mine = ones(1);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(free);
            inner.Attach(mine);
            Assert.Equal((2, 0), (inner.DisposablesCount, outer.DisposablesCount));
        }

        Assert.True(free.IsInvalid && mine.IsInvalid);
    }

    [Fact]
    public void Scopes_closed_in_the_wrong_order_still_close()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        var moved = ones(1).MoveToOuterDisposeScope();
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void A_wrapped_expression_leaves_only_its_result()
    {
        using var scope = NewDisposeScope();
        Tensor? between = null;
        var result = WrappedTensorDisposeScope(() =>
        {
            between = ones(2);
            return between + 1;
        });

        Assert.True(between!.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal([2f, 2f], result.data<float>().ToArray());
    }

    [Fact]
    public void A_scope_is_of_its_thread()
    {
        using var scope = NewDisposeScope();
        DisposeScope? seen = scope;
        Tensor? made = null;
        OnAnotherThread(() =>
        {
            seen = CurrentDisposeScope;
            made = ones(1);
        });

        Assert.Null(seen);
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(made!.IsInvalid);
        made.Dispose();
    }

    [Fact]
    public void Another_thread_may_not_touch_a_scope_or_its_tensors_and_is_told_so()
    {
        using var scope = NewDisposeScope();
        var owned = ones(1);
        var problems = new List<Exception>();
        OnAnotherThread(() =>
        {
            problems.Add(Record.Exception(scope.Dispose));
            problems.Add(Record.Exception(owned.Dispose));
            problems.Add(Record.Exception(() => scope.Attach(ones(1))));
        });

        Assert.All(problems, problem => Assert.Contains("scopes are thread-local", Assert.IsType<InvalidOperationException>(problem).Message, StringComparison.Ordinal));
        Assert.Equal([1f], owned.data<float>().ToArray());
    }

    [Fact]
    public void A_detached_tensor_may_be_handed_to_another_thread()
    {
        Tensor handed;
        using (NewDisposeScope())
        {
            handed = ones(2).DetachFromDisposeScope();
        }

        var sum = 0f;
        OnAnotherThread(() =>
        {
            using var scope = NewDisposeScope();
            sum = handed.sum().ToSingle();
            handed.Dispose();
        });

        Assert.Equal(2f, sum);
        Assert.True(handed.IsInvalid);
    }

    [Fact]
    public void Using_a_disposed_tensor_is_an_error_and_disposing_it_again_is_not()
    {
        var gone = ones(1);
        gone.Dispose();
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gone + 1);
        Assert.Throws<ObjectDisposedException>(() => gone.shape);
        Assert.Equal("disposed", gone.ToString());
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_tensor_in_the_scope()
    {
        using var scope = NewDisposeScope();
        var data = ones(1);
        var parameter = nn.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(parameter));
    }

    [Fact]
    public void Only_tensors_are_taken()
    {
        using var scope = NewDisposeScope();
        using MemoryStream stream = new();
        Assert.Throws<InvalidOperationException>(() => scope.Attach(stream));
    }

    private static void OnAnotherThread(Action work)
    {
        Exception? problem = null;
        Thread thread = new(() => problem = Record.Exception(work));
        thread.Start();
        thread.Join();
        Assert.Null(problem);
    }
}
