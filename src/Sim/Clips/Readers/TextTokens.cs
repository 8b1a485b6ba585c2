using System.Text;

namespace Motion.Sim.Clips.Readers;

/// <summary>Words and numbers of a text file across its lines; braces are words of their own even when nothing parts them.</summary>
internal sealed class TextTokens(TextLines lines)
{
    /// <summary>Numbers further from zero than this are refused: they are no lengths or angles of a body.</summary>
    public const double Largest = 1e9;

    private const int LongestQuote = 40;
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int start;
    private int end;

    /// <summary>The lines below.</summary>
    public TextLines Lines { get; } = lines;

    /// <summary>The word, as bytes of the current line.</summary>
    public ReadOnlySpan<byte> Token => Lines.Line[start..end];

    /// <summary>Goes to the next word, on the next line if need be; false at the end of the file.</summary>
    public bool MoveNext()
    {
        while (!MoveNextInLine())
        {
            if (!MoveNextLine())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Goes to the next word of this line; false at its end.</summary>
    public bool MoveNextInLine()
    {
        ReadOnlySpan<byte> line = Lines.Line;
        int position = end;
        while (position < line.Length && line[position] <= ' ')
        {
            position++;
        }

        start = end = position;
        if (position == line.Length)
        {
            return false;
        }

        do
        {
            end++;
        }
        while (end < line.Length && line[end] > ' ' && !IsBrace(line[end]) && !IsBrace(line[start]));
        return true;
    }

    /// <summary>Goes to the start of the next line that is not blank; false at the end of the file.</summary>
    public bool MoveNextLine()
    {
        start = end = 0;
        return Lines.MoveNextFilled();
    }

    /// <summary>Goes to the next word and fails at the end of the file.</summary>
    public void Require(string wanted)
    {
        if (!MoveNext())
        {
            throw Lines.Ended(wanted);
        }
    }

    /// <summary>Whether the word is this one, whatever its case; the given word is in lower case.</summary>
    public bool Is(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(Token, word);

    /// <summary>Takes an expected word.</summary>
    public void Expect(ReadOnlySpan<byte> word)
    {
        string wanted = Encoding.ASCII.GetString(word).ToUpperInvariant();
        Require(wanted);
        if (!Is(word))
        {
            throw Wrong($"wanted {wanted}, found {Quoted()}");
        }
    }

    /// <summary>
    /// Takes a label at the start of the word with the colon after it, which may touch it, stand apart or be missing; what
    /// touches the label (<c>Frames:12</c>) is left as the next word.
    /// </summary>
    /// <returns>Whether the word starts with that label, which is given in lower case.</returns>
    public bool TakeLabel(ReadOnlySpan<byte> label)
    {
        ReadOnlySpan<byte> token = Token;
        if (token.Length < label.Length || !Ascii.EqualsIgnoreCase(token[..label.Length], label)
            || (token.Length > label.Length && token[label.Length] != ':'))
        {
            return false;
        }

        end = start + Math.Min(label.Length + 1, token.Length);
        if (token.Length == label.Length && Lines.Line[end..].TrimStart(" \t"u8) is [(byte)':', ..])
        {
            end += Lines.Line[end..].IndexOf((byte)':') + 1;
        }

        return true;
    }

    /// <summary>The next word as a number.</summary>
    public double Number(string wanted)
    {
        Require(wanted);
        return TokenNumber(wanted);
    }

    /// <summary>The current word as a number.</summary>
    public double TokenNumber(string wanted)
    {
        int taken = TextNumber.Parse(Token, out double value);
        return taken == Token.Length && Math.Abs(value) <= Largest ? value : throw WrongNumber(wanted, start);
    }

    /// <summary>The next word as a whole number.</summary>
    public long Whole(string wanted)
    {
        Require(wanted);
        return TextNumber.TryWhole(Token, out long value) ? value : throw Wrong($"wanted {wanted}, found {Quoted()}");
    }

    /// <summary>A name: the rest of the line without a brace at its end, spaces inside it kept.</summary>
    public string Name(string wanted)
    {
        if (!MoveNextInLine() || IsBrace(Token[0]))
        {
            throw Wrong($"wanted {wanted}, found none");
        }

        ReadOnlySpan<byte> line = Lines.Line;
        int stop = line[start..].IndexOfAny((byte)'{', (byte)'}');
        stop = stop < 0 ? line.Length : start + stop;
        while (line[stop - 1] <= ' ')
        {
            stop--;
        }

        end = stop;
        return TokenText(wanted);
    }

    /// <summary>The word as text; bytes that are not UTF-8 and control characters are refused.</summary>
    public string TokenText(string wanted)
    {
        string text;
        try
        {
            text = StrictText.GetString(Token);
        }
        catch (DecoderFallbackException failure)
        {
            string found = $"byte 0x{failure.BytesUnknown![0]:X2}";
            throw Lines.Wrong(start + failure.Index, $"wanted {wanted} in UTF-8, found {found}; save the file as UTF-8");
        }

        return text.Any(char.IsControl) ? throw Wrong($"wanted {wanted}, found a control character in {Quoted()}") : text;
    }

    /// <summary>
    /// Reads numbers that fill the current line, from its start.
    /// </summary>
    /// <param name="numbers">Where they go: [channel].</param>
    /// <param name="frame">Which frame it is, from 0, for the error.</param>
    public void Row(Span<double> numbers, int frame)
    {
        ReadOnlySpan<byte> line = Lines.Line;
        int position = 0;
        int count = 0;
        while (true)
        {
            while (position < line.Length && line[position] <= ' ')
            {
                position++;
            }

            if (position == line.Length)
            {
                break;
            }

            int taken = TextNumber.Parse(line[position..], out double value);
            int next = position + taken;
            if (taken == 0 || (next < line.Length && line[next] > ' ') || !(Math.Abs(value) <= Largest))
            {
                throw WrongNumber($"a number in frame {frame + 1}", position);
            }

            if (count == numbers.Length)
            {
                throw Lines.Wrong(position, $"frame {frame + 1} has more than the {numbers.Length} numbers that the channels ask for");
            }

            numbers[count++] = value;
            position = next;
        }

        if (count < numbers.Length)
        {
            throw Lines.Wrong(line.Length, $"frame {frame + 1} has {count} numbers, the channels ask for {numbers.Length}");
        }
    }

    /// <summary>The error for the current word.</summary>
    public InputException Wrong(string problem) => Lines.Wrong(start, problem);

    /// <summary>The current word for an error: quoted, unprintable letters as question marks, cut when long.</summary>
    public string Quoted() => Quoted(Token);

    private static string Quoted(ReadOnlySpan<byte> text)
    {
        bool cut = text.Length > LongestQuote;
        Span<char> letters = stackalloc char[Math.Min(text.Length, LongestQuote)];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = text[i] is > 31 and < 127 ? (char)text[i] : '?';
        }

        return $"'{letters}{(cut ? "…" : "")}'";
    }

    private InputException WrongNumber(string wanted, int position)
    {
        ReadOnlySpan<byte> text = Lines.Line[position..];
        int length = 0;
        while (length < text.Length && text[length] > ' ')
        {
            length++;
        }

        text = text[..length];
        int taken = TextNumber.Parse(text, out double value);
        string found = $"wanted {wanted}, found {Quoted(text)}";
        bool comma = taken > 0 && taken < length && text[taken] == ',' && length > taken + 1 && (uint)(text[taken + 1] - '0') <= 9;
        bool word = taken < length;
        return Lines.Wrong(position, comma ? $"{found}: decimals are written with a point, not a comma"
            : word && IsNotFinite(text) ? $"{found}, which is not finite; repair the recording"
            : word ? found
            : $"{found}, which is beyond ±1e9");
    }

    private static bool IsNotFinite(ReadOnlySpan<byte> text)
    {
        string lower = Encoding.ASCII.GetString(text).ToLowerInvariant();
        return lower.Contains("nan", StringComparison.Ordinal) || lower.Contains("inf", StringComparison.Ordinal)
            || lower.Contains("#ind", StringComparison.Ordinal);
    }

    private static bool IsBrace(byte letter) => letter is (byte)'{' or (byte)'}';
}
