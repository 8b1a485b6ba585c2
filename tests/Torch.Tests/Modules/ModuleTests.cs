using TorchSharp.Modules;

namespace Motion.Torch.Tests.Modules;

public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Fields_become_named_components()
    {
        using TwoHeads module = new();
        Assert.Equal(
            ["scale", "body.0.weight", "body.0.bias", "heads.0.weight", "heads.0.bias", "heads.1.weight", "heads.1.bias"],
            module.named_parameters().Select(found => found.name));
        Assert.Equal(["count"], module.named_buffers().Select(found => found.name));
        Assert.Equal(["body", "heads"], module.named_children().Select(found => found.name));
        Assert.Equal(["body", "body.0", "body.1", "heads", "heads.0", "heads.1"], module.named_modules().Select(found => found.name));
        Assert.Equal(8, module.state_dict().Count);
        Assert.Same(module.get_parameter("heads.1.bias"), module.parameters().Last());
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_parameter_shared_by_two_modules_counts_once()
    {
        using var first = nn.Linear(2, 2);
        using var chain = nn.Sequential(("a", first), ("b", first));
        Assert.Equal(["a.weight", "a.bias"], chain.named_parameters().Select(found => found.name));
    }

    [Fact]
    public void Training_and_use_reach_every_module_inside()
    {
        using var chain = nn.Sequential(nn.Linear(1, 1), nn.Sequential(nn.Dropout()));
        chain.eval();
        Assert.All(chain.modules(), module => Assert.False(module.training));
        chain.train();
        Assert.All(chain.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Applying_visits_the_innermost_first()
    {
        using var chain = nn.Sequential(nn.Linear(1, 1), nn.Tanh());
        List<string> visited = [];
        chain.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["Linear", "Tanh", "Sequential"], visited);
    }

    [Fact]
    public void Disposing_a_module_disposes_everything_inside()
    {
        TwoHeads module = new();
        Tensor[] owned = [.. module.state_dict().Values];
        module.Dispose();
        Assert.All(owned, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Parameters_outlive_the_scope_that_the_module_was_made_in()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope())
        {
            module = nn.Linear(1, 1);
        }

        Assert.All(module.parameters(), parameter => Assert.False(parameter.IsInvalid));
        module.Dispose();
    }

    [Fact]
    public void Gradients_are_forgotten_or_zeroed()
    {
        using var layer = nn.Linear(1, 1);
        layer.call(ones(1)).backward();
        layer.zero_grad(set_to_none: false);
        Expect.Elements([0], layer.bias!.grad!);
        layer.zero_grad();
        Assert.Null(layer.bias!.grad);
    }

    [Fact]
    public void Conversion_keeps_parameters_the_same_objects_with_their_gradients()
    {
        using TwoHeads module = new();
        var parameter = module.get_parameter("scale")!;
        (parameter * 3).sum().backward();
        Assert.Same(module, module.to(ScalarType.Float64));
        Assert.Same(parameter, module.get_parameter("scale"));
        Assert.All(module.parameters(), found => Assert.Equal(ScalarType.Float64, found.dtype));
        Assert.True(parameter.requires_grad && parameter.is_leaf);
        Assert.Equal(ScalarType.Float64, parameter.grad!.dtype);
        Expect.Elements([3], parameter.grad!);
        Assert.Equal(ScalarType.Int64, module.get_buffer("count")!.dtype);
        Assert.Same(module, module.to(CPU));
        Assert.Throws<ArgumentException>(() => module.to(ScalarType.Int64));
    }

    [Fact]
    public void Loading_copies_into_place_and_refuses_what_does_not_fit()
    {
        using var source = nn.Linear(2, 3);
        using var target = nn.Linear(2, 3);
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing.Concat(unexpected));
        Expect.Exactly(source.weight, target.weight);
        Assert.NotSame(source.weight, target.weight);

        using var wider = nn.Linear(3, 3);
        Assert.Contains("'weight'", Assert.Throws<InvalidOperationException>(() => target.load_state_dict(wider.state_dict())).Message, StringComparison.Ordinal);
        using var bare = nn.Linear(2, 3, hasBias: false);
        Assert.Contains("missing [bias]", Assert.Throws<InvalidOperationException>(() => target.load_state_dict(bare.state_dict())).Message, StringComparison.Ordinal);
        Assert.Equal(["bias"], target.load_state_dict(bare.state_dict(), strict: false).missing_keys);
        Assert.Equal(["bias"], bare.load_state_dict(target.state_dict(), strict: false).unexpected_keyes);
        Assert.Empty(target.load_state_dict(bare.state_dict(), skip: ["bias"]).missing_keys);
    }

    [Fact]
    public void Names_are_taken_once_and_hold_no_dots()
    {
        using var chain = nn.Sequential(("a", nn.Identity()));
        Assert.Throws<InvalidOperationException>(() => chain.append("a", nn.Identity()));
        Assert.Throws<ArgumentException>(() => chain.add_module("a.b", nn.Identity()));
        Assert.Throws<InvalidOperationException>(() =>
        {
            chain.register_parameter("p", nn.Parameter(ones(1)));
            chain.register_parameter("p", nn.Parameter(ones(1)));
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            chain.register_buffer("b", ones(1));
            chain.register_buffer("b", ones(1));
        });
    }

    [Fact]
    public void Sequential_disposes_what_only_passes_through_and_not_what_came_in()
    {
        using var chain = nn.Sequential(nn.Tanh(), nn.Identity(), nn.Tanh());
        var x = tensor(0.5);
        var count = scope.DisposablesCount;
        Expect.Exactly(x.tanh().tanh(), chain.call(x));
        Assert.False(x.IsInvalid);
        // The expected value, its two steps, and the result.
        Assert.Equal(count + 3, scope.DisposablesCount);
        Assert.NotSame(x, nn.Sequential().call(x));
        Assert.Equal(3, chain.Count);
        Assert.IsType<Identity>(chain[1]);
    }

    [Fact]
    public void A_buffer_that_is_not_persistent_is_not_saved()
    {
        using var chain = nn.Sequential();
        chain.register_buffer("mask", ones(1), persistent: false);
        Assert.Single(chain.named_buffers());
        Assert.Empty(chain.state_dict());
    }

    [Fact]
    public void Modules_of_two_and_three_arguments_are_called_alike()
    {
        using Sum2 two = new();
        using Sum3 three = new();
        Expect.Elements([3], two.call(tensor(1f), tensor(2f)));
        Expect.Elements([6], three.call(tensor(1f), tensor(2f), tensor(3f)));
    }

    private sealed class TwoHeads : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = nn.Parameter(ones(1));
        private readonly Tensor count = zeros([], ScalarType.Int64);
        private readonly Sequential body = nn.Sequential(nn.Linear(2, 4), nn.Tanh());
        private readonly ModuleList<Linear> heads = nn.ModuleList(nn.Linear(4, 1), nn.Linear(4, 1));

        public TwoHeads()
            : base(nameof(TwoHeads)) => RegisterComponents();

        public override Tensor forward(Tensor input) => cat([.. heads.Select(head => head.call(body.call(input)))]) * scale + count;
    }

    private sealed class Sum2() : nn.Module<Tensor, Tensor, Tensor>(nameof(Sum2))
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 + input2;
    }

    private sealed class Sum3() : nn.Module<Tensor, Tensor, Tensor, Tensor>(nameof(Sum3))
    {
        public override Tensor forward(Tensor input1, Tensor input2, Tensor input3) => input1 + input2 + input3;
    }
}
