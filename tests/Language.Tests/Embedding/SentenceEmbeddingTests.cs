using Motion.Language.Embedding;
using Motion.Language.Encoders;
using Motion.Language.Tests.Encoders;
using Motion.Language.Tokens;
using Motion.Testing;
using Motion.Torch.Safetensors;

namespace Motion.Language.Tests.Embedding;

public sealed class SentenceEmbeddingTests : IDisposable
{
    private static readonly SentenceTokenizer Tokenizer = SentenceTokenizer.Create();
    private readonly TempFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string ModelFile => _folder.PathOf("embedding.safetensors");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Latents_are_of_unit_length()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        Assert.True(embedding.EmbedSentences(["walk", "", "走る"]).norm(1).allclose(ones(3)));
        Assert.True(embedding.EmbedMotions([Motion(1), Motion(7), Motion(95)]).norm(1).allclose(ones(3)));
    }

    [Fact]
    public void A_motion_beside_longer_ones_has_the_latent_that_it_has_alone()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        MotionBatch alone = MotionBatch.Of([Motion(7)], embedding.Card.Shape);
        MotionBatch beside = MotionBatch.Of([Motion(7), Motion(20)], embedding.Card.Shape);
        Tensor latent = embedding.Motions.call(alone.Frames, alone.Present);
        Assert.True(latent.allclose(embedding.Motions.call(beside.Frames, beside.Present).narrow(0, 0, 1), 1e-4, 1e-5));
    }

    [Fact]
    public void A_motion_that_ends_elsewhere_is_another_motion()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        float[] left = Path(MathF.PI / 2);
        float[] right = Path(-MathF.PI / 2);
        Assert.False(embedding.EmbedMotions([left]).allclose(embedding.EmbedMotions([right]), 1e-3, 1e-3));
    }

    [Fact]
    public void A_motion_that_is_too_long_is_the_mean_of_its_parts()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        // 40 frames in parts of at most 20, half over each other: from 0, 10 and 20.
        ReadOnlyMemory<float> motion = Motion(40);
        Tensor parts = embedding.EmbedMotions([motion[..80], motion[40..120], motion[80..]]).mean([0]);
        Assert.True(embedding.EmbedMotions([motion]).squeeze(0).allclose(nn.functional.normalize(parts, dim: 0), 1e-4, 1e-5));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        embedding.Motions.SetScale([1, 2, 3, 4], [1, 1, 2, 2]);
        embedding.Save(ModelFile);
        using SentenceEmbedding read = SentenceEmbedding.Load(ModelFile, Tokenizer);
        Assert.Equal(SentenceEmbedding.Text(embedding.Card), SentenceEmbedding.Text(read.Card));
        // Weights lose all but eleven bits.
        Assert.True(embedding.EmbedSentences(["a person walks to the left"]).allclose(read.EmbedSentences(["a person walks to the left"]), 0.02, 0.02));
        Assert.True(embedding.EmbedMotions([Motion(9)]).allclose(read.EmbedMotions([Motion(9)]), 0.02, 0.02));
    }

    [Fact]
    public void The_decoder_gives_as_many_frames_as_the_longest_motion_has()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        Assert.Equal([2, 20, 4], embedding.Decoder.call(embedding.EmbedSentences(["walk", "run"])).shape);
    }

    [Fact]
    public void A_model_over_clip_asks_for_its_weights_and_refuses_others()
    {
        string weights = _folder.PathOf("clip.safetensors");
        TinyTextModel.Write(weights, TinyTextModel.Weights(1));
        using (SentenceEmbedding embedding = Make(OpenAiTextEncoder.Load(weights, Tokenizer)))
        {
            embedding.Save(ModelFile);
        }

        Assert.Contains("--text-weights", Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer)).Message, StringComparison.Ordinal);
        using (SentenceEmbedding read = SentenceEmbedding.Load(ModelFile, Tokenizer, weights))
        {
            Assert.Equal([1, 5], read.EmbedSentences(["walk"]).shape);
        }

        Dictionary<string, float[]> unprojected = TinyTextModel.Weights(1);
        unprojected.Remove("text_projection.weight");
        TinyTextModel.Write(weights, unprojected);
        Assert.Contains("gives 4 features", Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer, weights)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_no_embedding_are_refused()
    {
        Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer));
        File.WriteAllText(ModelFile, "{}");
        Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer));
        SafetensorsFile.Write(ModelFile, new Dictionary<string, Tensor> { ["x"] = zeros(1) });
        Assert.Contains("has no card", Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer)).Message, StringComparison.Ordinal);
        SafetensorsFile.Write(ModelFile, new Dictionary<string, Tensor> { ["x"] = zeros(1) }, new Dictionary<string, string> { ["card"] = "{\"version\": 99}" });
        Assert.Contains("found version 99", Assert.Throws<LanguageException>(() => SentenceEmbedding.ReadCard(ModelFile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_a_tensor_less_is_damaged()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        embedding.Save(ModelFile);
        SafetensorsContent content = SafetensorsFile.Read(ModelFile);
        content.Tensors.Remove("head._narrow.bias");
        SafetensorsFile.Write(ModelFile, content.Tensors, content.Metadata);
        Assert.Contains("is damaged", Assert.Throws<LanguageException>(() => SentenceEmbedding.Load(ModelFile, Tokenizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_motion_without_frames_or_with_half_a_frame_is_refused()
    {
        using SentenceEmbedding embedding = Make(CaptionEncoderTests.Make());
        Assert.Throws<ArgumentException>(() => embedding.EmbedMotions([ReadOnlyMemory<float>.Empty]));
        Assert.Throws<ArgumentException>(() => embedding.EmbedMotions([new float[6]]));
    }

    internal static SentenceEmbedding Make(ISentenceEncoder encoder)
    {
        manual_seed(2);
        TransformerShape small = new() { Width = 8, Layers = 2, Heads = 2, Hidden = 16 };
        EmbeddingShape shape = new() { Latent = 5, MotionFeatures = 4, FrameRate = 5, FramesPerToken = 2, MotionTokens = 10, Text = small, Motion = small };
        SentenceEmbedding embedding = SentenceEmbedding.Create(new EmbeddingCard { Shape = shape, KeptBack = ["a person jumps"], Threshold = 0.5f }, encoder);
        embedding.Use();
        return embedding;
    }

    private static float[] Motion(int frames) => [.. Enumerable.Range(0, 4 * frames).Select(index => MathF.Sin(index * 0.7f))];

    private static float[] Path(float turn) =>
        [.. Enumerable.Range(0, 10).SelectMany(frame => frame < 5 ? new[] { turn, 0, 0, 0 } : [0, 1, 0, 0])];
}
