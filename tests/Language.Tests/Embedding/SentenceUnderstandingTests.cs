using Motion.Language.Embedding;
using Motion.Language.Tests.Encoders;

namespace Motion.Language.Tests.Embedding;

public sealed class SentenceUnderstandingTests : IDisposable
{
    private static readonly KnownCaption[] Captions =
    [
        new("a person walks", "walk"), new("walk", "walk"), new("a person turns to the left", "turn"), new("jump", "jump"),
    ];

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly SentenceEmbedding _embedding = SentenceEmbeddingTests.Make(CaptionEncoderTests.Make());
    private readonly SentenceUnderstanding _understanding;

    public SentenceUnderstandingTests() => _understanding = new SentenceUnderstanding(_embedding, Captions, threshold: 0.999f);

    public void Dispose()
    {
        _understanding.Dispose();
        _embedding.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_known_caption_is_understood_as_itself()
    {
        UnderstoodSentence answer = _understanding.Understand("  Jump ");
        Assert.True(answer.IsUnderstood);
        Assert.Equal(("jump", "Jump"), (answer.Nearest[0].Caption.Clip, answer.Sentence));
        Assert.Equal(1, answer.Nearest[0].Score, 4);
        Assert.Equal(1, answer.Latent.Sum(value => value * value), 4);
    }

    [Fact]
    public void What_is_told_is_made_of_the_nearest_clips_captions_each_by_how_near_it_is()
    {
        const float Nearer = 0.03f;
        using DisposeScope scope = NewDisposeScope();
        Tensor known = _embedding.EmbedSentences([.. Captions.Select(caption => caption.Text)]), own = _embedding.EmbedSentences(["a person jumps to the left"]);
        float[] cosines = known.matmul(own.squeeze(0)).data<float>().ToArray();
        float[] mean = new float[(int)known.size(1)];
        string nearest = Captions[cosines.IndexOf(cosines.Max())].Clip;
        for (int caption = 0; caption < cosines.Length; caption++)
        {
            if (Captions[caption].Clip != nearest)
            {
                continue;
            }

            float[] latent = known[caption].data<float>().ToArray();
            for (int index = 0; index < mean.Length; index++)
            {
                mean[index] += MathF.Exp((cosines[caption] - cosines.Max()) / Nearer) * latent[index];
            }
        }

        float length = MathF.Sqrt(mean.Sum(value => value * value));
        float[] told = [.. _understanding.Understand("a person jumps to the left").Latent];
        Assert.All(told.Zip(mean), pair => Assert.Equal(pair.Second / length, pair.First, 1e-3));
        Assert.NotEqual(own.data<float>().ToArray(), told);
    }

    [Fact]
    public void What_a_clip_looks_like_counts_as_much_as_what_is_said_of_it()
    {
        using DisposeScope scope = NewDisposeScope();
        const string Sentence = "a person jumps to the left";
        float[] own = _embedding.EmbedSentences([Sentence]).data<float>().ToArray();
        KnownCaption last = Captions.Single(caption => caption.Clip == _understanding.Understand(Sentence, nearest: 3).Nearest[^1].Caption.Clip && caption.Text != "walk");
        using SentenceUnderstanding seeing = new(_embedding, Captions.Select(caption => caption == last ? caption with { Motion = [.. own.Select(number => 2 * number)] } : caption), threshold: 0.999f);
        UnderstoodSentence answer = seeing.Understand(Sentence);
        Assert.Equal(last.Text, answer.Nearest[0].Caption.Text);

        // What is shown, and decides whether it is understood, is how near the caption is.
        Assert.Equal(_understanding.Understand(Sentence).Nearest.Single(near => near.Caption.Clip == last.Clip).Score, answer.Nearest[0].Score, 5);
        Assert.Equal(_understanding.Understand(Sentence).Doubt, answer.Doubt);
    }

    [Fact]
    public void Nearest_captions_come_in_order_and_name_no_clip_twice()
    {
        UnderstoodSentence answer = _understanding.Understand("a person walks", nearest: 10);
        Assert.Equal(["jump", "turn", "walk"], answer.Nearest.Select(near => near.Caption.Clip).Order());
        Assert.Equal(answer.Nearest.Select(near => near.Score).OrderDescending(), answer.Nearest.Select(near => near.Score));
    }

    [Fact]
    public void What_is_far_from_every_caption_is_refused_and_the_nearest_offered()
    {
        using SentenceUnderstanding strict = new(_embedding, Captions, threshold: 1.5f);
        UnderstoodSentence answer = strict.Understand("jump");
        Assert.Equal(Doubt.NothingNear, answer.Doubt);
        Assert.Contains("is not understood; the nearest it knows is \"jump\" (1.00, 1.50 is wanted)", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Doubt.NoWords)]
    [InlineData(" \t\n", Doubt.NoWords)]
    [InlineData("🕺🕺", Doubt.NoWords)]
    [InlineData("12345 !!", Doubt.NoWords)]
    [InlineData("\0\u001b", Doubt.NoWords)]
    [InlineData("走る人", Doubt.UnknownWriting)]
    [InlineData("человек идёт вперёд", Doubt.UnknownWriting)]
    public void Hostile_sentences_are_refused_with_the_reason(string typed, Doubt doubt)
    {
        UnderstoodSentence answer = _understanding.Understand(typed);
        Assert.Equal((doubt, false), (answer.Doubt, answer.IsUnderstood));
        Assert.NotEmpty(answer.Message);
    }

    [Fact]
    public void Ten_thousand_characters_are_refused_and_shown_cut()
    {
        UnderstoodSentence answer = _understanding.Understand(new string('w', 10_000));
        Assert.Equal(Doubt.TooLong, answer.Doubt);
        Assert.InRange(answer.Sentence.Length, 1, 100);
        Assert.Contains("10,000 characters", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_tokens_than_are_read_are_refused() =>
        Assert.Equal(Doubt.TooLong, _understanding.Understand(string.Concat(Enumerable.Repeat("walk ", 70))).Doubt);

    [Fact]
    public void Nothing_that_moves_a_terminal_s_cursor_is_shown()
    {
        UnderstoodSentence answer = _understanding.Understand("walk\u001b[2J\r\nleft");
        Assert.DoesNotContain(answer.Message, char.IsControl);
        Assert.DoesNotContain(answer.Sentence, char.IsControl);
    }

    [Fact]
    public void Understanding_without_captions_is_refused() => Assert.Throws<ArgumentException>(() => new SentenceUnderstanding(_embedding, []));
}
