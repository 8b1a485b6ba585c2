using System.Text.RegularExpressions;

namespace Motion.Distillation.Embedding;

/// <summary>
/// What training takes from Princeton's WordNet (Debian's <c>wordnet-base</c>): for verbs, adverbs and adjectives the other words of their most common
/// sense, and the example sentences, which are about anything at all.
/// </summary>
public sealed partial class WordNet
{
    /// <summary>Where Debian puts it.</summary>
    public const string DefaultFolder = "/usr/share/wordnet";

    private static readonly string[] Parts = ["verb", "adv", "adj"];

    // The most common senses of these are not what captions mean, or their company is.
    private static readonly HashSet<string> Kept = ["is", "are", "was", "be", "has", "have", "does", "do", "not", "no", "right", "left", "back", "up", "down", "forward", "backward", "backwards", "forwards", "then", "there", "here", "so", "as", "still", "just"];

    private readonly Dictionary<string, string[]> _synonyms = new(StringComparer.Ordinal);

    private WordNet(IReadOnlyList<string> examples) => Examples = examples;

    /// <summary>Example sentences, each once, in the order of the files.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Reads it; null when it is not there.</summary>
    /// <param name="folder">The folder with <c>index.verb</c>, <c>data.verb</c> and so on.</param>
    /// <exception cref="InputException">A file is not WordNet's.</exception>
    public static WordNet? Open(string folder = DefaultFolder)
    {
        if (!Parts.All(part => File.Exists(Path.Combine(folder, $"index.{part}")) && File.Exists(Path.Combine(folder, $"data.{part}"))))
        {
            return null;
        }

        List<string> examples = [];
        List<(string Index, Dictionary<string, string[]> Senses)> parts = [];
        foreach (string part in Parts)
        {
            Dictionary<string, string[]> senses = new(StringComparer.Ordinal);
            foreach (string line in File.ReadLines(Path.Combine(folder, $"data.{part}")).Where(line => line.Length > 0 && line[0] != ' '))
            {
                string[] fields = line.Split(' ');
                if (fields.Length < 6 || !int.TryParse(fields[3], System.Globalization.NumberStyles.HexNumber, null, out int words) || fields.Length < 4 + (2 * words))
                {
                    throw new InputException(Path.Combine(folder, $"data.{part}"), 0, 0, $"is not WordNet's: '{line[..Math.Min(60, line.Length)]}'");
                }

                senses[fields[0]] = [.. Enumerable.Range(0, words).Select(word => fields[4 + (2 * word)]).Where(IsPlain)];
                examples.AddRange(Example().Matches(line).Select(match => match.Groups[1].Value).Where(text => text.Count(letter => letter == ' ') >= 2));
            }

            parts.Add((Path.Combine(folder, $"index.{part}"), senses));
        }

        WordNet made = new([.. examples.Distinct()]);
        foreach ((string index, Dictionary<string, string[]> senses) in parts)
        {
            made.Add(index, senses);
        }

        return made;
    }

    /// <summary>Words that can stand for a word, in its form; none when WordNet knows none.</summary>
    /// <param name="word">A lower-case word: "walks", "quickly".</param>
    public IEnumerable<string> SynonymsOf(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Kept.Contains(word))
        {
            return [];
        }

        if (_synonyms.TryGetValue(word, out string[]? same))
        {
            return same;
        }

        return Lemmas(word).Where(pair => _synonyms.ContainsKey(pair.Lemma)).Take(1)
            .SelectMany(pair => _synonyms[pair.Lemma].Select(other => Inflect(other, pair.Ending)));
    }

    private void Add(string index, Dictionary<string, string[]> senses)
    {
        foreach (string line in File.ReadLines(index).Where(line => line.Length > 0 && line[0] != ' '))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // lemma pos senses pointers [pointer …] senses tagged offset …
            if (!IsPlain(fields[0]) || !int.TryParse(fields[3], out int pointers) || fields.Length <= 6 + pointers)
            {
                continue;
            }

            string[] others = senses.TryGetValue(fields[6 + pointers], out string[]? words) ? [.. words.Where(word => word != fields[0])] : [];
            if (others.Length > 0)
            {
                _synonyms.TryAdd(fields[0], others);
            }
        }
    }

    private static IEnumerable<(string Lemma, string Ending)> Lemmas(string word)
    {
        if (word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5)
        {
            yield return (word[..^3], "ing");
            yield return (word[..^3] + "e", "ing");
            yield return (word[..^4], "ing");
        }
        else if (word.EndsWith('s') && word.Length > 3 && !word.EndsWith("ss", StringComparison.Ordinal))
        {
            yield return (word[..^1], "s");
            yield return (word[..^2], "s");
        }
    }

    private static string Inflect(string verb, string ending) => ending switch
    {
        "ing" => verb.EndsWith('e') && !verb.EndsWith("ee", StringComparison.Ordinal) ? verb[..^1] + "ing" : verb + "ing",
        _ => verb.EndsWith('s') || verb.EndsWith('x') || verb.EndsWith("ch", StringComparison.Ordinal) || verb.EndsWith("sh", StringComparison.Ordinal) ? verb + "es" : verb + "s",
    };

    private static bool IsPlain(string word) => word.Length > 2 && word.All(char.IsAsciiLetterLower);

    [GeneratedRegex("\"([^\"]{8,90})\"", RegexOptions.CultureInvariant)]
    private static partial Regex Example();
}
