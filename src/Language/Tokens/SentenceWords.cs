using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Motion.Language.Tokens;

/// <summary>
/// Cuts text into words as CLIP does: its two marks, English contractions, runs of letters, single digits, runs of what is left; white
/// space falls away. Letters and digits beyond the basic plane count as such.
/// </summary>
internal sealed class SentenceWords : PreTokenizer
{
    private static readonly string[] Whole = [SentenceTokenizer.StartMark, SentenceTokenizer.EndMark, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int start = 0; start < text.Length;)
        {
            int length = LengthAt(text.AsSpan(start), out bool isWord);
            if (isWord)
            {
                yield return (start, length);
            }

            start += length;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    private static int LengthAt(ReadOnlySpan<char> text, out bool isWord)
    {
        isWord = true;
        foreach (string word in Whole)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return word.Length;
            }
        }

        Kind kind = KindAt(text, out int length);
        isWord = kind != Kind.Space;
        while (kind is Kind.Letter or Kind.Other && length < text.Length && KindAt(text[length..], out int more) == kind)
        {
            length += more;
        }

        return length;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out length);
        return Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }
}
