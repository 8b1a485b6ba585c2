using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Language.Encoders;

namespace Motion.Distillation.Tests.Embedding;

public sealed class CalibrationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly SentenceEmbedding _embedding = SentenceEmbedding.Create(ToyClips.Card with { Shape = ToyClips.Card.Shape with { Latent = 2 } }, new Compass());

    public void Dispose()
    {
        _embedding.Dispose();
        _scope.Dispose();
    }

    // Captions all come to one latent, whose cosine to the known one is 1, and unrelated sentences to another.
    [Fact]
    public void The_threshold_parts_captions_from_unrelated_sentences()
    {
        string[] meant = [.. Enumerable.Range(0, 20).Select(index => $"walk {index}")];
        string[] unrelated = [.. Enumerable.Range(0, 20).Select(index => $"tea {index}")];
        float threshold = Calibration.Choose(_embedding, ["walk"], meant, unrelated);
        Assert.Equal(1, threshold, 3);
        TextSplits splits = new()
        {
            TrainClips = [],
            ValidationClips = [],
            Train = [new TextQuery("walk", "a")],
            Validation = [new TextQuery("tea party", "b")],
            Paraphrase = [.. meant.Select(text => new TextQuery(text, "a"))],
        };
        UnderstandingScore score = Calibration.Measure(_embedding, splits, unrelated, threshold - 0.001f);
        Assert.Equal((1.0, 0.0, 1.0), (score.Understood, score.UnderstoodValidation!.Value, score.RefusedUnrelated));
        // Asked are the sentences that the threshold was not chosen by.
        Assert.InRange(score.Sentences, 1, 39);
    }

    [Fact]
    public void Without_sentences_to_choose_by_the_threshold_is_one_half() => Assert.Equal(0.5f, Calibration.Choose(_embedding, ["walk"], [], ["tea"]));

    /// <summary>Sentences with "walk" point one way, all others another.</summary>
    private sealed class Compass : ISentenceEncoder
    {
        public string Name => "compass";

        public int Features => 2;

        public Tensor Encode(IReadOnlyList<string> sentences) =>
            stack(sentences.Select(sentence => sentence.Contains("walk", StringComparison.Ordinal) ? tensor(new[] { 1f, 0 }) : tensor(new[] { 0, 1f })));

        public void Dispose()
        {
        }
    }
}
