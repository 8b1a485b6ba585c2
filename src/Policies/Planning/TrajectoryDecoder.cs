using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>What codes let foresee; everything standardised.</summary>
/// <param name="Roots">How the root is and moves after every step: [sample, step, <see cref="StateLayout.RootCount"/>].</param>
/// <param name="Bodies">The rest of the state: [sample, step, feature]; null where it was not asked for.</param>
/// <param name="Survival">Logits of still standing after every step: [sample, step].</param>
/// <param name="Meaning">Latent of what is being done: [sample, latent]; null where the model gives none.</param>
public sealed record Foresight(Tensor Roots, Tensor? Bodies, Tensor Survival, Tensor? Meaning);

/// <summary>
/// What codes mean. Actions are chosen step by step from the state as it is and the code of the chunk, so that a plan is followed with open eyes;
/// states ahead are foreseen from the present one and all codes, chunk after chunk.
/// </summary>
public sealed class TrajectoryDecoder : nn.Module
{
    private readonly Tensor _codebook;
    private readonly Perceptron _actions;
    private readonly Linear _begin;
    private readonly LayerNorm _begun;
    private readonly Linear _widen;
    private readonly Linear _narrow;
    private readonly LayerNorm _norm;
    private readonly Linear _roots;
    private readonly Linear _bodies;
    private readonly Linear _survival;
    private readonly Linear? _meaning;
    private readonly int _states;

    /// <summary>Makes one with random weights.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="states">Numbers in a state.</param>
    /// <param name="actions">Numbers in an action.</param>
    /// <param name="codes">How many codes there are, and how many numbers each stands for.</param>
    /// <param name="seed">Seed of the part that chooses actions; the rest draws from torch's generator.</param>
    public TrajectoryDecoder(TrajectoryShape shape, int states, int actions, (int Count, int Width) codes, ulong seed)
        : base(nameof(TrajectoryDecoder))
    {
        ArgumentNullException.ThrowIfNull(shape);
        (Shape, _states) = (shape, states);
        int vector = shape.ChunkTokens * codes.Width, width = shape.StateWidth, steps = shape.ChunkSteps;
        _codebook = zeros(codes.Count, codes.Width);
        _actions = new Perceptron(states + vector + steps, actions, new NetworkOptions { Layers = [shape.ActionWidth, shape.ActionWidth], Activation = Activation.SiLU }, seed);
        _begin = nn.Linear(states, width);
        _begun = nn.LayerNorm(width);
        _widen = nn.Linear(width + vector, 2 * width);
        _narrow = nn.Linear(2 * width, width);
        _norm = nn.LayerNorm(width);
        _roots = nn.Linear(width, steps * StateLayout.RootCount);
        _bodies = nn.Linear(width, steps * (states - StateLayout.RootCount));
        _survival = nn.Linear(width, steps);
        _meaning = shape.SentenceLatent > 0 ? nn.Linear(width, shape.SentenceLatent) : null;
        RegisterComponents();
    }

    /// <summary>Its sizes.</summary>
    public TrajectoryShape Shape { get; }

    /// <summary>What codes stand for: [code, number].</summary>
    public Tensor Codebook => _codebook;

    /// <summary>Vectors of chunks for codes: [sample, chunk × token] to [sample, chunk, number].</summary>
    public Tensor Vectors(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        return _codebook.index_select(0, codes.reshape(-1)).view(codes.size(0), codes.size(1) / Shape.ChunkTokens, -1);
    }

    /// <summary>Actions, [sample, actuator], standardised.</summary>
    /// <param name="states">States as they are now, standardised: [sample, feature].</param>
    /// <param name="vectors">The chunks that they are in: [sample, number]; zeros for behaviour cloning.</param>
    /// <param name="phases">1 for the step of the chunk: [sample, step of the chunk]; zeros for behaviour cloning.</param>
    public Tensor Actions(Tensor states, Tensor vectors, Tensor phases) => _actions.call(cat([states, vectors, phases], -1));

    /// <summary>Foresees states.</summary>
    /// <param name="states">Present states, standardised: [sample, feature].</param>
    /// <param name="vectors">[sample, chunk, number].</param>
    /// <param name="whole">Whether more than the root is wanted.</param>
    public Foresight Foresee(Tensor states, Tensor vectors, bool whole)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(vectors);
        long samples = states.size(0), chunks = vectors.size(1), steps = chunks * Shape.ChunkSteps;
        Tensor[] hidden = new Tensor[chunks];
        Tensor now = Begin(states);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            hidden[chunk] = now = Next(now, vectors.select(1, chunk));
        }

        Tensor all = stack(hidden, 1); // [sample, chunk, width]
        Tensor first = states.unsqueeze(1);
        Tensor roots = _roots.call(all).view(samples, steps, StateLayout.RootCount) + first.narrow(2, 0, StateLayout.RootCount);
        Tensor? bodies = whole
            ? _bodies.call(all).view(samples, steps, -1) + first.narrow(2, StateLayout.RootCount, _states - StateLayout.RootCount)
            : null;
        return new Foresight(roots, bodies, _survival.call(all).view(samples, steps), _meaning?.call(all.mean([1])));
    }

    /// <summary>What is known before the first chunk: [sample, width].</summary>
    public Tensor Begin(Tensor states) => _begun.call(_begin.call(states));

    /// <summary>What is known after one more chunk: [sample, width].</summary>
    public Tensor Next(Tensor known, Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(known);
        return _norm.call(known + _narrow.call(nn.functional.silu(_widen.call(cat([known, vector], -1)))));
    }

    /// <summary>The root after the steps of one chunk, and whether it stands: what <see cref="Foresee"/> gives, for one chunk.</summary>
    /// <param name="states">Present states, standardised: [sample, feature].</param>
    /// <param name="known">After the chunk: [sample, width].</param>
    public (Tensor Roots, Tensor Survival) Look(Tensor states, Tensor known)
    {
        ArgumentNullException.ThrowIfNull(states);
        Tensor roots = _roots.call(known).view(states.size(0), Shape.ChunkSteps, StateLayout.RootCount) + states.unsqueeze(1).narrow(2, 0, StateLayout.RootCount);
        return (roots, _survival.call(known));
    }
}

/// <summary>Mean and deviation of quantities, to and from numbers of mean 0 and deviation 1.</summary>
public sealed class Standard : IDisposable
{
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    /// <param name="mean">Means.</param>
    /// <param name="deviation">Deviations, above 0.</param>
    /// <param name="device">Where quantities are.</param>
    public Standard(float[] mean, float[] deviation, Device? device = null)
    {
        (Mean, Deviation) = (mean, deviation);
        _mean = tensor(mean, device: device).DetachFromDisposeScope();
        _deviation = tensor(deviation, device: device).DetachFromDisposeScope();
    }

    /// <summary>Means.</summary>
    public float[] Mean { get; }

    /// <summary>Deviations.</summary>
    public float[] Deviation { get; }

    /// <summary>[…, quantity] to the same, standardised.</summary>
    public Tensor To(Tensor physical)
    {
        using Tensor centred = physical - _mean;
        return centred / _deviation;
    }

    /// <summary>[…, quantity] to the same, physical.</summary>
    public Tensor From(Tensor standardised)
    {
        using Tensor scaled = standardised * _deviation;
        return scaled + _mean;
    }

    /// <summary>The first quantities of a standardised row, made physical in place.</summary>
    public void FromInPlace(Span<float> row)
    {
        for (int index = 0; index < row.Length; index++)
        {
            row[index] = (row[index] * Deviation[index]) + Mean[index];
        }
    }

    /// <summary>The same on another device; this one is disposed.</summary>
    public Standard On(Device device)
    {
        Dispose();
        return new Standard(Mean, Deviation, device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
    }
}
