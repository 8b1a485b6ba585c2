using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Motion.Sim.Clips.Npz;

/// <summary>
/// The header of an .npy array: a Python literal such as <c>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// </summary>
internal sealed record NpyHeader(NpyKind Kind, int ElementBytes, bool IsBigEndian, bool IsFortran, ImmutableArray<int> Shape)
{
    private const int MostAxes = 8;
    private const int LongestText = 1 << 16;

    /// <summary>Bytes of the whole array.</summary>
    public long DataBytes => Shape.Aggregate((long)ElementBytes, (product, length) => product * length);

    /// <summary>Reads the literal.</summary>
    /// <param name="text">The header's text.</param>
    /// <param name="mostBytes">Bytes that the array may have at most.</param>
    /// <exception cref="FormatException">It is no such literal, or of a kind that is not read; the message says which.</exception>
    public static NpyHeader Parse(string text, long mostBytes)
    {
        string? descriptor = null;
        bool? fortran = null;
        ImmutableArray<int>? shape = null;
        Literal literal = new(text);
        literal.Take('{');
        while (!literal.TryTake('}'))
        {
            string key = literal.Text();
            literal.Take(':');
            switch (key)
            {
                case "descr" when descriptor is null:
                    descriptor = literal.Text();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = literal.Truth();
                    break;
                case "shape" when shape is null:
                    shape = literal.Lengths();
                    break;
                default:
                    throw new FormatException($"its header has an unknown or repeated key '{key}'");
            }

            if (!literal.TryTake(','))
            {
                literal.Take('}');
                break;
            }
        }

        if (descriptor is null || fortran is null || shape is null)
        {
            throw new FormatException("its header lacks one of descr, fortran_order and shape");
        }

        NpyHeader header = OfDescriptor(descriptor) with { IsFortran = fortran.Value, Shape = shape.Value };
        decimal bytes = header.Shape.Aggregate(
            (decimal)Math.Max(1, header.ElementBytes), (product, length) => Math.Min(product * length, mostBytes + 1));
        return bytes <= mostBytes || header.Shape.Contains(0) ? header
            : throw new FormatException($"its shape ({string.Join(", ", header.Shape)}) asks for more than {mostBytes} bytes");
    }

    private static NpyHeader OfDescriptor(string descriptor)
    {
        char order = descriptor.Length > 2 ? descriptor[0] : '?';
        if (descriptor is "|O" or "O")
        {
            throw new FormatException(
                "it holds pickled Python objects, which are never read; save it again as numbers or fixed-length text");
        }

        int size = 0;
        bool known = order is '<' or '>' or '|' or '='
            && int.TryParse(descriptor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out size);
        (NpyKind Kind, int Bytes)? type = (known ? descriptor[1] : '?') switch
        {
            'f' when size is 2 or 4 or 8 => (NpyKind.Float, size),
            'i' when size is 1 or 2 or 4 or 8 => (NpyKind.Signed, size),
            'u' when size is 1 or 2 or 4 or 8 => (NpyKind.Unsigned, size),
            'b' when size is 1 => (NpyKind.Unsigned, size),
            'U' when size is >= 0 and <= LongestText => (NpyKind.Text, size * 4),
            'S' when size is >= 0 and <= LongestText => (NpyKind.Bytes, size),
            _ => null,
        };
        return type is { } found ? new NpyHeader(found.Kind, found.Bytes, order == '>', false, [])
            : throw new FormatException(
                $"its element type '{Printable(descriptor)}' is not read; wanted f2, f4, f8, whole numbers or fixed-length text");
    }

    private static string Printable(string text)
    {
        StringBuilder kept = new();
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, 24)))
        {
            kept.Append(char.IsControl(letter) ? '?' : letter);
        }

        return kept.ToString();
    }

    /// <summary>A cursor over the few Python literals that headers consist of.</summary>
    private sealed class Literal(string text)
    {
        private int position;

        public void Take(char wanted)
        {
            if (!TryTake(wanted))
            {
                throw Wrong($"'{wanted}'");
            }
        }

        public bool TryTake(char wanted)
        {
            while (position < text.Length && text[position] is ' ' or '\t' or '\n')
            {
                position++;
            }

            if (position < text.Length && text[position] == wanted)
            {
                position++;
                return true;
            }

            return false;
        }

        public string Text()
        {
            char quote = TryTake('"') ? '"' : '\'';
            if (quote == '\'')
            {
                Take('\'');
            }

            int end = text.IndexOf(quote, position);
            if (end < 0)
            {
                throw Wrong("a closing quote");
            }

            string value = text[position..end];
            position = end + 1;
            return Printable(value);
        }

        public bool Truth()
        {
            bool isTrue = TryTake('T');
            if (!isTrue)
            {
                Take('F');
            }

            foreach (char letter in isTrue ? "rue" : "alse")
            {
                Take(letter);
            }

            return isTrue;
        }

        public ImmutableArray<int> Lengths()
        {
            List<int> lengths = [];
            Take('(');
            while (!TryTake(')'))
            {
                int start = position;
                while (position < text.Length && char.IsAsciiDigit(text[position]))
                {
                    position++;
                }

                if (!int.TryParse(text.AsSpan(start, position - start), out int length) || lengths.Count == MostAxes)
                {
                    throw Wrong($"at most {MostAxes} lengths below 2^31");
                }

                lengths.Add(length);
                if (!TryTake(','))
                {
                    Take(')');
                    break;
                }
            }

            return [.. lengths];
        }

        private FormatException Wrong(string wanted) => new($"its header wanted {wanted} at letter {position + 1}");
    }
}
