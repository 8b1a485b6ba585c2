using BenchmarkDotNet.Attributes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Benchmarks.Macro;

/// <summary>One training step (forward, backward, AdamW) of a 320→512→512→36 network at batch 4096.</summary>
[MemoryDiagnoser]
public class Training
{
    private Sequential _network = null!;
    private AdamW _optimiser = null!;
    private Tensor _observations = null!;
    private Tensor _targets = null!;

    [GlobalSetup]
    public void SetUp()
    {
        manual_seed(0);
        _network = nn.Sequential(nn.Linear(320, 512), nn.ELU(), nn.Linear(512, 512), nn.ELU(), nn.Linear(512, 36));
        _optimiser = optim.AdamW(_network.parameters(), lr: 1e-4);
        _observations = randn(4096, 320);
        _targets = randn(4096, 36);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _optimiser.Dispose();
        _network.Dispose();
        _observations.Dispose();
        _targets.Dispose();
    }

    [Benchmark]
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimiser.zero_grad();
        (_network.forward(_observations) - _targets).square().mean().backward();
        _optimiser.step();
    }
}
