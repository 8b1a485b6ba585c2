using System.Text.Encodings.Web;
using System.Text.Json;
using Motion.Language.Encoders;
using Motion.Language.Tokens;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>
/// The space that sentences and motions share: both become latents of unit length, and the cosine of two says how well they fit. Its file is a
/// safetensors archive with its card in the metadata.
/// </summary>
public sealed class SentenceEmbedding : IDisposable
{
    private const string CardKey = "card";
    private const string TokensKey = "tokens";
    private const int SentencesAtOnce = 256;

    private static readonly JsonSerializerOptions CardText = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Takes over the parts of an embedding.</summary>
    public SentenceEmbedding(EmbeddingCard card, ISentenceEncoder encoder, SentenceHead head, MotionEncoder motions, MotionDecoder decoder) =>
        (Card, Encoder, Head, Motions, Decoder) = (card, encoder, head, motions, decoder);

    /// <summary>What it is and where it comes from.</summary>
    public EmbeddingCard Card { get; init; }

    /// <summary>Sentences to features.</summary>
    public ISentenceEncoder Encoder { get; }

    /// <summary>Features of sentences to latents.</summary>
    public SentenceHead Head { get; }

    /// <summary>Motions to latents.</summary>
    public MotionEncoder Motions { get; }

    /// <summary>Latents to motions.</summary>
    public MotionDecoder Decoder { get; }

    /// <summary>An embedding with random weights.</summary>
    /// <param name="card">Its card, whose sizes are taken.</param>
    /// <param name="encoder">What encodes sentences; it is taken over.</param>
    /// <param name="dropout">Share that the motions' encoder drops in training.</param>
    public static SentenceEmbedding Create(EmbeddingCard card, ISentenceEncoder encoder, double dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(encoder);
        EmbeddingShape shape = card.Shape;
        return new SentenceEmbedding(
            card with { Encoder = encoder.Name, EncoderFeatures = encoder.Features },
            encoder,
            new SentenceHead(encoder.Features, shape.Latent),
            new MotionEncoder(shape, dropout),
            new MotionDecoder(shape));
    }

    /// <summary>The same embedding with another card; the parts are shared.</summary>
    public SentenceEmbedding With(EmbeddingCard card) => new(card, Encoder, Head, Motions, Decoder);

    /// <summary>Latents of sentences: [sentence, latent], owned by the caller's scope.</summary>
    /// <param name="sentences">At least one.</param>
    public Tensor EmbedSentences(IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor[] latents = [.. sentences.Chunk(SentencesAtOnce).Select(some => Head.call(Encoder.Encode(some)))];
        return scope.MoveToOuter(cat(latents, 0));
    }

    /// <summary>Latents of motions: [motion, latent], owned by the caller's scope. A motion that is too long is seen in parts, whose mean counts.</summary>
    /// <param name="motions">Features of each: [frame × feature], at <see cref="EmbeddingShape.FrameRate"/>.</param>
    /// <exception cref="ArgumentException">A motion has no frame, or is not made of whole frames.</exception>
    public Tensor EmbedMotions(IReadOnlyList<ReadOnlyMemory<float>> motions)
    {
        ArgumentNullException.ThrowIfNull(motions);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        return scope.MoveToOuter(stack(motions.Select(Embed)));
    }

    /// <summary>Reads a file. The caller disposes the embedding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenizer">CLIP's tokenizer.</param>
    /// <param name="textWeights">CLIP's weights, where the card says that they are needed; else null.</param>
    /// <exception cref="LanguageException">The file is not there, damaged, of another version, or needs text weights that were not given or are others.</exception>
    public static SentenceEmbedding Load(string path, SentenceTokenizer tokenizer, string? textWeights = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        using DisposeScope scope = NewDisposeScope();
        try
        {
            SafetensorsContent content = SafetensorsFile.Read(path);
            EmbeddingCard card = CardOf(path, content.Metadata);
            SentenceEmbedding embedding = Create(card, EncoderOf(path, card, content, tokenizer, textWeights));
            embedding.State().ToList().ForEach(part => part.Module.load_state_dict(Under(content.Tensors, part.Name)));
            embedding.Use();
            return embedding;
        }
        catch (Exception problem) when (problem is SafetensorsException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new LanguageException(path, $"cannot be read as an embedding: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or JsonException or System.Runtime.InteropServices.ExternalException)
        {
            throw new LanguageException(path, $"is damaged: {problem.Message}", problem);
        }
    }

    /// <summary>Reads only the card of a file.</summary>
    /// <exception cref="LanguageException">The file is not there, is no embedding, or is of another version.</exception>
    public static EmbeddingCard ReadCard(string path)
    {
        try
        {
            return CardOf(path, SafetensorsFile.ReadHeader(path).Metadata);
        }
        catch (Exception problem) when (problem is SafetensorsException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or JsonException)
        {
            throw new LanguageException(path, $"cannot be read as an embedding: {problem.Message}", problem);
        }
    }

    /// <summary>A card as indented JSON.</summary>
    public static string Text(EmbeddingCard card) => JsonSerializer.Serialize(card, CardText) + "\n";

    /// <summary>Writes the file, whole or not at all, weights in 16 bits. Weights that the user brought are not written.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> tensors = Tensors().ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float16));
        if (Encoder is CaptionEncoder own)
        {
            tensors[TokensKey] = tensor(own.Table.Tokens.ToArray());
        }

        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [CardKey] = Text(Card) });
    }

    /// <summary>All weights by name: the live tensors, not copies.</summary>
    public Dictionary<string, Tensor> Tensors() =>
        State().SelectMany(part => part.Module.state_dict().Select(pair => (Name: $"{part.Name}.{pair.Key}", pair.Value))).ToDictionary(pair => pair.Name, pair => pair.Value);

    /// <summary>The modules that learn, by name.</summary>
    public IEnumerable<(string Name, nn.Module Module)> State()
    {
        (string, nn.Module)[] parts = [("head", Head), ("motion", Motions), ("decoder", Decoder)];
        return Encoder is CaptionEncoder own ? [("text", own.Transformer), .. parts] : parts;
    }

    /// <summary>Puts all parts to training or to use.</summary>
    public void Use(bool training = false)
    {
        foreach ((_, nn.Module module) in State())
        {
            module.train(training);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Encoder.Dispose();
        Head.Dispose();
        Motions.Dispose();
        Decoder.Dispose();
    }

    private static Dictionary<string, Tensor> Under(Dictionary<string, Tensor> tensors, string prefix) =>
        tensors.Where(pair => pair.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[(prefix.Length + 1)..], pair => pair.Value);

    private static ISentenceEncoder EncoderOf(string path, EmbeddingCard card, SafetensorsContent content, SentenceTokenizer tokenizer, string? textWeights)
    {
        if (card.Encoder != "clip")
        {
            Tensor tokens = content.Tensors.TryGetValue(TokensKey, out Tensor? found) ? found : throw new LanguageException(path, $"is damaged: tensor '{TokensKey}' is missing");
            TokenTable table = new(tokenizer, tokens.data<int>().ToArray());
            return new CaptionEncoder(table, new CaptionTransformer(table.Rows, card.Shape.Text));
        }

        OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(
            textWeights ?? throw new LanguageException(path, "was trained on CLIP's text model, which is not shipped: give its weights with --text-weights"), tokenizer);
        if (encoder.Features == card.EncoderFeatures)
        {
            return encoder;
        }

        int features = encoder.Features;
        encoder.Dispose();
        throw new LanguageException(textWeights, $"gives {features} features, {path} was trained on {card.EncoderFeatures}: it is another CLIP model");
    }

    private static EmbeddingCard CardOf(string path, IReadOnlyDictionary<string, string> metadata)
    {
        string text = metadata.TryGetValue(CardKey, out string? found) ? found : throw new LanguageException(path, "is no embedding: it has no card");
        using JsonDocument json = JsonDocument.Parse(text);
        int version = json.RootElement.TryGetProperty("version", out JsonElement number) && number.TryGetInt32(out int told) ? told : 0;
        return version == EmbeddingCard.NewestVersion && json.RootElement.TryGetProperty("shape", out _)
            ? json.Deserialize<EmbeddingCard>(CardText)!
            : throw new LanguageException(path, $"is no embedding of version {EmbeddingCard.NewestVersion}, which this program reads (found version {version}): train it again");
    }

    private Tensor Embed(ReadOnlyMemory<float> motion)
    {
        int most = Card.Shape.MostFrames;
        int features = Card.Shape.MotionFeatures;
        int frames = motion.Length % features == 0 ? motion.Length / features : throw new ArgumentException($"wanted whole frames of {features} numbers, found {motion.Length} numbers", nameof(motion));
        List<ReadOnlyMemory<float>> parts = [];
        // Parts overlap by half, and the last ends with the motion.
        for (int start = 0; ; start = Math.Min(start + (most / 2), frames - most))
        {
            int count = Math.Min(most, frames - start);
            parts.Add(motion.Slice(start * features, count * features));
            if (start + count >= frames)
            {
                break;
            }
        }

        MotionBatch batch = MotionBatch.Of(parts, Card.Shape);
        Tensor latents = Motions.call(batch.Frames, batch.Present);
        return nn.functional.normalize(latents.mean([0]), dim: 0);
    }
}
