using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace Motion.Benchmarks.Micro;

/// <summary>What a call into libtorch costs when there is nothing to compute: 1×1 tensors.</summary>
public class TensorCalls
{
    private torch.Tensor _one = null!;

    [GlobalSetup]
    public void SetUp() => _one = torch.ones(1, 1);

    [GlobalCleanup]
    public void CleanUp() => _one.Dispose();

    /// <summary>A new tensor, and its release.</summary>
    [Benchmark(Baseline = true)]
    public void Add()
    {
        using torch.Tensor sum = _one + _one;
    }

    /// <summary>No new memory on libtorch's side.</summary>
    [Benchmark]
    public void MultiplyInPlace() => _one.mul_(1);

    /// <summary>A scope around one tensor.</summary>
    [Benchmark]
    public void AddInScope()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor sum = _one + _one;
    }
}
