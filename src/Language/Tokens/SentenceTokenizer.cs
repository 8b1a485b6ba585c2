using System.IO.Compression;
using Microsoft.ML.Tokenizers;

namespace Motion.Language.Tokens;

/// <summary>
/// CLIP's tokens (Radford et al.: "Learning Transferable Visual Models From Natural Language Supervision", 2021), id for id: byte-pair encoding
/// over 49,408 tokens, from the vocabulary that is built into the program.
/// </summary>
public sealed class SentenceTokenizer
{
    /// <summary>What a sequence begins with.</summary>
    public const string StartMark = "<|startoftext|>";

    /// <summary>What a sequence ends with.</summary>
    public const string EndMark = "<|endoftext|>";

    /// <summary>Id of <see cref="StartMark"/>.</summary>
    public const int StartId = 49_406;

    /// <summary>Id of <see cref="EndMark"/>.</summary>
    public const int EndId = 49_407;

    /// <summary>How many ids there are.</summary>
    public const int VocabularySize = 49_408;

    /// <summary>How many ids CLIP's text model reads at most, marks included.</summary>
    public const int ContextLength = 77;

    private const string EndOfWord = "</w>";

    private readonly Tokenizer _tokenizer;
    private readonly (int Left, int Right)[] _parts;

    private SentenceTokenizer(Tokenizer tokenizer, (int Left, int Right)[] parts) => (_tokenizer, _parts) = (tokenizer, parts);

    /// <summary>Makes the tokenizer.</summary>
    public static SentenceTokenizer Create()
    {
        string[] merges = ReadMerges();
        // Bytes that are printable in Latin-1 stand for themselves, the other 68 are written as U+0100 and up.
        string[] bytes = [.. Enumerable.Range('!', 0x144 - '!').Where(code => code is <= '~' or (>= 0xA1 and not 0xAD)).Select(code => ((char)code).ToString())];
        string[] tokens = [.. bytes, .. bytes.Select(symbol => symbol + EndOfWord), .. merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal))];
        Dictionary<string, int> ids = new(VocabularySize, StringComparer.Ordinal);
        foreach (string token in tokens)
        {
            ids.Add(token, ids.Count);
        }

        (int, int)[] parts = new (int, int)[tokens.Length];
        for (int merge = 0; merge < merges.Length; merge++)
        {
            string[] pair = merges[merge].Split(' ');
            parts[512 + merge] = (ids[pair[0]], ids[pair[1]]);
        }

        return new SentenceTokenizer(
            BpeTokenizer.Create(new BpeOptions(ids)
            {
                Merges = merges,
                SpecialTokens = new() { [StartMark] = StartId, [EndMark] = EndId },
                Normalizer = new SentenceText(),
                PreTokenizer = new SentenceWords(),
                EndOfWordSuffix = EndOfWord,
                ByteLevel = true,
            }),
            parts);
    }

    /// <summary>Ids of a text's tokens without marks, however many there are.</summary>
    /// <param name="text">Any text; half a surrogate pair counts as U+FFFD.</param>
    public IReadOnlyList<int> EncodeToIds(string text) => _tokenizer.EncodeToIds(text);

    /// <summary>What CLIP's text model reads: the start mark, the text, the end mark; of a text that is too long the first 75 ids.</summary>
    /// <param name="text">Any text.</param>
    public int[] EncodeForModel(string text)
    {
        IReadOnlyList<int> ids = EncodeToIds(text);
        return [StartId, .. ids.Take(ContextLength - 2), EndId];
    }

    /// <summary>The text of tokens, in CLIP's normal form: words a space apart, lower case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no token of an id.</exception>
    public string Decode(IEnumerable<int> ids) => _tokenizer.Decode(ids) ?? "";

    /// <summary>The two tokens that one was merged from; null for bytes and marks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public (int Left, int Right)? PartsOf(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, VocabularySize);
        return id is < 512 or >= StartId ? null : _parts[id];
    }

    private static string[] ReadMerges()
    {
        using Stream packed = typeof(SentenceTokenizer).Assembly.GetManifestResourceStream("Motion.Language.clip_merges.txt.gz")!;
        using StreamReader text = new(new GZipStream(packed, CompressionMode.Decompress));
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }
}
