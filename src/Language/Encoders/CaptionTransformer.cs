using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>
/// A small transformer over the tokens of a sentence. Its feature of a sentence is the mean over tokens, so that words count wherever they
/// stand, while attention and places tell "left" from "left leg".
/// </summary>
public sealed class CaptionTransformer : nn.Module<Tensor, Tensor>
{
    /// <summary>Tokens that are read at most.</summary>
    public const int MostTokens = 64;

    private readonly TorchSharp.Modules.Embedding _tokens;
    private readonly TorchSharp.Modules.Embedding _places;
    private readonly ModuleList<TransformerLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Parameter _tokenBias;
    private readonly double _dropout;

    /// <summary>Makes one with random weights.</summary>
    /// <param name="rows">Rows of the table of tokens.</param>
    /// <param name="shape">Its size.</param>
    /// <param name="dropout">Share that is dropped in training.</param>
    public CaptionTransformer(int rows, TransformerShape shape, double dropout = 0)
        : base(nameof(CaptionTransformer))
    {
        ArgumentNullException.ThrowIfNull(shape);
        (Shape, _dropout) = (shape, dropout);
        _tokens = nn.Embedding(rows, shape.Width);
        _places = nn.Embedding(MostTokens, shape.Width);
        _layers = nn.ModuleList([.. Enumerable.Range(0, shape.Layers).Select(_ => new TransformerLayer(shape, dropout: dropout))]);
        _norm = nn.LayerNorm(shape.Width);
        _tokenBias = new Parameter(zeros(rows));
        using (no_grad())
        {
            _tokens.weight!.mul_(0.1);
            _places.weight!.mul_(0.02);
        }

        RegisterComponents();
    }

    /// <summary>Its size.</summary>
    public TransformerShape Shape { get; }

    /// <summary>Which of the rows [sentence, token] are tokens: 1, and 0 for padding.</summary>
    public static Tensor Present(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.ne(TokenTable.Padding).to_type(ScalarType.Float32);
    }

    /// <summary>Rows of several sentences as one tensor [sentence, token], filled up with padding; what is past the longest is cut.</summary>
    /// <param name="sentences">Rows of each.</param>
    public static Tensor Batch(IReadOnlyList<int[]> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        int longest = Math.Clamp(sentences.Max(rows => rows.Length), 1, MostTokens);
        long[] filled = new long[sentences.Count * longest];
        for (int sentence = 0; sentence < sentences.Count; sentence++)
        {
            for (int place = 0; place < Math.Min(longest, sentences[sentence].Length); place++)
            {
                filled[(sentence * longest) + place] = sentences[sentence][place];
            }
        }

        return tensor(filled, [sentences.Count, longest]);
    }

    /// <summary>Rows [sentence, token] to a vector for every token [sentence, token, feature].</summary>
    public override Tensor forward(Tensor input)
    {
        Tensor mask = Masks.Of(Present(input));
        Tensor hidden = _tokens.call(input).add(_places.call(arange(input.size(1), ScalarType.Int64)));
        hidden = _dropout > 0 && training ? nn.functional.dropout(hidden, _dropout) : hidden;
        foreach (TransformerLayer layer in _layers)
        {
            hidden = layer.call(hidden, mask);
        }

        return _norm.call(hidden);
    }

    /// <summary>The features of sentences [sentence, feature], from their vectors and their rows.</summary>
    public static Tensor Pool(Tensor hidden, Tensor rows) => Masks.Mean(hidden, Present(rows));

    /// <summary>How likely each token is at places where one is hidden: [place, feature] to logits [place, row].</summary>
    public Tensor Guess(Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        return hidden.matmul(_tokens.weight!.t()).add(_tokenBias);
    }
}
