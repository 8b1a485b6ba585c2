using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>
/// Optimiser steps whose minibatches are cut into slices, one for each worker: every slice has a module of its own over the same weights, and the
/// slices' gradients are summed in their order, so that the sum does not depend on timing.
/// </summary>
/// <typeparam name="TModule">Kind of the module.</typeparam>
internal sealed class SharedGradient<TModule> : IDisposable
    where TModule : nn.Module
{
    private readonly Workers _workers;
    private readonly TModule[] _modules;
    private readonly Parameter[][] _parameters;
    private readonly float _limit;

    public SharedGradient(Workers workers, TModule module, Func<TModule, TModule> share, float learningRate, float gradientLimit)
    {
        _workers = workers;
        // A graphics card is one worker.
        int slices = module.parameters().First().is_cuda ? 1 : workers.Count;
        _modules = [module, .. Enumerable.Range(1, slices - 1).Select(_ => share(module))];
        _parameters = [.. _modules.Select(own => own.parameters().ToArray())];
        _limit = gradientLimit;
        Optimiser = optim.AdamW(module.parameters(), learningRate, weight_decay: 0);
    }

    /// <summary>The module that learns.</summary>
    public TModule Module => _modules[0];

    public AdamW Optimiser { get; }

    public double LearningRate
    {
        get => Optimiser.ParamGroups.First().LearningRate;
        set => Optimiser.ParamGroups.First().LearningRate = value;
    }

    /// <summary>Steps along the gradient of a sum of losses over slices of a minibatch.</summary>
    /// <param name="first">The minibatch's first sample.</param>
    /// <param name="count">Its samples.</param>
    /// <param name="loss">
    /// For a slice, from a sample on, so many: the loss, to be summed, with no gradient; or the module's output and the loss's gradient with respect to
    /// it, where that is known without asking. Statistics come back as numbers.
    /// </param>
    /// <returns>Sums of the statistics, and the gradient's norm before it was limited.</returns>
    public (float[] Statistics, double Norm) Step(long first, long count, Func<TModule, long, long, (Tensor Output, Tensor? Gradient, Tensor Statistics)> loss)
    {
        float[][] statistics = new float[_modules.Length][];
        _workers.Run(_modules.Length, worker =>
        {
            using DisposeScope own = NewDisposeScope();
            _modules[worker].zero_grad();
            long from = worker * count / _modules.Length, until = (worker + 1) * count / _modules.Length;
            (Tensor output, Tensor? gradient, Tensor counted) = loss(_modules[worker], first + from, until - from);
            output.backward(gradient is null ? null : [gradient]);
            statistics[worker] = counted.data<float>().ToArray();
        });
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        double norm = Reduce();
        Optimiser.step();
        return ([.. Enumerable.Range(0, statistics[0].Length).Select(index => statistics.Sum(of => of[index]))], norm);
    }

    /// <summary>What the optimiser remembers; the tensors are its own.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Save() => Optimiser.state_dict().State.Cast<Adam.State>().SelectMany((state, index) => new KeyValuePair<string, Tensor>[]
    {
        new($"{index}.mean", state.exp_avg),
        new($"{index}.square", state.exp_avg_sq),
        new($"{index}.step", tensor((double)state.step)),
    });

    /// <summary>Goes back to what <see cref="Save"/> gave.</summary>
    public void Load(Dictionary<string, Tensor> saved)
    {
        using IDisposable unrecorded = no_grad();
        foreach ((Adam.State state, int index) in Optimiser.state_dict().State.Cast<Adam.State>().Select((state, index) => (state, index)))
        {
            state.exp_avg.copy_(saved[$"{index}.mean"]);
            state.exp_avg_sq.copy_(saved[$"{index}.square"]);
            state.step = (long)saved[$"{index}.step"].ToDouble();
        }
    }

    public void Dispose()
    {
        Optimiser.Dispose();
        foreach (TModule own in _modules.Skip(1))
        {
            own.Dispose();
        }
    }

    private double Reduce()
    {
        Tensor squares = zeros([], device: _parameters[0][0].device);
        foreach ((Parameter own, int index) in _parameters[0].Select((parameter, index) => (parameter, index)))
        {
            Tensor gradient = own.grad!;
            foreach (Parameter[] others in _parameters.Skip(1))
            {
                gradient.add_(others[index].grad!);
            }

            squares.add_(gradient.square().sum());
        }

        double norm = Math.Sqrt(squares.ToDouble());
        if (norm > _limit)
        {
            foreach (Parameter own in _parameters[0])
            {
                own.grad!.mul_(_limit / norm);
            }
        }

        return norm;
    }
}
