using System.Collections.Immutable;
using System.Text;
using Motion.Sim.Clips.Catalog;

namespace Motion.Distillation.Embedding;

/// <summary>
/// Everything that an embedding learns from, and what is kept from it: the validation clips with their captions, and of the other clips some captions as
/// paraphrases to be tested with. What is kept back from clips is kept back from text too.
/// </summary>
public sealed record EmbeddingMaterial
{
    private const int OneIn = 5;
    private const int LeastWords = 5;
    private const int MostUses = 2;

    /// <summary>The clips to learn from, with the captions to learn.</summary>
    public required ImmutableArray<EmbeddingClip> Clips { get; init; }

    /// <summary>Captions of those clips that are kept back, with the clip's name.</summary>
    public required ImmutableArray<(string Caption, string Clip)> Paraphrases { get; init; }

    /// <summary>The clips that are kept back.</summary>
    public required ImmutableArray<EmbeddingClip> Validation { get; init; }

    /// <summary>Captions that say the same, group by group.</summary>
    public required ImmutableArray<CaptionGroup> Groups { get; init; }

    /// <summary>Sentences about anything but motions, to learn from.</summary>
    public required ImmutableArray<string> Unrelated { get; init; }

    /// <summary>Sentences about anything but motions, kept back.</summary>
    public required ImmutableArray<string> UnrelatedKept { get; init; }

    /// <summary>Synonyms, or null.</summary>
    public required WordNet? WordNet { get; init; }

    /// <summary>Divides clips and texts.</summary>
    /// <param name="clips">All clips.</param>
    /// <param name="corpus">Captions of other clips; may be empty.</param>
    /// <param name="wordNet">WordNet, or null.</param>
    public static EmbeddingMaterial Of(IReadOnlyList<EmbeddingClip> clips, IReadOnlyList<CaptionGroup> corpus, WordNet? wordNet)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(corpus);
        Dictionary<string, int> uses = [];
        foreach (string plain in corpus.SelectMany(group => group.Captions).Concat(clips.SelectMany(clip => clip.Captions)).Select(CaptionWords.Plain))
        {
            uses[plain] = uses.GetValueOrDefault(plain) + 1;
        }

        EmbeddingClip[] validation = [.. clips.Where(clip => clip.Split == ClipSplit.Validation)];
        EmbeddingClip[] training = [.. clips.Where(clip => clip.Split == ClipSplit.Train)];
        HashSet<string> kept = KeptBack(training, uses);
        HashSet<string> telling = [.. validation.SelectMany(clip => clip.Captions).Select(CaptionWords.Plain).Where(plain => uses[plain] <= 2 * MostUses)];
        HashSet<string> hidden = [.. corpus.Where(group => group.Captions.Any(caption => telling.Contains(CaptionWords.Plain(caption)))).Select(group => group.Id.Split('@')[0])];
        ImmutableArray<EmbeddingClip> learned = [.. training.Select(clip => clip with { Captions = [.. clip.Captions.Where(caption => !kept.Contains(CaptionWords.Plain(caption)))] })];
        IEnumerable<CaptionGroup> groups = corpus.Where(group => !hidden.Contains(group.Id.Split('@')[0]))
            .Concat(learned.Select(clip => new CaptionGroup(clip.Name, clip.Captions)))
            .Select(group => group with { Captions = [.. group.Captions.Where(caption => !kept.Contains(CaptionWords.Plain(caption)) && CaptionWords.Plain(caption).Length > 0).DistinctBy(CaptionWords.Plain)] })
            .Where(group => !group.Captions.IsEmpty);
        string[] unrelated = UnrelatedTo(uses, wordNet);
        return new EmbeddingMaterial
        {
            Clips = learned,
            Paraphrases = [.. training.SelectMany(clip => clip.Captions.Where(caption => kept.Contains(CaptionWords.Plain(caption))).Select(caption => (caption, clip.Name)))],
            Validation = [.. validation],
            Groups = [.. groups],
            Unrelated = [.. unrelated.Where(text => Hash(text) % 10 != 0)],
            UnrelatedKept = [.. unrelated.Where(text => Hash(text) % 10 == 0)],
            WordNet = wordNet,
        };
    }

    /// <summary>A number that depends on a text alone.</summary>
    internal static uint Hash(string text) => BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Every caption is left to some clip's learning: a clip keeps at least one of its own. Sentences that many clips have are no test of one.
    private static HashSet<string> KeptBack(EmbeddingClip[] training, Dictionary<string, int> uses)
    {
        HashSet<string> kept = [.. training.SelectMany(clip => clip.Captions).Select(CaptionWords.Plain)
            .Where(plain => Hash(plain) % OneIn == 0 && plain.Count(letter => letter == ' ') >= LeastWords - 1 && uses[plain] <= 2 * MostUses)];
        foreach (EmbeddingClip clip in training.Where(clip => clip.Captions.All(caption => kept.Contains(CaptionWords.Plain(caption)))))
        {
            kept.Remove(CaptionWords.Plain(clip.Captions[0]));
        }

        return kept;
    }

    // An example of WordNet that shares a telling word with many captions could be one.
    private static string[] UnrelatedTo(Dictionary<string, int> uses, WordNet? wordNet)
    {
        Dictionary<string, int> words = [];
        foreach (string word in uses.Keys.SelectMany(plain => plain.Split(' ')).Where(CaptionWords.IsContent))
        {
            words[word] = words.GetValueOrDefault(word) + 1;
        }

        HashSet<string> common = [.. words.OrderByDescending(pair => pair.Value).Take(300).Select(pair => pair.Key)];
        string[] examples = [.. (wordNet?.Examples ?? []).Where(text => !CaptionWords.Of(text).Any(common.Contains))];
        return [.. examples, .. UnrelatedSentences.All];
    }
}
