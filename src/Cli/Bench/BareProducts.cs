using Motion.Distillation.Experts;
using static TorchSharp.torch;

namespace Motion.Cli.Bench;

/// <summary>
/// The matrix products that learning a perceptron is made of, and nothing else: for each layer the output, the weights' gradient and, but for the
/// first layer, the input's gradient; cut into slices for workers as the learner cuts them.
/// </summary>
internal sealed class BareProducts : IDisposable
{
    private readonly Workers _workers;
    private readonly Layer[][] _slices;

    /// <summary>One layer on one worker: inputs [sample, in], weights as torch keeps them [out, in], gradients of outputs [sample, out].</summary>
    private sealed record Layer(Tensor Inputs, Tensor Weights, Tensor OutputGradients, bool IsFirst);

    /// <param name="workers">The workers.</param>
    /// <param name="sizes">Sizes of input, layers between, output.</param>
    /// <param name="samples">Samples of a minibatch.</param>
    public BareProducts(Workers workers, int[] sizes, int samples)
    {
        _workers = workers;
        _slices = [.. Enumerable.Range(0, workers.Count).Select(_ => Layers(sizes, samples / workers.Count))];
    }

    /// <summary>Computes them: forward alone, or backward too.</summary>
    public void Run(bool backward) => _workers.Run(_slices.Length, slice =>
    {
        using IDisposable unrecorded = no_grad();
        foreach (Layer layer in _slices[slice])
        {
            using Tensor outputs = layer.Inputs.matmul(layer.Weights.t());
            if (!backward)
            {
                continue;
            }

            using Tensor weightGradients = layer.OutputGradients.t().matmul(layer.Inputs);
            if (!layer.IsFirst)
            {
                using Tensor inputGradients = layer.OutputGradients.matmul(layer.Weights);
            }
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Layer layer in _slices.SelectMany(slice => slice))
        {
            layer.Inputs.Dispose();
            layer.Weights.Dispose();
            layer.OutputGradients.Dispose();
        }
    }

    private static Layer[] Layers(int[] sizes, int samples) =>
    [
        .. Enumerable.Range(0, sizes.Length - 1).Select(at => new Layer(
            randn(samples, sizes[at]).DetachFromDisposeScope(), randn(sizes[at + 1], sizes[at]).DetachFromDisposeScope(), randn(samples, sizes[at + 1]).DetachFromDisposeScope(), at == 0)),
    ];
}
