namespace Microsoft.ML.Tokenizers;

/// <summary>What a <see cref="BpeTokenizer"/> is made of.</summary>
/// <param name="vocabulary">Tokens and their ids.</param>
public sealed class BpeOptions(IEnumerable<KeyValuePair<string, int>> vocabulary)
{
    /// <summary>Tokens and their ids.</summary>
    public IEnumerable<KeyValuePair<string, int>> Vocabulary { get; } = vocabulary;

    /// <summary>Pairs of tokens that become one, separated by a space; earlier ones first.</summary>
    public IEnumerable<string>? Merges { get; set; }

    /// <summary>Words that are one token whatever the merges say.</summary>
    public Dictionary<string, int>? SpecialTokens { get; set; }

    /// <summary>What brings text into one form.</summary>
    public Normalizer? Normalizer { get; set; }

    /// <summary>What cuts text into words.</summary>
    public PreTokenizer? PreTokenizer { get; set; }

    /// <summary>What the last token of every word ends in.</summary>
    public string? EndOfWordSuffix { get; set; }

    /// <summary>Whether tokens are made of the bytes of UTF-8, each written as one printable character.</summary>
    public bool ByteLevel { get; set; }
}
