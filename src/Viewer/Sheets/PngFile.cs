using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Motion.Viewer.Sheets;

/// <summary>Writes images as PNG (ISO/IEC 15948), without any library beside .NET's zlib.</summary>
public static class PngFile
{
    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes an image, whole or not at all.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="pixels">Red, green, blue from the top left: [height × width × 3].</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, int width, int height, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height * 3);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(s_signature);
            byte[] header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
            (header[8], header[9]) = (8, 2);
            WriteChunk(stream, "IHDR", header);
            WriteChunk(stream, "IDAT", Compress(width, height, pixels.Span));
            WriteChunk(stream, "IEND", []);
        });
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row * width * 3, width * 3));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream stream, string kind, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Checksum(chunk.AsSpan(4, 4 + data.Length)));
        stream.Write(chunk);
    }

    // The cyclic redundancy check of annex D, bit by bit: images are small.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint check = uint.MaxValue;
        foreach (byte value in data)
        {
            check ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                check = (check & 1) == 0 ? check >> 1 : (check >> 1) ^ 0xEDB88320;
            }
        }

        return ~check;
    }
}
