using System.Collections.Immutable;

namespace Microsoft.ML.Tokenizers;

/// <summary>
/// The characters that stand for bytes in vocabularies of byte-level tokens (those of GPT-2): printable ones of Latin-1 for themselves, the
/// others, in their order, from U+0100 on.
/// </summary>
internal static class ByteCharacters
{
    /// <summary>The character of each byte.</summary>
    public static ImmutableArray<char> OfBytes { get; } = Make();

    /// <summary>The byte of a character; −1 when it stands for none.</summary>
    public static int ByteOf(char character) => OfBytes.IndexOf(character);

    private static ImmutableArray<char> Make()
    {
        char[] characters = new char[256];
        char next = (char)0x100;
        for (int value = 0; value < 256; value++)
        {
            characters[value] = IsPrintable(value) ? (char)value : next++;
        }

        return [.. characters];
    }

    private static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
}
