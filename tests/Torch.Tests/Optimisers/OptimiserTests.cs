using TorchSharp.Modules;

namespace Motion.Torch.Tests.Optimisers;

public sealed class OptimiserTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_small_network_learns_a_line()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1));
        using var optimiser = optim.AdamW(net.parameters(), lr: 0.02);
        var x = linspace(-1, 1, 32).unsqueeze(1);
        var y = x * 0.5 + 0.25;
        var first = 0.0;
        var last = 0.0;
        for (var step = 0; step < 200; step++)
        {
            using var inner = NewDisposeScope();
            var loss = (net.call(x) - y).square().mean();
            optimiser.zero_grad();
            loss.backward();
            optimiser.step();
            last = loss.ToDouble();
            first = step == 0 ? last : first;
        }

        Assert.True(last < first / 100, $"{first} to {last}");
    }

    [Fact]
    public void AdamW_takes_the_steps_of_the_paper()
    {
        var x = Leaf(1);
        using var optimiser = optim.AdamW([x], lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 0, weight_decay: 0.2);
        // Shrunk by 1 - 0.1 · 0.2: 0.98. Gradient 3: m = 1.5 / (1 - ½) = 3, v = 9/4 / (1 - ¾) = 9; step 0.1 · 3 / 3.
        Step(optimiser, x, 3);
        Expect.Elements([0.88], x);
        // Shrunk: 0.8624. Gradient 1: m = (0.75 + 0.5) / (1 - ¼) = 5/3, v = (27/16 + 1/4) / (1 - 9/16) = 31/7; step 0.1 · 5/3 / √(31/7).
        Step(optimiser, x, 1);
        Expect.Elements([0.8624 - (0.1 * 5 / 3 / Math.Sqrt(31 / 7.0))], x);
    }

    [Fact]
    public void Adam_adds_the_weight_decay_to_the_gradient()
    {
        var x = Leaf(2);
        using var optimiser = optim.Adam([x], lr: 0.1, beta1: 0.5, beta2: 0.75, eps: 1, weight_decay: 0.5);
        // Gradient 3 + ½ · 2 = 4: m = 4, √v = 4; step 0.1 · 4 / (4 + 1).
        Step(optimiser, x, 3);
        Expect.Elements([1.92], x);
    }

    [Fact]
    public void Amsgrad_divides_by_the_largest_mean_square_so_far()
    {
        var x = Leaf(0);
        using var optimiser = optim.Adam([x], lr: 1, beta1: 0, beta2: 0.5, eps: 0, amsgrad: true);
        // v = 8, corrected 16: step 4 / 4.
        Step(optimiser, x, 4);
        Expect.Elements([-1], x);
        // v = 4 is below 8, which stays; corrected by ¾: √(32/3); step 0 / that, then 2 / √(8 / (7/8)).
        Step(optimiser, x, 0);
        Expect.Elements([-1], x);
        Step(optimiser, x, 2);
        Expect.Elements([-1 - (2 / Math.Sqrt(64 / 7.0))], x);
    }

    [Fact]
    public void Maximising_goes_the_other_way()
    {
        var (up, down) = (Leaf(0), Leaf(0));
        using var climbing = optim.AdamW([up], lr: 0.1, maximize: true);
        using var falling = optim.SGD([down], 0.1, maximize: true);
        Step(climbing, up, 1);
        Step(falling, down, 1);
        Expect.Elements([0.1], up);
        Expect.Elements([0.1], down);
    }

    [Fact]
    public void Momentum_keeps_a_velocity()
    {
        var x = Leaf(1);
        using var optimiser = optim.SGD([x], 0.1, momentum: 0.5, dampening: 0.25, weight_decay: 0.5);
        // Direction 2 + ½ · 1 = 2.5 starts the velocity undampened: 1 - 0.25.
        Step(optimiser, x, 2);
        Expect.Elements([0.75], x);
        // Direction 2 + ½ · 0.75 = 2.375; velocity ½ · 2.5 + ¾ · 2.375 = 3.03125.
        Step(optimiser, x, 2);
        Expect.Elements([0.75 - 0.303125], x);
    }

    [Fact]
    public void Nesterov_looks_ahead()
    {
        var x = Leaf(0);
        using var optimiser = optim.SGD([x], 0.1, momentum: 0.5, nesterov: true);
        // Velocity 2; direction 2 + ½ · 2.
        Step(optimiser, x, 2);
        Expect.Elements([-0.3], x);
        Assert.Throws<ArgumentException>(() => optim.SGD([x], 0.1, nesterov: true));
    }

    [Fact]
    public void Plain_descent_follows_the_gradient()
    {
        var x = Leaf(1);
        using var optimiser = optim.SGD([x], 0.1);
        Step(optimiser, x, 2);
        Expect.Elements([0.8], x);
    }

    [Fact]
    public void A_parameter_without_a_gradient_rests_and_counts_no_step()
    {
        var (often, rarely) = (Leaf(0), Leaf(0));
        using var optimiser = optim.Adam([often, rarely], lr: 0.1, eps: 0);
        Step(optimiser, often, 5);
        rarely.grad = tensor(5.0);
        optimiser.step();
        // A first step is of the size of the rate whatever the gradient; so is the second with the same gradient.
        Expect.Elements([-0.2, -0.1], stack([often, rarely]));
        Assert.Equal([2L, 1L], optimiser.state_dict().State.Select(state => ((Adam.State)state).step));
    }

    [Fact]
    public void Groups_have_rates_of_their_own()
    {
        var (slow, fast) = (Leaf(0), Leaf(0));
        using var optimiser = optim.AdamW(
            [new AdamW.ParamGroup { Parameters = [slow] }, new AdamW.ParamGroup([fast], lr: 0.5)], lr: 0.1, eps: 0);
        slow.grad = tensor(1.0);
        fast.grad = tensor(1.0);
        optimiser.step();
        Expect.Elements([-0.1, -0.5], stack([slow, fast]));
        Assert.Equal([0.1, 0.5], optimiser.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([slow, fast], optimiser.parameters(), ReferenceEqualityComparer.Instance);
        foreach (var group in optimiser.ParamGroups)
        {
            group.LearningRate = 0;
        }

        optimiser.step();
        Expect.Elements([-0.1, -0.5], stack([slow, fast]));
        Assert.Throws<ArgumentException>(() => optimiser.add_param_group(new AdamW.ParamGroup { Parameters = [slow] }));
    }

    [Fact]
    public void Gradients_are_zeroed()
    {
        var x = Leaf(0);
        using var optimiser = optim.SGD([x], 0.1);
        x.grad = tensor(3.0);
        optimiser.zero_grad();
        Expect.Elements([0], x.grad!);
    }

    [Fact]
    public void A_closure_computes_the_loss_of_the_step()
    {
        var x = Leaf(3);
        using var optimiser = optim.SGD([x], 0.1);
        var loss = optimiser.step(() =>
        {
            optimiser.zero_grad();
            var square = x * x;
            square.backward();
            return square;
        });
        // x² = 9, its gradient 6.
        Expect.Elements([9], loss!);
        Expect.Elements([2.4], x);
    }

    [Fact]
    public void States_are_taken_over_by_an_optimiser_of_the_same_shape()
    {
        var (a, b) = (Leaf(1), Leaf(1));
        using var first = optim.AdamW([a], lr: 0.1);
        Step(first, a, 3);
        using var second = optim.AdamW([b], lr: 0.7);
        second.load_state_dict(first.state_dict());
        using (no_grad())
        {
            b.copy_(a);
        }

        Step(first, a, -1);
        Step(second, b, -1);
        Expect.Exactly(a, b);
        using var other = optim.AdamW([Leaf(0), Leaf(0)]);
        Assert.Throws<ArgumentException>(() => other.load_state_dict(first.state_dict()));
    }

    [Theory]
    [InlineData(-1, 0.9, 0.99)]
    [InlineData(1, 1.0, 0.99)]
    [InlineData(1, 0.9, -0.1)]
    public void Settings_out_of_range_are_refused(double lr, double beta1, double beta2) =>
        Assert.Throws<ArgumentException>(() => optim.AdamW([Leaf(0)], lr, beta1, beta2));

    private static Parameter Leaf(double value) => nn.Parameter(tensor(value));

    private static void Step(optim.Optimizer optimiser, Parameter parameter, double gradient)
    {
        parameter.grad = tensor(gradient);
        optimiser.step();
    }
}
