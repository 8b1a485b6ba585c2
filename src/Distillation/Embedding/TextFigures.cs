using System.Collections.Immutable;
using Motion.Language.Embedding;

namespace Motion.Distillation.Embedding;

/// <summary>Everything that is measured of an embedding.</summary>
public sealed record TextFigures
{
    /// <summary>Retrieval by set of queries: <c>train</c>, <c>paraphrase</c>, <c>validation</c> (among validation clips alone), <c>validation_among_all</c>, <c>file</c>.</summary>
    public required ImmutableDictionary<string, TextScore> Retrieval { get; init; }

    /// <summary>Contrasts of sentences that were kept back.</summary>
    public required ImmutableSortedDictionary<ContrastKind, ContrastScore> Contrasts { get; init; }

    /// <summary>What is taken and what refused.</summary>
    public required UnderstandingScore Understanding { get; init; }

    /// <summary>Measures an embedding.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="clips">Captioned clips.</param>
    /// <param name="unrelated">Sentences about anything but motions that were not learned from.</param>
    /// <param name="file">Further queries, or null.</param>
    /// <param name="seed">Seed of draws.</param>
    public static TextFigures Measure(SentenceEmbedding embedding, IReadOnlyList<EmbeddingClip> clips, IReadOnlyList<string> unrelated, IReadOnlyList<TextQuery>? file, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        TextSplits splits = TextSplits.Of(clips, embedding.Card.KeptBack);
        EmbeddingClip[] train = [.. clips.Where(clip => clip.Split == Sim.Clips.Catalog.ClipSplit.Train)];
        Dictionary<string, TextScore> scores = [];
        void Add(string name, IReadOnlyList<EmbeddingClip> among, IReadOnlyList<TextQuery> queries)
        {
            if (queries.Count > 0)
            {
                scores[name] = TextEvaluation.Measure(embedding, among, queries, seed);
            }
        }

        Add("train", train, splits.Train);
        Add("paraphrase", train, splits.Paraphrase);
        Add("validation", splits.ValidationClips, splits.Validation);
        Add("validation_among_all", clips, splits.Validation);
        Add("file", clips, file ?? []);
        return new TextFigures
        {
            Retrieval = scores.ToImmutableDictionary(),
            Contrasts = ContrastEvaluation.Measure(embedding, [.. splits.TrainClips, .. splits.ValidationClips], [.. splits.Paraphrase, .. splits.Validation]),
            Understanding = Calibration.Measure(embedding, splits, unrelated, embedding.Card.Threshold),
        };
    }

    /// <summary>The figures worth keeping with a model, by name.</summary>
    public ImmutableSortedDictionary<string, double> ToSorted()
    {
        Dictionary<string, double> all = [];
        foreach ((string name, TextScore score) in Retrieval)
        {
            (all[$"{name}_r1"], all[$"{name}_r3"], all[$"{name}_r5"]) = (score.SentenceToClip.R1, score.SentenceToClip.R3, score.SentenceToClip.R5);
            (all[$"{name}_median_rank"], all[$"{name}_four_way"]) = (score.SentenceToClip.MedianRank, score.SentenceToClip.FourWay);
        }

        foreach ((ContrastKind kind, ContrastScore score) in Contrasts)
        {
            (all[$"{kind}_by_motion"], all[$"{kind}_by_text"]) = (score.ByMotion, score.ByText);
        }

        (all["understood"], all["understood_validation"]) = (Understanding.Understood, Understanding.UnderstoodValidation ?? 0);
        (all["refused_unrelated"], all["refused_negated"]) = (Understanding.RefusedUnrelated, Understanding.RefusedNegated);
        return all.ToImmutableSortedDictionary(pair => Snake(pair.Key), pair => Math.Round(pair.Value, 4));
    }

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
