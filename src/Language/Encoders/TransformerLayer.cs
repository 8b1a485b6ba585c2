using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>
/// A layer of a transformer (Vaswani et al. 2017) that normalises first: x + attention(norm(x)), then x + perceptron(norm(x)). Takes
/// [sequence, token, feature] and a mask that is added to the scores of attention, or null.
/// </summary>
internal sealed class TransformerLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm _attentionNorm;
    private readonly Linear _queriesKeysValues;
    private readonly Linear _attended;
    private readonly LayerNorm _perceptronNorm;
    private readonly Linear _widen;
    private readonly Linear _narrow;
    private readonly int _heads;
    private readonly bool _sigmoidGelu;
    private readonly double _dropout;

    /// <summary>Makes one with random weights.</summary>
    /// <param name="shape">Its size.</param>
    /// <param name="sigmoidGelu">Whether x·σ(1.702 x) stands between the perceptron's products, as in CLIP, in place of the exact GELU.</param>
    /// <param name="dropout">Share of what each half adds that is dropped in training.</param>
    public TransformerLayer(TransformerShape shape, bool sigmoidGelu = false, double dropout = 0)
        : base(nameof(TransformerLayer))
    {
        (_heads, _sigmoidGelu, _dropout) = (shape.Heads, sigmoidGelu, dropout);
        _attentionNorm = nn.LayerNorm(shape.Width);
        _queriesKeysValues = nn.Linear(shape.Width, 3 * shape.Width);
        _attended = nn.Linear(shape.Width, shape.Width);
        _perceptronNorm = nn.LayerNorm(shape.Width);
        _widen = nn.Linear(shape.Width, shape.Hidden);
        _narrow = nn.Linear(shape.Hidden, shape.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor? mask)
    {
        Tensor attended = input.add(Dropped(Attend(_attentionNorm.call(input), mask)));
        Tensor wide = _widen.call(_perceptronNorm.call(attended)); // [sequence, token, hidden]
        Tensor bent = _sigmoidGelu ? wide.mul(wide.mul(1.702).sigmoid()) : wide.gelu();
        return attended.add(Dropped(_narrow.call(bent)));
    }

    private Tensor Attend(Tensor input, Tensor? mask)
    {
        long sequences = input.size(0);
        long tokens = input.size(1);
        Tensor[] parts = _queriesKeysValues.call(input).view(sequences, tokens, 3, _heads, -1).permute(2, 0, 3, 1, 4).unbind(0); // 3 × [sequence, head, token, feature]
        Tensor values = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask);
        return _attended.call(values.transpose(1, 2).reshape(sequences, tokens, -1));
    }

    private Tensor Dropped(Tensor input) => _dropout > 0 && training ? nn.functional.dropout(input, _dropout) : input;
}
