using System.Collections.Immutable;
using Motion.Language.Embedding;
using Motion.Sim.Clips;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>How well one kind of contrast is told apart.</summary>
/// <param name="ByMotion">Share of sentences that their clip is nearer to than to their contrast; by chance one half.</param>
/// <param name="ByText">Share of sentences that another caption of their clip is nearer to than to their contrast; by chance one half.</param>
/// <param name="Sentences">How many sentences have such a contrast.</param>
public sealed record ContrastScore(double ByMotion, double ByText, int Sentences);

/// <summary>Measures whether sentences that differ in one thing only are told apart.</summary>
public static class ContrastEvaluation
{
    /// <summary>Measures every kind.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="clips">The clips that the sentences are about, with the captions to compare them with.</param>
    /// <param name="queries">The sentences.</param>
    public static ImmutableSortedDictionary<ContrastKind, ContrastScore> Measure(SentenceEmbedding embedding, IReadOnlyList<EmbeddingClip> clips, IReadOnlyList<TextQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        Dictionary<string, EmbeddingClip> byName = clips.ToDictionary(clip => clip.Name, StringComparer.OrdinalIgnoreCase);
        return Contrast.Kinds.ToImmutableSortedDictionary(kind => kind, kind => Measure(embedding, byName, queries, kind));
    }

    private static ContrastScore Measure(SentenceEmbedding embedding, Dictionary<string, EmbeddingClip> clips, IReadOnlyList<TextQuery> queries, ContrastKind kind)
    {
        List<Trial> trials = [];
        foreach (TextQuery query in queries)
        {
            if (Contrast.Of(kind, query.Sentence) is not { } contrast)
            {
                continue;
            }

            EmbeddingClip clip = clips[query.Clip];
            string? other = clip.Captions.FirstOrDefault(caption => CaptionWords.Plain(caption) != CaptionWords.Plain(query.Sentence) && IsTelling(kind, caption));
            trials.Add(new Trial(query.Sentence, contrast, clip.Features, other));
            if (kind == ContrastKind.LeftRight)
            {
                trials.Add(new Trial(contrast, query.Sentence, clip.Mirrored, other is null ? null : CaptionMirror.Mirror(other)));
            }
        }

        if (trials.Count == 0)
        {
            return new ContrastScore(0, 0, 0);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor sentences = embedding.EmbedSentences([.. trials.Select(trial => trial.Sentence)]);
        Tensor contrasts = embedding.EmbedSentences([.. trials.Select(trial => trial.Contrast)]);
        Tensor difference = sentences.sub(contrasts); // [trial, latent]
        Tensor motions = embedding.EmbedMotions([.. trials.Select(trial => trial.Motion)]);
        double byMotion = Share(motions.mul(difference).sum(1));
        long[] told = [.. Enumerable.Range(0, trials.Count).Where(trial => trials[trial].Other is not null).Select(trial => (long)trial)];
        double byText = told.Length == 0 ? 0
            : Share(embedding.EmbedSentences([.. told.Select(trial => trials[(int)trial].Other!)]).mul(difference.index_select(0, tensor(told))).sum(1));
        return new ContrastScore(byMotion, byText, trials.Count);
    }

    // Only a caption that says which side, pace or number can tell; any caption tells doing from not doing.
    private static bool IsTelling(ContrastKind kind, string caption) => kind == ContrastKind.Negation || Contrast.Of(kind, caption) is not null;

    private static double Share(Tensor margins) => margins.gt(0).to_type(ScalarType.Float32).mean().item<float>();

    private sealed record Trial(string Sentence, string Contrast, ReadOnlyMemory<float> Motion, string? Other);
}
