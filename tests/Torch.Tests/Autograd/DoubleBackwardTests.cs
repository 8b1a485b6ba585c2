using System.Runtime.InteropServices;

namespace Motion.Torch.Tests.Autograd;

public class DoubleBackwardTests
{
    [Fact]
    public void The_second_derivative_of_a_cube_is_six_times_x()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0, -1.5 }, requires_grad: true);
        // d/dx x³ = 3x² = 12 and 6.75; d/dx 3x² = 6x = 12 and -9.
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal([12.0, 6.75], first.data<double>().ToArray());
        Assert.Equal([12.0, -9.0], second.data<double>().ToArray());
    }

    [Fact]
    public void A_gradient_penalty_has_the_gradient_that_finite_differences_measure()
    {
        using var scope = NewDisposeScope();
        var samples = arange(12, dtype: ScalarType.Float64).mul(0.7).sin().view(4, 3);
        var weight = arange(15, dtype: ScalarType.Float64).mul(1.3).cos().view(5, 3);
        var head = arange(5, dtype: ScalarType.Float64).add(1).reciprocal().view(1, 5);

        // The mean squared gradient norm of a discriminator at its samples, as a function of the weights.
        Tensor Penalty(Tensor[] weights)
        {
            using var recorded = enable_grad();
            var x = samples.detach().clone().requires_grad_();
            var score = nn.functional.linear(nn.functional.linear(x, weights[0]).tanh(), weights[1]);
            var slope = autograd.grad([score.sum()], [x], create_graph: true)[0];
            return slope.square().sum(1).mean();
        }

        Assert.InRange(FiniteDifferences.LargestError(Penalty, weight, head), 0, 1e-7);
    }

    [Fact]
    public void Backward_adds_to_the_gradient_that_is_there()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3.0, requires_grad: true);
        // d/dx x² = 2x = 6, twice.
        (x * x).backward();
        (x * x).backward();
        Assert.Equal(12.0, x.grad!.ToDouble());
    }

    [Fact]
    public void Backward_can_be_kept_to_some_leaves()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3.0, requires_grad: true);
        var y = tensor(5.0, requires_grad: true);
        (x * y).backward(inputs: [x]);
        Assert.Equal(5.0, x.grad!.ToDouble());
        Assert.Null(y.grad);
    }

    [Fact]
    public void A_start_gradient_weights_the_outputs()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2.0 }, requires_grad: true);
        // d/dx x² = 2x = (2, 4), times (10, 100).
        (x * x).backward([tensor(new[] { 10.0, 100.0 })]);
        Assert.Equal([20.0, 400.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void An_input_that_is_not_used_is_an_error_or_null_when_allowed()
    {
        using var scope = NewDisposeScope();
        var x = tensor(1.0, requires_grad: true);
        var unused = tensor(1.0, requires_grad: true);
        Assert.ThrowsAny<ExternalException>(() => autograd.grad([x * 2], [x, unused]));
        var found = autograd.grad([x * 2], [x, unused], allow_unused: true);
        Assert.Equal(2.0, found[0].ToDouble());
        Assert.Null(found[1]);
    }

    [Fact]
    public void Nothing_is_recorded_without_gradients_and_the_mode_comes_back()
    {
        using var scope = NewDisposeScope();
        var x = tensor(1.0, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void The_gradient_mode_is_of_its_thread()
    {
        using var unrecorded = no_grad();
        var elsewhere = false;
        Thread thread = new(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
    }
}
