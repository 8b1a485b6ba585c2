namespace Microsoft.ML.Tokenizers;

/// <summary>Turns text into the ids of its tokens and back.</summary>
public abstract class Tokenizer
{
    /// <summary>Ids of the tokens of a text, in their order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="considerPreTokenization">Whether the text is first cut into words.</param>
    /// <param name="considerNormalization">Whether the text is first normalised.</param>
    public abstract IReadOnlyList<int> EncodeToIds(string text, bool considerPreTokenization = true, bool considerNormalization = true);

    /// <summary>The text of tokens.</summary>
    /// <param name="ids">Their ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no token of an id.</exception>
    public abstract string? Decode(IEnumerable<int> ids);
}

/// <summary>Brings text into one form before it is cut.</summary>
public abstract class Normalizer
{
    /// <summary>The text in that form.</summary>
    public abstract string Normalize(string original);

    /// <summary>The text in that form.</summary>
    public abstract string Normalize(ReadOnlySpan<char> original);
}

/// <summary>Cuts text into words, which tokens never reach across.</summary>
public abstract class PreTokenizer
{
    /// <summary>Where words begin and how long they are, in their order.</summary>
    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(string text);

    /// <summary>Where words begin and how long they are, in their order.</summary>
    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text);
}
