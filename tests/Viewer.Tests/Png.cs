using System.Buffers.Binary;
using System.IO.Compression;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Tests;

/// <summary>Reads back the PNG files that this project writes: eight bits, three channels, no row filters.</summary>
internal sealed record Png(int Width, int Height, byte[] Pixels)
{
    public static Png Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        (int width, int height) = (0, 0);
        using MemoryStream packed = new();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string kind = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            ReadOnlySpan<byte> data = file.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            }
            else if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        byte[] pixels = new byte[width * height * 3];
        for (int row = 0; row < height; row++)
        {
            Assert.Equal(0, zlib.ReadByte());
            zlib.ReadExactly(pixels.AsSpan(row * width * 3, width * 3));
        }

        return new Png(width, height, pixels);
    }

    public Colour At(int x, int y) => new(Pixels[3 * ((y * Width) + x)], Pixels[(3 * ((y * Width) + x)) + 1], Pixels[(3 * ((y * Width) + x)) + 2]);

    /// <summary>Pixels within a part of the picture that satisfy a condition.</summary>
    public IEnumerable<(int X, int Y)> Where(int left, int top, int right, int bottom, Func<Colour, bool> condition) =>
        from y in Enumerable.Range(top, bottom - top)
        from x in Enumerable.Range(left, right - left)
        where condition(At(x, y))
        select (x, y);

    public static bool IsBlue(Colour colour) => colour.Blue > colour.Red + 40;

    public static bool IsRed(Colour colour) => colour.Red > colour.Blue + 40;
}
