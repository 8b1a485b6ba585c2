using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>
/// A policy whose actions are normally distributed about what a perceptron makes of the observation, with a fixed deviation: acting without noise is
/// acting by the mean.
/// </summary>
public sealed class GaussianPolicy : nn.Module<Tensor, Tensor>
{
    private readonly Perceptron mean;

    /// <summary>Makes one whose weights depend on the seed alone; its first actions are nearly 0.</summary>
    /// <param name="observations">Numbers in an observation.</param>
    /// <param name="actions">Numbers in an action.</param>
    /// <param name="options">The layers.</param>
    /// <param name="deviation">Standard deviation of every number of an action.</param>
    /// <param name="seed">Seed of the weights.</param>
    public GaussianPolicy(int observations, int actions, NetworkOptions options, float deviation, ulong seed)
        : base(nameof(GaussianPolicy))
    {
        mean = new Perceptron(observations, actions, options, seed, outputScale: 0.01f);
        Deviation = deviation;
        RegisterComponents();
    }

    private GaussianPolicy(GaussianPolicy owner)
        : base(nameof(GaussianPolicy))
    {
        mean = owner.mean.Sharing();
        Deviation = owner.Deviation;
        RegisterComponents();
    }

    /// <summary>Standard deviation of every number of an action.</summary>
    public float Deviation { get; }

    /// <summary>Where its weights are.</summary>
    public Device Device => mean.Device;

    /// <summary>Numbers in an observation.</summary>
    public int Observations => mean.Inputs;

    /// <summary>Numbers in an action.</summary>
    public int Actions => mean.Outputs;

    /// <summary>The layers.</summary>
    public NetworkOptions Options => mean.Options;

    /// <summary>Means of the actions, [sample, action], for normalised observations, [sample, feature]; the caller owns the result.</summary>
    public override Tensor forward(Tensor input) => mean.call(input);

    /// <summary>Another policy over the same weights, with gradients of its own: for a second thread. The caller disposes it.</summary>
    public GaussianPolicy Sharing() => new(this);

    /// <summary>
    /// Log probabilities of actions, less the constant that all share: −Σ (action − mean)² / 2σ². Shapes [sample, action] to [sample].
    /// </summary>
    public Tensor LogProbability(Tensor means, Tensor actions)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(actions);
        using Tensor difference = actions - means;
        using Tensor squares = difference.square();
        using Tensor sums = squares.sum(-1);
        return sums * (-0.5 / (Deviation * Deviation));
    }

    /// <summary>The divergence KL(old‖new) of the distributions about two means: Σ (old − new)² / 2σ². Shapes [sample, action] to [sample].</summary>
    public Tensor Divergence(Tensor oldMeans, Tensor newMeans)
    {
        ArgumentNullException.ThrowIfNull(oldMeans);
        ArgumentNullException.ThrowIfNull(newMeans);
        using Tensor difference = oldMeans - newMeans;
        using Tensor squares = difference.square();
        using Tensor sums = squares.sum(-1);
        return sums * (0.5 / (Deviation * Deviation));
    }
}
