using System.Buffers.Text;
using System.Globalization;

namespace Motion.Sim.Clips.Readers;

/// <summary>Decimal numbers in bytes of text; no locale ever plays a part.</summary>
internal static class TextNumber
{
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number from the start of the text.</summary>
    /// <returns>How many bytes it took; 0 when no number starts there.</returns>
    public static int Parse(ReadOnlySpan<byte> text, out double value)
    {
        int position = 0;
        bool negative = false;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            negative = text[0] == '-';
            position = 1;
        }

        ulong digits = 0;
        int first = position;
        position = Digits(text, position, ref digits);
        int count = position - first;
        int exponent = 0;
        if (position < text.Length && text[position] == '.')
        {
            int fraction = position + 1;
            position = Digits(text, fraction, ref digits);
            exponent = fraction - position;
            count -= exponent;
        }

        if (count == 0)
        {
            value = 0;
            return 0;
        }

        if (position < text.Length && (text[position] | 0x20) == 'e')
        {
            int taken = Exponent(text[(position + 1)..], out int written);
            exponent += written;
            position += taken == 0 ? 0 : taken + 1;
        }

        // Fifteen digits and a power of ten up to 22 are exact doubles, so one division or product rounds once, correctly.
        if (count <= 15 && exponent is >= -22 and <= 22)
        {
            double magnitude = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
            value = negative ? -magnitude : magnitude;
            return position;
        }

        return double.TryParse(text[..position], NumberStyles.Float, CultureInfo.InvariantCulture, out value) ? position : 0;
    }

    /// <summary>Reads a whole number that fills the text.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int taken) && taken == text.Length;

    private static int Digits(ReadOnlySpan<byte> text, int position, ref ulong digits)
    {
        while (position < text.Length)
        {
            uint digit = (uint)(text[position] - '0');
            if (digit > 9)
            {
                break;
            }

            // Past nineteen digits this overflows; such numbers take the slow way, which looks at the text again.
            digits = (digits * 10) + digit;
            position++;
        }

        return position;
    }

    private static int Exponent(ReadOnlySpan<byte> text, out int value)
    {
        int position = text.Length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        int first = position;
        value = 0;
        while (position < text.Length && (uint)(text[position] - '0') <= 9)
        {
            value = Math.Min((value * 10) + text[position] - '0', 100_000);
            position++;
        }

        if (text.Length > 0 && text[0] == '-')
        {
            value = -value;
        }

        return position == first ? 0 : position;
    }
}
