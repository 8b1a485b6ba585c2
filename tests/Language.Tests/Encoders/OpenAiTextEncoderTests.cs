using Motion.Language.Encoders;
using Motion.Language.Tokens;
using Motion.Testing;
using Motion.Torch.Safetensors;

namespace Motion.Language.Tests.Encoders;

public sealed class OpenAiTextEncoderTests : IDisposable
{
    private static readonly SentenceTokenizer Tokenizer = SentenceTokenizer.Create();
    private static readonly string[] Sentences = ["a person walks forward", "jump!", ""];
    private readonly TempFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string Path => _folder.PathOf("clip.safetensors");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Features_are_those_of_the_formulas_worked_one_number_at_a_time(int seed)
    {
        Dictionary<string, float[]> weights = TinyTextModel.Weights(seed);
        TinyTextModel.Write(Path, weights);
        using OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(Path, Tokenizer);
        float[] features = encoder.Encode(Sentences).data<float>().ToArray();
        PlainTextModel plain = new(weights, TinyTextModel.Width, TinyTextModel.Layers);
        for (int sentence = 0; sentence < Sentences.Length; sentence++)
        {
            double[] wanted = plain.Features(Tokenizer.EncodeForModel(Sentences[sentence]), SentenceTokenizer.EndId);
            Assert.Equal(wanted, features.Skip(3 * sentence).Take(3).Select(value => (double)value), Near(1e-5));
        }
    }

    // All weights are 0 but for the norm's shift (1, 2, 3, 4) and the projection (sum; difference of the first two; last): 10, -1, 4.
    [Fact]
    public void A_model_of_zeros_gives_its_projected_shift()
    {
        Dictionary<string, float[]> weights = TinyTextModel.Shapes.ToDictionary(pair => pair.Key, pair => new float[pair.Value.Aggregate((a, b) => a * b)]);
        weights["text_model.final_layer_norm.bias"] = [1, 2, 3, 4];
        weights["text_projection.weight"] = [1, 1, 1, 1, 1, -1, 0, 0, 0, 0, 0, 1];
        TinyTextModel.Write(Path, weights);
        using OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(Path, Tokenizer);
        Assert.Equal([10f, -1, 4], encoder.Encode(["anything"]).data<float>().ToArray());
    }

    [Fact]
    public void Both_naming_schemes_are_the_same_model()
    {
        Dictionary<string, float[]> weights = TinyTextModel.Weights(3);
        TinyTextModel.Write(Path, weights);
        using OpenAiTextEncoder one = OpenAiTextEncoder.Load(Path, Tokenizer);
        TinyTextModel.WriteAsOpenAi(Path, weights);
        using OpenAiTextEncoder other = OpenAiTextEncoder.Load(Path, Tokenizer);
        Assert.Equal(one.Encode(Sentences).data<float>().ToArray(), other.Encode(Sentences).data<float>().ToArray());
        Assert.Equal(("clip", 3), (one.Name, one.Features));
    }

    [Fact]
    public void Weights_of_16_bits_are_taken()
    {
        Dictionary<string, float[]> weights = TinyTextModel.Weights(4);
        TinyTextModel.Write(Path, weights, ScalarType.Float16);
        using OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(Path, Tokenizer);
        double[] wanted = new PlainTextModel(weights, TinyTextModel.Width, TinyTextModel.Layers).Features(Tokenizer.EncodeForModel("kick"), SentenceTokenizer.EndId);
        Assert.Equal(wanted, encoder.Encode(["kick"]).data<float>().ToArray().Select(value => (double)value), Near(0.01));
    }

    [Fact]
    public void A_sentence_beside_longer_ones_has_the_features_that_it_has_alone()
    {
        TinyTextModel.Write(Path, TinyTextModel.Weights(5));
        using OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(Path, Tokenizer);
        float[] alone = encoder.Encode(["walk"]).data<float>().ToArray();
        float[] beside = encoder.Encode(["walk", string.Concat(Enumerable.Repeat("turn around ", 100))]).data<float>().ToArray();
        Assert.Equal(alone.Select(value => (double)value), beside.Take(3).Select(value => (double)value), Near(1e-6));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("clip.safetensors", Assert.Throws<LanguageException>(() => OpenAiTextEncoder.Load(Path, Tokenizer)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_another_format_is_refused()
    {
        File.WriteAllText(Path, "this is no archive of tensors at all");
        Assert.Contains("cannot be read as text weights", Assert.Throws<LanguageException>(() => OpenAiTextEncoder.Load(Path, Tokenizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_refused_by_what_it_holds()
    {
        SafetensorsFile.Write(Path, new Dictionary<string, Tensor> { ["bert.embeddings.word_embeddings.weight"] = zeros(2, 2) });
        LanguageException problem = Assert.Throws<LanguageException>(() => OpenAiTextEncoder.Load(Path, Tokenizer));
        Assert.Contains("is not CLIP", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'bert.embeddings.word_embeddings.weight'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text_model.encoder.layers.1.mlp.fc2.bias")]
    [InlineData("text_model.encoder.layers.0.self_attn.k_proj.weight")]
    [InlineData("text_model.embeddings.position_embedding.weight")]
    [InlineData("text_model.final_layer_norm.bias")]
    public void A_missing_tensor_is_named(string name)
    {
        Dictionary<string, float[]> weights = TinyTextModel.Weights(6);
        weights.Remove(name);
        TinyTextModel.Write(Path, weights);
        Assert.Contains($"tensor '{name}' is missing", Assert.Throws<LanguageException>(() => OpenAiTextEncoder.Load(Path, Tokenizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_vocabulary_is_refused()
    {
        SafetensorsFile.Write(Path, new Dictionary<string, Tensor>
        {
            ["token_embedding.weight"] = zeros(100, 4),
            ["transformer.resblocks.0.ln_1.weight"] = zeros(4),
            ["transformer.resblocks.0.mlp.c_fc.weight"] = zeros(8, 4),
        });
        Assert.Contains("[100, 4]; wanted 49408 rows", Assert.Throws<LanguageException>(() => OpenAiTextEncoder.Load(Path, Tokenizer)).Message, StringComparison.Ordinal);
    }

    private static EqualityComparer<double> Near(double tolerance) => EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance, _ => 0);
}
