using Motion.Sim;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>A perceptron with several layers: [sample, input] to [sample, output].</summary>
public sealed class Perceptron : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _layers;

    /// <summary>Makes one whose weights depend on the seed alone.</summary>
    /// <param name="inputs">Size of the input.</param>
    /// <param name="outputs">Size of the output.</param>
    /// <param name="options">The layers between.</param>
    /// <param name="seed">Seed of the weights, which start even within ±1/√inputs of their layer, as torch does it.</param>
    /// <param name="outputScale">Factor on the last layer's weights at the start; its biases start at 0.</param>
    public Perceptron(int inputs, int outputs, NetworkOptions options, ulong seed, float outputScale = 1)
        : base(nameof(Perceptron))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Inputs, Outputs, Options) = (inputs, outputs, options);
        _layers = nn.Sequential();
        int[] sizes = [inputs, .. options.Layers, outputs];
        for (int layer = 0; layer + 1 < sizes.Length; layer++)
        {
            bool last = layer + 2 == sizes.Length;
            Linear linear = nn.Linear(sizes[layer], sizes[layer + 1]);
            Initialise(linear, CounterRandom.For(seed, (ulong)layer), last ? outputScale : 1, last);
            _layers.append(linear);
            if (last)
            {
                continue;
            }

            if (options.LayerNorm)
            {
                _layers.append(nn.LayerNorm(sizes[layer + 1]));
            }

            _layers.append(Between(options));
        }

        RegisterComponents();
    }

    private Perceptron(Perceptron owner)
        : base(nameof(Perceptron))
    {
        (Inputs, Outputs, Options) = (owner.Inputs, owner.Outputs, owner.Options);
        _layers = nn.Sequential();
        for (int index = 0; index < owner._layers.Count; index++)
        {
            _layers.append(owner._layers[index] switch
            {
                Linear linear => Sharing(linear),
                LayerNorm norm => Sharing(norm),
                _ => Between(Options),
            });
        }

        RegisterComponents();
    }

    /// <summary>Where its weights are.</summary>
    public Device Device => ((Linear)_layers[0]).weight.device;

    /// <summary>Size of the input.</summary>
    public int Inputs { get; }

    /// <summary>Size of the output.</summary>
    public int Outputs { get; }

    /// <summary>The layers between.</summary>
    public NetworkOptions Options { get; }

    /// <summary>[sample, input] to [sample, output]; the caller owns the result.</summary>
    public override Tensor forward(Tensor input) => _layers.call(input);

    /// <summary>Another perceptron over the same weights, with gradients of its own: for a second thread. The caller disposes it.</summary>
    public Perceptron Sharing() => new(this);

    private static Linear Sharing(Linear owner)
    {
        Linear own = nn.Linear(owner.in_features, owner.out_features);
        own.weight = owner.weight.detach().AsParameter();
        own.bias = owner.bias!.detach().AsParameter();
        return own;
    }

    private static LayerNorm Sharing(LayerNorm owner)
    {
        LayerNorm own = nn.LayerNorm(owner.normalized_shape);
        own.weight = owner.weight.detach().AsParameter();
        own.bias = owner.bias!.detach().AsParameter();
        return own;
    }

    // The gradient of a layer's normalisation needs what it gave; that of a linear layer does not.
    private static nn.Module<Tensor, Tensor> Between(NetworkOptions options) => options.Activation switch
    {
        Activation.ELU => nn.ELU(inplace: !options.LayerNorm),
        Activation.SiLU => nn.SiLU(),
        _ => nn.ReLU(inplace: !options.LayerNorm),
    };

    private static void Initialise(Linear linear, CounterRandom random, float scale, bool last)
    {
        float bound = scale / MathF.Sqrt(linear.in_features);
        using IDisposable unrecorded = no_grad();
        Fill(linear.weight, random, 0, bound);
        Fill(linear.bias!, random, (ulong)linear.weight.numel(), last ? 0 : bound);
    }

    private static void Fill(Tensor tensor, CounterRandom random, ulong place, float bound)
    {
        float[] values = new float[tensor.numel()];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = bound * ((2 * random.Uniform(place + (ulong)index)) - 1);
        }

        tensor.data<float>().CopyFrom(values);
    }
}
