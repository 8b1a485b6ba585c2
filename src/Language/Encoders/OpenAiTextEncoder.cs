using Motion.Language.Tokens;
using Motion.Torch.Safetensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>
/// CLIP's text transformer (Radford et al. 2021), from weights that a user brings: the feature of a sentence is the vector at its end mark,
/// normalised and projected. Weights are frozen.
/// </summary>
public sealed class OpenAiTextEncoder : nn.Module<Tensor, Tensor>, ISentenceEncoder
{
    private readonly SentenceTokenizer _tokenizer;
    private readonly TorchSharp.Modules.Embedding _tokens;
    private readonly Parameter _places;
    private readonly ModuleList<TransformerLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Linear? _projection;

    private OpenAiTextEncoder(SentenceTokenizer tokenizer, OpenAiTextWeights weights)
        : base(nameof(OpenAiTextEncoder))
    {
        _tokenizer = tokenizer;
        TransformerShape shape = weights.Shape;
        _tokens = nn.Embedding(weights.Vocabulary, shape.Width);
        _places = new Parameter(zeros(weights.Context, shape.Width));
        _layers = nn.ModuleList([.. Enumerable.Range(0, shape.Layers).Select(_ => new TransformerLayer(shape, sigmoidGelu: true))]);
        _norm = nn.LayerNorm(shape.Width);
        _projection = weights.Projected is int projected ? nn.Linear(shape.Width, projected, hasBias: false) : null;
        Features = weights.Projected ?? shape.Width;
        RegisterComponents();
        load_state_dict(weights.Tensors);
        eval();
    }

    /// <inheritdoc/>
    public string Name => "clip";

    /// <inheritdoc/>
    public int Features { get; }

    /// <summary>
    /// Reads the text part of a CLIP model, in the names of Hugging Face (<c>text_model.encoder.layers.0.self_attn.q_proj.weight</c>) or of
    /// OpenAI (<c>transformer.resblocks.0.attn.in_proj_weight</c>); other tensors of the file are passed over. The caller disposes.
    /// </summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="tokenizer">CLIP's tokenizer.</param>
    /// <exception cref="LanguageException">The file is not there, is no safetensors file, or holds no such model: names the first tensor that is missing or has another shape.</exception>
    public static OpenAiTextEncoder Load(string path, SentenceTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        using DisposeScope scope = NewDisposeScope();
        try
        {
            return new OpenAiTextEncoder(tokenizer, OpenAiTextWeights.Read(path));
        }
        catch (Exception problem) when (problem is SafetensorsException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new LanguageException(path, $"cannot be read as text weights: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    public Tensor Encode(IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int most = (int)Math.Min(SentenceTokenizer.ContextLength, _places.size(0));
        int[][] ids = [.. sentences.Select(sentence => Cut(_tokenizer.EncodeForModel(sentence), most))];
        int longest = ids.Max(sentence => sentence.Length);
        // What stands behind an end mark is never looked at, so sequences end with the longest.
        long[] filled = [.. ids.SelectMany(sentence => sentence.Select(id => (long)id).Concat(new long[longest - sentence.Length]))];
        return scope.MoveToOuter(call(tensor(filled, [sentences.Count, longest])));
    }

    /// <summary>Ids [sentence, token], each with an end mark, to features [sentence, feature].</summary>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Tensor hidden = _tokens.call(input).add(_places.narrow(0, 0, input.size(1)));
        Tensor mask = Masks.Causal(input.size(1));
        foreach (TransformerLayer layer in _layers)
        {
            hidden = layer.call(hidden, mask);
        }

        // The end mark has the largest id; the first one is where the sentence ends.
        Tensor ends = input.argmax(1); // [sentence]
        Tensor chosen = _norm.call(hidden).index(arange(input.size(0), ScalarType.Int64), ends);
        return _projection is null ? chosen : _projection.call(chosen);
    }

    private static int[] Cut(int[] ids, int most) => ids.Length <= most ? ids : [.. ids[..(most - 1)], ids[^1]];
}
