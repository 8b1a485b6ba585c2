using System.Collections.Immutable;
using Motion.Sim;

namespace Motion.Distillation.Embedding;

/// <summary>Says captions in other words: WordNet's synonyms that captions use too, words left out, the caption as a command.</summary>
internal sealed class CaptionVariation
{
    private const int LeastUses = 3;

    private readonly ImmutableDictionary<string, string[]> _synonyms;
    private readonly EmbeddingOptions _options;

    /// <summary>Prepares it for captions.</summary>
    /// <param name="captions">The captions; only words of theirs are put in.</param>
    /// <param name="wordNet">Synonyms; null for none.</param>
    /// <param name="options">How often what is done.</param>
    public CaptionVariation(IEnumerable<string> captions, WordNet? wordNet, EmbeddingOptions options)
    {
        _options = options;
        Dictionary<string, int> uses = [];
        foreach (string word in captions.SelectMany(CaptionWords.Of))
        {
            uses[word] = uses.GetValueOrDefault(word) + 1;
        }

        _synonyms = wordNet is null ? ImmutableDictionary<string, string[]>.Empty : uses.Keys
            .Select(word => (word, others: wordNet.SynonymsOf(word).Where(other => uses.GetValueOrDefault(other) >= LeastUses).ToArray()))
            .Where(pair => pair.others.Length > 0)
            .ToImmutableDictionary(pair => pair.word, pair => pair.others);
    }

    /// <summary>How many words have synonyms.</summary>
    public int Words => _synonyms.Count;

    /// <summary>The caption, said differently.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="random">Random numbers for it alone.</param>
    public string Vary(string caption, CounterRandom random)
    {
        ulong place = 0;
        string said = random.Uniform(place++) < _options.Commands && Contrast.Command(caption) is { } command ? command : caption;
        return CaptionWords.Word().Replace(said, match =>
        {
            float draw = random.Uniform(place++);
            string word = match.Value.ToLowerInvariant();
            if (draw < _options.WordDropout && !IsDecisive(word))
            {
                return "";
            }

            return draw > 1 - _options.Synonyms && _synonyms.TryGetValue(word, out string[]? others) ? others[random.Below(place++, others.Length)] : match.Value;
        });
    }

    // Without these a caption would say something else.
    private static bool IsDecisive(string word) =>
        word is "left" or "right" or "not" or "no" or "without" || Enum.GetValues<ContrastKind>().Any(kind => kind != ContrastKind.Negation && Contrast.Of(kind, word) is not null);
}
