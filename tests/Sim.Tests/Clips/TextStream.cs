using System.Text;

namespace Motion.Sim.Tests.Clips;

/// <summary>Text that is made part by part as it is read, and given no faster; it cannot seek.</summary>
internal sealed class TextStream(IEnumerable<string> parts) : Stream
{
    private readonly IEnumerator<string> part = parts.GetEnumerator();
    private byte[] bytes = [];
    private int position;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (position == bytes.Length)
        {
            if (!part.MoveNext())
            {
                return 0;
            }

            (bytes, position) = (Encoding.UTF8.GetBytes(part.Current), 0);
        }

        int taken = Math.Min(count, bytes.Length - position);
        bytes.AsSpan(position, taken).CopyTo(buffer.AsSpan(offset));
        position += taken;
        BytesRead += taken;
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        part.Dispose();
        base.Dispose(disposing);
    }
}
