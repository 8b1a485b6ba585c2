using System.Text;
using System.Text.Json;

namespace Motion.Sim.Clips.Readers;

/// <summary>JSON read token by token, whose errors know file, line and column.</summary>
internal ref struct JsonText
{
    private const int LongestQuote = 40;
    private readonly ReadOnlySpan<byte> text;
    private readonly string file;
    private readonly int firstLine;
    private Utf8JsonReader reader;

    private JsonText(ReadOnlySpan<byte> text, string file, int firstLine)
    {
        this.text = text;
        this.file = file;
        this.firstLine = firstLine;
        reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = 16 });
    }

    /// <summary>Reads a document.</summary>
    public delegate void Reading(ref JsonText json);

    /// <summary>The current token's bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => reader.ValueSpan;

    /// <summary>The whole of a stream, up to a limit.</summary>
    /// <exception cref="InputException">It is longer than the limit, empty or not UTF-8.</exception>
    public static byte[] ReadAll(Stream stream, string file, ReaderLimits limits)
    {
        byte[] buffer = new byte[1 << 16];
        int filled = 0;
        for (int read; (read = stream.Read(buffer, filled, buffer.Length - filled)) > 0;)
        {
            filled += read;
            if (filled > limits.JsonBytes)
            {
                throw new InputException(file, 0, 0, $"the file is longer than the {limits.JsonBytes} bytes that are read of a JSON file");
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, filled * 2);
            }
        }

        ReadOnlySpan<byte> text = buffer.AsSpan(0, filled);
        if (text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF]))
        {
            throw new InputException(file, 1, 1, "wanted UTF-8 or plain ASCII text, found UTF-16; save the file as UTF-8");
        }

        int mark = text.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;
        return filled > mark ? text[mark..].ToArray() : throw new InputException(file, 1, 1, "the file is empty");
    }

    /// <summary>Reads a whole document with an action; what is no JSON, or goes on after the end, is an error.</summary>
    /// <param name="text">The document, UTF-8.</param>
    /// <param name="file">Name of its file, for errors.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="firstLine">Which line of the file it starts on.</param>
    /// <exception cref="InputException">The text is no JSON, or the action says that it is not what it wants.</exception>
    public static void Read(ReadOnlySpan<byte> text, string file, Reading read, int firstLine = 1)
    {
        JsonText json = new(text, file, firstLine);
        try
        {
            read(ref json);
            if (json.reader.Read())
            {
                throw json.Wrong("wanted the end of the file, found more");
            }
        }
        catch (JsonException failure)
        {
            int line = (int)Math.Min(failure.LineNumber ?? 0, int.MaxValue - 1);
            int column = (int)Math.Min(failure.BytePositionInLine ?? 0, int.MaxValue - 1);
            const string Problem = "this is not JSON: a bracket, quote, comma or number is broken or missing here";
            throw new InputException(file, line + firstLine, column + 1, Problem, failure);
        }
    }

    /// <summary>Goes to the next token; the end of the file is an error.</summary>
    public JsonTokenType Next(string wanted) =>
        reader.Read() ? reader.TokenType : throw Wrong($"wanted {wanted}, found the end of the file");

    /// <summary>Goes to the next token, which must be of a type.</summary>
    public void Expect(JsonTokenType type, string wanted)
    {
        Next(wanted);
        Require(type, wanted);
    }

    /// <summary>Fails unless the current token is of a type.</summary>
    public readonly void Require(JsonTokenType type, string wanted)
    {
        if (reader.TokenType != type)
        {
            throw Wrong($"wanted {wanted}, found {Quoted()}");
        }
    }

    /// <summary>The current token as text: a key or a value.</summary>
    public readonly string Text(string wanted)
    {
        if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
        {
            throw Wrong($"wanted {wanted}, found {Quoted()}");
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong($"wanted {wanted} in UTF-8, found broken letters");
        }
    }

    /// <summary>The current token as a number no further than 1e9 from zero.</summary>
    public readonly double Number()
    {
        Require(JsonTokenType.Number, "a number");
        int taken = TextNumber.Parse(reader.ValueSpan, out double value);
        return taken == reader.ValueSpan.Length && Math.Abs(value) <= TextTokens.Largest ? value
            : throw Wrong($"wanted a number, found {Quoted()}, which is beyond ±1e9");
    }

    /// <summary>The current token as a whole number.</summary>
    public readonly int Whole()
    {
        Require(JsonTokenType.Number, "a whole number");
        return reader.TryGetInt32(out int value) ? value : throw Wrong($"wanted a whole number, found {Quoted()}");
    }

    /// <summary>The current token as a truth value.</summary>
    public readonly bool Truth() => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong($"wanted true or false, found {Quoted()}"),
    };

    /// <summary>Takes the next token if it is a number.</summary>
    public bool TryTakeNumber()
    {
        Utf8JsonReader ahead = reader;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.Number)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>Passes over the value of the current key.</summary>
    public void Skip()
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>The current token for an error.</summary>
    public readonly string Quoted()
    {
        StringBuilder quoted = new();
        foreach (byte letter in reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestQuote)])
        {
            quoted.Append(letter is > 31 and < 127 ? (char)letter : '?');
        }

        return $"'{quoted}{(reader.ValueSpan.Length > LongestQuote ? "…" : "")}'";
    }

    /// <summary>The error for the current token.</summary>
    public readonly InputException Wrong(string problem)
    {
        ReadOnlySpan<byte> before = text[..(int)Math.Min(reader.TokenStartIndex, text.Length)];
        int line = before.Count((byte)'\n');
        int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]);
        return new InputException(file, line + firstLine, column + 1, problem);
    }
}
