using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>
/// Byte-pair encoding (Sennrich, Haddow and Birch: "Neural Machine Translation of Rare Words with Subword Units", 2016): a word starts as
/// single symbols, and the pair that comes first in the list of merges becomes one until none is left. The time that takes grows with
/// n log n of a word's length.
/// </summary>
public sealed class BpeTokenizer : Tokenizer
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<int, string> _tokens;
    private readonly Dictionary<(int Left, int Right), (int Rank, int Whole)> _merges = [];
    private readonly Dictionary<string, int> _special;
    private readonly Normalizer? _normalizer;
    private readonly PreTokenizer? _preTokenizer;
    private readonly string _suffix;

    private BpeTokenizer(BpeOptions options)
    {
        _ids = options.Vocabulary.ToDictionary(StringComparer.Ordinal);
        _special = options.SpecialTokens is { } special ? new(special, StringComparer.Ordinal) : [];
        _tokens = _ids.Concat(_special).DistinctBy(token => token.Value).ToDictionary(token => token.Value, token => token.Key);
        (_normalizer, _preTokenizer, _suffix) = (options.Normalizer, options.PreTokenizer, options.EndOfWordSuffix ?? "");
        foreach (string merge in options.Merges ?? [])
        {
            string[] parts = merge.Split(' ');
            if (parts.Length != 2 || !_ids.TryGetValue(parts[0], out int left) || !_ids.TryGetValue(parts[1], out int right) || !_ids.TryGetValue(parts[0] + parts[1], out int whole))
            {
                throw new ArgumentException($"merge {_merges.Count + 1} is '{merge}'; wanted two tokens of the vocabulary that together are one", nameof(options));
            }

            _merges.TryAdd((left, right), (_merges.Count, whole));
        }
    }

    /// <summary>Makes one. Only byte-level vocabularies are taken.</summary>
    /// <exception cref="ArgumentException">A merge is not of the vocabulary, or a byte has no token.</exception>
    public static BpeTokenizer Create(BpeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ByteLevel ? new BpeTokenizer(options) : throw new ArgumentException("only byte-level vocabularies are taken", nameof(options));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> EncodeToIds(string text, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (considerNormalization && _normalizer is not null)
        {
            text = _normalizer.Normalize(text);
        }

        List<int> ids = [];
        if (!considerPreTokenization || _preTokenizer is null)
        {
            AddWord(text, ids);
            return ids;
        }

        foreach ((int offset, int length) in _preTokenizer.PreTokenize(text))
        {
            AddWord(text.AsSpan(offset, length), ids);
        }

        return ids;
    }

    /// <inheritdoc/>
    public override string? Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            string token = _tokens.TryGetValue(id, out string? found) ? found : throw new ArgumentOutOfRangeException(nameof(ids), id, "there is no such token");
            if (_special.ContainsKey(token))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(token));
                continue;
            }

            bool ends = _suffix.Length > 0 && token.EndsWith(_suffix, StringComparison.Ordinal);
            bytes.AddRange((ends ? token[..^_suffix.Length] : token).Select(character => (byte)ByteCharacters.ByteOf(character)));
            if (ends)
            {
                bytes.Add((byte)' ');
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).TrimEnd(' ');
    }

    private void AddWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.IsEmpty)
        {
            return;
        }

        if (_special.TryGetValue(word.ToString(), out int special))
        {
            ids.Add(special);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(word.ToString());
        int[] symbols = new int[bytes.Length];
        for (int place = 0; place < bytes.Length; place++)
        {
            symbols[place] = _ids[ByteCharacters.OfBytes[bytes[place]] + (place + 1 == bytes.Length ? _suffix : "")];
        }

        Merge(symbols, ids);
    }

    // A list linked by places, and a queue of its pairs by rank and then from the left. A pair whose symbols have since changed is stale.
    private void Merge(int[] symbols, List<int> ids)
    {
        int count = symbols.Length;
        int[] next = [.. Enumerable.Range(1, count)];
        int[] previous = [.. Enumerable.Range(-1, count)];
        PriorityQueue<(int Left, int Right), (int Rank, int Place)> pairs = new();
        void Offer(int place)
        {
            if (place >= 0 && next[place] < count && _merges.TryGetValue((symbols[place], symbols[next[place]]), out (int Rank, int Whole) merge))
            {
                pairs.Enqueue((symbols[place], symbols[next[place]]), (merge.Rank, place));
            }
        }

        for (int place = 0; place < count; place++)
        {
            Offer(place);
        }

        while (pairs.TryDequeue(out (int Left, int Right) pair, out (int Rank, int Place) at))
        {
            int place = at.Place;
            if (symbols[place] != pair.Left || next[place] >= count || symbols[next[place]] != pair.Right)
            {
                continue;
            }

            int gone = next[place];
            symbols[place] = _merges[pair].Whole;
            symbols[gone] = -1;
            next[place] = next[gone];
            if (next[place] < count)
            {
                previous[next[place]] = place;
            }

            Offer(previous[place]);
            Offer(place);
        }

        for (int place = 0; place < count; place = next[place])
        {
            ids.Add(symbols[place]);
        }
    }
}
