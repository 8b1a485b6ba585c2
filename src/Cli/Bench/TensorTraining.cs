using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Cli.Bench;

/// <summary>The training step that the tensor benchmark times; the C++ program does the same.</summary>
internal sealed class TensorTraining : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network =
        nn.Sequential(nn.Linear(320, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 36));

    private readonly optim.Optimizer optimiser;
    private readonly Tensor observation;
    private readonly Tensor target;

    /// <summary>A network and random samples to train it on.</summary>
    public TensorTraining(int batch)
    {
        optimiser = optim.AdamW(network.parameters(), lr: 1e-3, weight_decay: 0.01);
        observation = randn(batch, 320);
        target = randn(batch, 36);
    }

    /// <summary>Forward, backward, AdamW.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        optimiser.zero_grad();
        (network.call(observation) - target).square().mean().backward();
        optimiser.step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimiser.Dispose();
        network.Dispose();
        observation.Dispose();
        target.Dispose();
    }
}

/// <summary>The addition that the tensor benchmark times.</summary>
internal sealed class TensorAddition : IDisposable
{
    private readonly Tensor one = ones(1, 1);
    private readonly Tensor two = ones(1, 1);
    private readonly IDisposable unrecorded = no_grad();
    private readonly DisposeScope scope = NewDisposeScope();

    /// <summary>Adds two 1×1 tensors and lets the sum go.</summary>
    public void Add() => (one + two).Dispose();

    /// <summary>Managed bytes of one addition.</summary>
    public double AllocatedBytes()
    {
        const int Count = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            Add();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scope.Dispose();
        unrecorded.Dispose();
        one.Dispose();
        two.Dispose();
    }
}
