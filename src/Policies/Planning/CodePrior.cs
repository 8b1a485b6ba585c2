using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// A causal transformer over codes. Before them stands a prefix: what a sentence says, where the model knows of sentences, and the present state. Layers
/// norm what they read, not what they add to.
/// </summary>
public sealed class CodePrior : nn.Module
{
    private readonly Linear _state;
    private readonly Linear? _sentence;
    private readonly Parameter? _unsaid;
    private readonly TorchSharp.Modules.Embedding _codes;
    private readonly Parameter _places;
    private readonly ModuleList<PriorLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Linear _logits;

    /// <summary>Makes one with random weights from torch's generator.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="states">Numbers in a state.</param>
    /// <param name="codes">Number of codes.</param>
    public CodePrior(TrajectoryShape shape, int states, int codes)
        : base(nameof(CodePrior))
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        int width = shape.PriorWidth;
        _state = nn.Linear(states, width);
        _sentence = shape.SentenceLatent > 0 ? nn.Linear(shape.SentenceLatent, width) : null;
        _unsaid = shape.SentenceLatent > 0 ? new Parameter(zeros(width)) : null;
        _codes = nn.Embedding(codes, width);
        _places = new Parameter(randn(PrefixTokens + shape.Tokens - 1, width) * 0.02);
        _layers = nn.ModuleList([.. Enumerable.Range(0, shape.PriorLayers).Select(_ => new PriorLayer(width, shape.PriorHeads))]);
        _norm = nn.LayerNorm(width);
        _logits = nn.Linear(width, codes);
        using (no_grad())
        {
            _codes.weight!.mul_(0.1);
        }

        RegisterComponents();
    }

    /// <summary>Its sizes.</summary>
    public TrajectoryShape Shape { get; }

    /// <summary>Tokens before the codes.</summary>
    public int PrefixTokens => _sentence is null ? 1 : 2;

    /// <summary>Logits of every code given those before it: [plan, token, code].</summary>
    /// <param name="states">Present states, standardised: [plan, feature].</param>
    /// <param name="sentences">Latents of sentences, zeros where none is said: [plan, latent]; null where none is said at all.</param>
    /// <param name="codes">[plan, token], 64-bit; the last one of each is not looked at.</param>
    public Tensor Logits(Tensor states, Tensor? sentences, Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        Tensor prefix = Prefix(states, sentences);
        Tensor before = _codes.call(codes.narrow(1, 0, codes.size(1) - 1));
        Tensor input = cat([prefix, before], 1);
        Tensor hidden = input + _places.narrow(0, 0, input.size(1));
        foreach (PriorLayer layer in _layers)
        {
            hidden = layer.Whole(hidden);
        }

        return _logits.call(_norm.call(hidden.narrow(1, PrefixTokens - 1, codes.size(1))));
    }

    /// <summary>Reads the prefix, once for all samples: logits of the first code, [plan, code].</summary>
    /// <param name="states">Present states, standardised: [plan, feature].</param>
    /// <param name="sentences">As in <see cref="Logits"/>.</param>
    /// <param name="cache">Where keys and values go.</param>
    public Tensor Begin(Tensor states, Tensor? sentences, CodeCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Tensor hidden = Prefix(states, sentences) + _places.narrow(0, 0, PrefixTokens);
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            hidden = _layers[layer].Prefix(hidden, layer, cache);
        }

        return _logits.call(_norm.call(hidden.select(1, PrefixTokens - 1)));
    }

    /// <summary>Reads one more code of every sample: logits of the next, [plan, sample, code].</summary>
    /// <param name="codes">[plan, sample], 64-bit.</param>
    /// <param name="place">Which token they are.</param>
    /// <param name="cache">Where keys and values go.</param>
    public Tensor Next(Tensor codes, int place, CodeCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Tensor hidden = _codes.call(codes) + _places.select(0, PrefixTokens + place); // [plan, sample, width]
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            hidden = _layers[layer].Next(hidden, layer, place, cache);
        }

        return _logits.call(_norm.call(hidden));
    }

    private Tensor Prefix(Tensor states, Tensor? sentences)
    {
        Tensor state = _state.call(states).unsqueeze(1);
        if (_sentence is null)
        {
            return state;
        }

        if (sentences is null)
        {
            return cat([_unsaid!.expand(states.size(0), 1, -1), state], 1);
        }

        Tensor said = sentences.abs().sum(-1, true).gt(0).to_type(ScalarType.Float32); // [plan, 1]
        Tensor sentence = (_sentence.call(sentences) * said) + (_unsaid! * (1 - said));
        return cat([sentence.unsqueeze(1), state], 1);
    }
}

/// <summary>One layer of the prior.</summary>
internal sealed class PriorLayer : nn.Module
{
    private readonly LayerNorm _attentionNorm;
    private readonly Linear _queriesKeysValues;
    private readonly Linear _attended;
    private readonly LayerNorm _perceptronNorm;
    private readonly Linear _widen;
    private readonly Linear _narrow;
    private readonly int _heads;

    public PriorLayer(int width, int heads)
        : base(nameof(PriorLayer))
    {
        _heads = heads;
        _attentionNorm = nn.LayerNorm(width);
        _queriesKeysValues = nn.Linear(width, 3 * width);
        _attended = nn.Linear(width, width);
        _perceptronNorm = nn.LayerNorm(width);
        _widen = nn.Linear(width, 4 * width);
        _narrow = nn.Linear(4 * width, width);
        RegisterComponents();
    }

    /// <summary>[plan, token, width], every token seeing those before it.</summary>
    public Tensor Whole(Tensor input)
    {
        Tensor[] parts = Parts(input);
        return Finish(input, nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], null, 0, is_casual: true).transpose(1, 2));
    }

    public Tensor Prefix(Tensor input, int layer, CodeCache cache)
    {
        Tensor[] parts = Parts(input);
        cache.SetPrefix(layer, parts[1], parts[2]);
        return Finish(input, nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], null, 0, is_casual: true).transpose(1, 2));
    }

    public Tensor Next(Tensor input, int layer, int place, CodeCache cache) =>
        Finish(input, cache.Attend(layer, place, _queriesKeysValues.call(_attentionNorm.call(input))));

    /// <summary>3 × [plan, head, token, feature].</summary>
    private Tensor[] Parts(Tensor input) =>
        _queriesKeysValues.call(_attentionNorm.call(input)).view(input.size(0), input.size(1), 3, _heads, -1).permute(2, 0, 3, 1, 4).unbind(0);

    private Tensor Finish(Tensor input, Tensor values)
    {
        Tensor attended = input + _attended.call(values.reshape(input.shape));
        return attended + _narrow.call(_widen.call(_perceptronNorm.call(attended)).gelu());
    }
}
