using Motion.Torch.Safetensors;
using TorchSharp.Modules;

namespace Motion.Torch.Tests.Safetensors;

public sealed class ResumeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("resume-").FullName;
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Optimisers => ["AdamW", "Adam with amsgrad", "SGD with momentum", "SGD"];

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void Training_goes_on_after_loading_as_if_it_had_not_stopped(string kind)
    {
        using Generator generator = new(11);
        using var network = Network(1);
        using var optimiser = Optimiser(kind, network);
        Train(network, optimiser, generator, 5);
        optimiser.ParamGroups.Single().LearningRate = 0.003;
        var path = Path.Combine(folder, "run.safetensors");
        SafetensorsFile.Write(path, Everything(network, optimiser, generator));

        using Generator resumedGenerator = new(99);
        using var resumed = Network(2);
        using var resumedOptimiser = Optimiser(kind, resumed);
        var read = SafetensorsFile.Read(path).Tensors;
        resumed.load_state_dict(Part(read, "network."));
        OptimiserTensors.Restore(resumedOptimiser, Part(read, "optimiser."));
        resumedGenerator.set_state(read["generator"]);

        var probe = ones(1, 4);
        Expect.Exactly(network.call(probe), resumed.call(probe));
        Train(network, optimiser, generator, 3);
        Train(resumed, resumedOptimiser, resumedGenerator, 3);
        Assert.All(network.parameters().Zip(resumed.parameters()), pair => Expect.Exactly(pair.First, pair.Second));
        Expect.Exactly(network.call(probe), resumed.call(probe));
        Assert.Equal(0.003, resumedOptimiser.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void Without_the_optimisers_state_the_next_step_differs()
    {
        using Generator generator = new(11), same = new(11);
        using var network = Network(1);
        using var optimiser = Optimiser("AdamW", network);
        Train(network, optimiser, generator, 5);
        using var other = Network(2);
        other.load_state_dict(network.state_dict());
        same.set_state(generator.get_state());
        using var fresh = Optimiser("AdamW", other);
        Train(network, optimiser, generator, 1);
        Train(other, fresh, same, 1);
        Assert.False(network.parameters().First().Equals(other.parameters().First()));
    }

    [Fact]
    public void A_state_that_does_not_fit_is_told_by_name()
    {
        using var network = Network(1);
        using var optimiser = Optimiser("AdamW", network);
        var state = OptimiserTensors.Collect(optimiser);
        Assert.Contains("parameter.3.exp_avg_sq", state.Keys);
        state.Remove("parameter.3.exp_avg_sq");
        Assert.Contains("no tensor 'parameter.3.exp_avg_sq'", Assert.Throws<ArgumentException>(() => OptimiserTensors.Restore(optimiser, state)).Message, StringComparison.Ordinal);
        state["parameter.3.exp_avg_sq"] = zeros(1, 7);
        Assert.Contains("'parameter.3.exp_avg_sq' has the shape [1, 7], the optimiser needs [2]", Assert.Throws<ArgumentException>(() => OptimiserTensors.Restore(optimiser, state)).Message, StringComparison.Ordinal);
    }

    private static nn.Module<Tensor, Tensor> Network(long seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 2));
    }

    private static OptimizerHelper Optimiser(string kind, nn.Module network) => kind switch
    {
        "AdamW" => optim.AdamW(network.parameters(), 0.01, weight_decay: 0.1),
        "Adam with amsgrad" => optim.Adam(network.parameters(), 0.01, amsgrad: true),
        "SGD with momentum" => optim.SGD(network.parameters(), 0.01, momentum: 0.9),
        _ => optim.SGD(network.parameters(), 0.01),
    };

    private static void Train(nn.Module<Tensor, Tensor> network, optim.Optimizer optimiser, Generator generator, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            optimiser.zero_grad();
            network.call(randn(16, 4, generator: generator)).square().mean().backward();
            optimiser.step();
        }
    }

    private static Dictionary<string, Tensor> Everything(nn.Module network, OptimizerHelper optimiser, Generator generator)
    {
        Dictionary<string, Tensor> all = new() { ["generator"] = generator.get_state() };
        foreach (var (name, found) in network.state_dict())
        {
            all.Add($"network.{name}", found);
        }

        foreach (var (name, found) in OptimiserTensors.Collect(optimiser))
        {
            all.Add($"optimiser.{name}", found);
        }

        return all;
    }

    private static Dictionary<string, Tensor> Part(Dictionary<string, Tensor> all, string prefix) => all
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
}
