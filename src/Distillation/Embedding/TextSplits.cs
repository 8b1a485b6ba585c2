using System.Collections.Immutable;
using Motion.Sim.Clips.Catalog;

namespace Motion.Distillation.Embedding;

/// <summary>The sentences that an embedding is measured with, and the clips that they are about.</summary>
public sealed record TextSplits
{
    /// <summary>Clips that were learned from, with the captions that were.</summary>
    public required ImmutableArray<EmbeddingClip> TrainClips { get; init; }

    /// <summary>Clips that were kept back.</summary>
    public required ImmutableArray<EmbeddingClip> ValidationClips { get; init; }

    /// <summary>Captions that were learned.</summary>
    public required ImmutableArray<TextQuery> Train { get; init; }

    /// <summary>Captions of clips that were kept back.</summary>
    public required ImmutableArray<TextQuery> Validation { get; init; }

    /// <summary>Captions that were kept back, of clips that were learned from.</summary>
    public required ImmutableArray<TextQuery> Paraphrase { get; init; }

    /// <summary>Divides clips as a training did.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="keptBack">The sentences that the training kept back, in any spelling.</param>
    public static TextSplits Of(IReadOnlyList<EmbeddingClip> clips, IEnumerable<string> keptBack)
    {
        ArgumentNullException.ThrowIfNull(clips);
        HashSet<string> kept = [.. keptBack.Select(CaptionWords.Plain)];
        EmbeddingClip[] train = [.. clips.Where(clip => clip.Split == ClipSplit.Train)];
        EmbeddingClip[] validation = [.. clips.Where(clip => clip.Split == ClipSplit.Validation)];
        return new TextSplits
        {
            TrainClips = [.. train.Select(clip => clip with { Captions = [.. clip.Captions.Where(caption => !kept.Contains(CaptionWords.Plain(caption)))] })],
            ValidationClips = [.. validation],
            Train = Queries(train, caption => !kept.Contains(caption)),
            Validation = Queries(validation, _ => true),
            Paraphrase = Queries(train, kept.Contains),
        };
    }

    private static ImmutableArray<TextQuery> Queries(IEnumerable<EmbeddingClip> clips, Func<string, bool> isWanted) =>
        [.. clips.SelectMany(clip => clip.Captions.Where(caption => isWanted(CaptionWords.Plain(caption))).Select(caption => new TextQuery(caption, clip.Name)))];
}
