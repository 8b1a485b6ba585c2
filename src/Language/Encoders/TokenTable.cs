using System.Collections.Immutable;
using Motion.Language.Tokens;

namespace Motion.Language.Encoders;

/// <summary>
/// The tokens of CLIP's vocabulary that an encoder has a vector for, by row. One that it has none for is taken apart into those that it was
/// merged from, down to single bytes; a byte without a vector is the unknown token.
/// </summary>
public sealed class TokenTable
{
    /// <summary>The row that fills sequences up.</summary>
    public const int Padding = 0;

    /// <summary>The row of what is unknown.</summary>
    public const int Unknown = 1;

    /// <summary>The row that hides a token which is to be guessed.</summary>
    public const int Mask = 2;

    private const int FirstToken = 3;

    private readonly SentenceTokenizer _tokenizer;
    private readonly Dictionary<int, int> _rows;

    /// <summary>A table of some tokens.</summary>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="tokens">Ids of the tokens, in the order of their rows.</param>
    /// <exception cref="ArgumentException">An id is not of the vocabulary, or is there twice.</exception>
    public TokenTable(SentenceTokenizer tokenizer, IEnumerable<int> tokens)
    {
        _tokenizer = tokenizer;
        Tokens = [.. tokens];
        if (Tokens.Distinct().Count() != Tokens.Length || Tokens.Any(id => id is < 0 or >= SentenceTokenizer.VocabularySize))
        {
            throw new ArgumentException($"{Tokens.Length} tokens; wanted each once, from 0 to {SentenceTokenizer.VocabularySize - 1}", nameof(tokens));
        }

        _rows = Tokens.Select((id, index) => (id, index)).ToDictionary(pair => pair.id, pair => pair.index + FirstToken);
    }

    /// <summary>Ids of its tokens, in the order of their rows.</summary>
    public ImmutableArray<int> Tokens { get; }

    /// <summary>How many rows there are.</summary>
    public int Rows => Tokens.Length + FirstToken;

    /// <summary>Makes a table of the tokens that texts use often enough, and of the bytes of English.</summary>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="least">How often a token must occur.</param>
    public static TokenTable Of(SentenceTokenizer tokenizer, IEnumerable<string> texts, int least)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(texts);
        Dictionary<int, int> counts = [];
        foreach (int id in texts.SelectMany(tokenizer.EncodeToIds))
        {
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        // A single letter or digit, alone and as the last of a word.
        IEnumerable<int> bytes = Enumerable.Range('!', '~' - '!' + 1).SelectMany(code => new[] { code - '!', code - '!' + 256 });
        return new TokenTable(tokenizer, counts.Where(pair => pair.Value >= least && pair.Key < SentenceTokenizer.StartId).Select(pair => pair.Key).Union(bytes).Order());
    }

    /// <summary>Rows of a sentence's tokens.</summary>
    /// <param name="sentence">Any text.</param>
    public int[] RowsOf(string sentence) => [.. _tokenizer.EncodeToIds(sentence).SelectMany(RowsOf)];

    /// <summary>The rows of a token: its own, or those of its parts.</summary>
    /// <param name="id">Its id.</param>
    public IEnumerable<int> RowsOf(int id) =>
        _rows.TryGetValue(id, out int row) ? [row]
        : _tokenizer.PartsOf(id) is var (left, right) ? [.. RowsOf(left), .. RowsOf(right)]
        : [Unknown];

    /// <summary>The rows of a row's two parts; the row itself where it has none: as if the token were not in the table.</summary>
    /// <param name="row">The row.</param>
    public IEnumerable<int> Divided(int row) =>
        row >= FirstToken && _tokenizer.PartsOf(Tokens[row - FirstToken]) is var (left, right) ? [.. RowsOf(left), .. RowsOf(right)] : [row];
}
