using System.Text;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// The lines of a text file as bytes, one at a time, in one buffer no longer than the longest line: LF, CR LF and CR end a line,
/// a UTF-8 mark at the start is passed over.
/// </summary>
internal sealed class TextLines
{
    private const int FirstBuffer = 1 << 16;
    private const int SmallestBuffer = 256;
    private readonly Stream stream;
    private readonly string file;
    private readonly ReaderLimits limits;
    private byte[] buffer;
    private int lineStart;
    private int lineEnd;
    private int nextLine;
    private int filled;
    private long total;
    private bool streamEnded;

    /// <summary>Opens the text and refuses what is no text at all: an empty file, UTF-16 or UTF-32, binary data.</summary>
    public TextLines(Stream stream, string file, ReaderLimits limits)
    {
        (this.stream, this.file, this.limits) = (stream, file, limits);
        buffer = new byte[stream.CanSeek ? (int)Math.Clamp(stream.Length + 1, SmallestBuffer, FirstBuffer) : FirstBuffer];
        Fill();
        ReadOnlySpan<byte> head = buffer.AsSpan(0, filled);
        if (head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF]))
        {
            throw new InputException(file, 1, 1, "wanted UTF-8 or plain ASCII text, found UTF-16; save the file as UTF-8");
        }

        nextLine = head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;
        if (filled == nextLine)
        {
            throw new InputException(file, 1, 1, "the file is empty");
        }

        // The first line is 1 and a zero byte never stands in text: nothing binary gets further than this.
        int zero = head.IndexOf((byte)0);
        if (zero >= 0)
        {
            int line = 1 + head[..zero].Count((byte)'\n');
            int column = zero - head[..zero].LastIndexOf((byte)'\n');
            throw new InputException(file, line, column, "wanted text, found a zero byte: the file is binary or UTF-16");
        }
    }

    /// <summary>Name of the file.</summary>
    public string File => file;

    /// <summary>Number of the line, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Line => buffer.AsSpan(lineStart, lineEnd - lineStart);

    /// <summary>Bytes not read yet, or null when the stream cannot tell.</summary>
    public long? BytesLeft => stream.CanSeek ? stream.Length - stream.Position + filled - nextLine : null;

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool MoveNext()
    {
        int searched = nextLine;
        while (true)
        {
            int found = buffer.AsSpan(searched, filled - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                int end = searched + found;
                if (buffer[end] == '\r' && end + 1 == filled && !streamEnded)
                {
                    // Whether a LF follows decides how many lines this is.
                    searched = Refill(end);
                    continue;
                }

                (lineStart, lineEnd) = (nextLine, end);
                nextLine = end + (buffer[end] == '\r' && end + 1 < filled && buffer[end + 1] == '\n' ? 2 : 1);
                break;
            }

            if (streamEnded)
            {
                if (nextLine == filled)
                {
                    (lineStart, lineEnd) = (filled, filled);
                    return false;
                }

                (lineStart, lineEnd, nextLine) = (nextLine, filled, filled);
                break;
            }

            searched = Refill(filled);
        }

        Number++;
        if (lineEnd - lineStart > limits.LineBytes)
        {
            throw TooLong();
        }

        return true;
    }

    /// <summary>Goes to the next line that is not blank; false at the end.</summary>
    public bool MoveNextFilled()
    {
        while (MoveNext())
        {
            foreach (byte letter in Line)
            {
                if (letter > ' ')
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The error for something at a byte of the line.</summary>
    public InputException Wrong(int position, string problem)
    {
        int column = Encoding.UTF8.GetCharCount(Line[..Math.Clamp(position, 0, Line.Length)]) + 1;
        return new InputException(file, Math.Max(Number, 1), column, problem);
    }

    /// <summary>The error for a file that ends too early.</summary>
    public InputException Ended(string wanted) =>
        Wrong(Line.Length, $"wanted {wanted}, found the end of the file; it is cut short");

    private InputException TooLong() =>
        new(file, Number, limits.LineBytes + 1, $"the line is longer than {limits.LineBytes} bytes");

    /// <summary>Moves the unread part to the front, reads on, and returns where the given position has moved to.</summary>
    private int Refill(int position)
    {
        int kept = filled - nextLine;
        if (kept > limits.LineBytes + 1)
        {
            Number++;
            throw TooLong();
        }

        byte[] target = kept > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(nextLine, kept).CopyTo(target);
        position -= nextLine;
        (buffer, nextLine, filled) = (target, 0, kept);
        Fill();
        return position;
    }

    private void Fill()
    {
        while (filled < buffer.Length)
        {
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                streamEnded = true;
                return;
            }

            filled += read;
            total += read;
            if (total > limits.FileBytes)
            {
                throw new InputException(file, 0, 0, $"the file is longer than {limits.FileBytes} bytes");
            }
        }
    }
}
