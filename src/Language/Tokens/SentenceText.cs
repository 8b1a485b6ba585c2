using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Motion.Language.Tokens;

/// <summary>
/// Brings text into CLIP's form: character references resolved twice, ends trimmed, runs of white space one space, lower case. CLIP also
/// repairs text that was decoded wrongly before; that is left out.
/// </summary>
internal sealed class SentenceText : Normalizer
{
    /// <inheritdoc/>
    public override string Normalize(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        string plain = Trim(CharacterReferences.Resolve(CharacterReferences.Resolve(original)));
        StringBuilder text = new(plain.Length);
        foreach (Rune rune in plain.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                text.Append(rune);
            }
            else if (text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
        }

        return Lower(Trim(text.ToString()));
    }

    /// <inheritdoc/>
    public override string Normalize(ReadOnlySpan<char> original) => Normalize(original.ToString());

    // Python also trims the four separators of information, which are no white space elsewhere.
    private static string Trim(string text)
    {
        static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is >= '\u001C' and <= '\u001F';
        int start = 0;
        int end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    // Unicode's full mapping: a capital I with a dot becomes two characters, and a sigma that ends a word has a form of its own.
    private static string Lower(string text)
    {
        string lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny('\u0130', '\u03A3'))
        {
            return lower;
        }

        StringBuilder exact = new(lower.Length);
        for (int place = 0; place < text.Length; place++)
        {
            exact.Append(text[place] switch
            {
                '\u0130' => "i\u0307",
                '\u03A3' when IsCasedBefore(text, place) && !IsCasedAfter(text, place) => "\u03C2",
                _ => lower[place].ToString(),
            });
        }

        return exact.ToString();
    }

    private static bool IsCasedBefore(string text, int place)
    {
        do
        {
            place--;
        }
        while (place >= 0 && IsPassedOver(text[place]));
        return place >= 0 && IsCased(text[place]);
    }

    private static bool IsCasedAfter(string text, int place)
    {
        do
        {
            place++;
        }
        while (place < text.Length && IsPassedOver(text[place]));
        return place < text.Length && IsCased(text[place]);
    }

    private static bool IsCased(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsPassedOver(char letter) =>
        letter is '\'' or '.' or ':' or '^' or '`' or '\u00B7' or '\u2019'
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
