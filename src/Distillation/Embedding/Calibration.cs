using Motion.Language.Embedding;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>How honestly sentences are taken or refused.</summary>
public sealed record UnderstandingScore
{
    /// <summary>Least cosine to the nearest known caption of a sentence that is understood.</summary>
    public double Threshold { get; init; }

    /// <summary>Share of unseen captions of known clips that are understood.</summary>
    public double Understood { get; init; }

    /// <summary>Share of captions of unseen clips that are understood; null where there are none.</summary>
    public double? UnderstoodValidation { get; init; }

    /// <summary>Share of unrelated sentences and nonsense that are refused.</summary>
    public double RefusedUnrelated { get; init; }

    /// <summary>Share of negated captions ("does not walk") that are refused.</summary>
    public double RefusedNegated { get; init; }

    /// <summary>How many unseen captions and unrelated sentences were asked, other ones than the threshold was chosen by.</summary>
    public int Sentences { get; init; }
}

/// <summary>Chooses from which cosine on a sentence counts as understood, and measures that choice on other sentences.</summary>
public static class Calibration
{
    // How much worse than the best threshold one may part them that lets more be understood.
    private const double Slack = 0.01;

    /// <summary>Chooses the lowest of the thresholds that part unseen captions from unrelated sentences best, by one half of the sentences.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="known">Known captions.</param>
    /// <param name="meant">Unseen captions, which should be understood.</param>
    /// <param name="unrelated">Sentences that should not.</param>
    /// <returns>The threshold; 0.5 where there is nothing to choose by.</returns>
    public static float Choose(SentenceEmbedding embedding, IReadOnlyList<string> known, IReadOnlyList<string> meant, IReadOnlyList<string> unrelated)
    {
        float[] high = Nearest(embedding, known, [.. meant.Where(IsForChoice)]);
        float[] low = Nearest(embedding, known, [.. unrelated.Where(IsForChoice)]);
        if (high.Length == 0 || low.Length == 0)
        {
            return 0.5f;
        }

        float[] candidates = [.. high.Concat(low).Order()];
        double best = candidates.Max(Parted);
        return candidates.First(threshold => Parted(threshold) >= best - Slack);

        double Parted(float threshold) => Share(high, threshold) - Share(low, threshold);
    }

    /// <summary>Measures a threshold on the other half.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="splits">Known captions, unseen ones, and captions of unseen clips.</param>
    /// <param name="unrelated">Sentences that should be refused.</param>
    /// <param name="threshold">The threshold.</param>
    public static UnderstandingScore Measure(SentenceEmbedding embedding, TextSplits splits, IReadOnlyList<string> unrelated, float threshold)
    {
        ArgumentNullException.ThrowIfNull(splits);
        string[] known = [.. splits.Train.Select(query => query.Sentence)];
        string[] meant = [.. splits.Paraphrase.Select(query => query.Sentence).Where(text => !IsForChoice(text))];
        string[] others = [.. unrelated.Where(text => !IsForChoice(text))];
        string[] negated = [.. meant.Select(text => Contrast.Of(ContrastKind.Negation, text)).OfType<string>()];
        return new UnderstandingScore
        {
            Threshold = threshold,
            Understood = Share(Nearest(embedding, known, meant), threshold),
            UnderstoodValidation = splits.Validation.IsEmpty ? null : Share(Nearest(embedding, known, [.. splits.Validation.Select(query => query.Sentence)]), threshold),
            RefusedUnrelated = 1 - Share(Nearest(embedding, known, others), threshold),
            RefusedNegated = 1 - Share(Nearest(embedding, known, negated), threshold),
            Sentences = meant.Length + others.Length,
        };
    }

    private static bool IsForChoice(string text) => EmbeddingMaterial.Hash(text + "?") % 2 == 0;

    private static double Share(float[] cosines, double threshold) => cosines.Length == 0 ? 0 : cosines.Count(cosine => cosine >= threshold) / (double)cosines.Length;

    private static float[] Nearest(SentenceEmbedding embedding, IReadOnlyList<string> known, string[] sentences)
    {
        if (sentences.Length == 0 || known.Count == 0)
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        return embedding.EmbedSentences(sentences).matmul(embedding.EmbedSentences(known).t()).amax([1]).data<float>().ToArray();
    }
}
