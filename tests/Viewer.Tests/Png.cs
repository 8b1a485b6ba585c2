using System.Buffers.Binary;
using System.IO.Compression;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Tests;

/// <summary>Reads PNG files of eight bits with three or four channels; what is transparent is taken for opaque.</summary>
internal sealed record Png(int Width, int Height, byte[] Pixels)
{
    public static Png Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        (int width, int height, int channels) = (0, 0, 3);
        using MemoryStream packed = new();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string kind = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            ReadOnlySpan<byte> data = file.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                Assert.True(data[8] == 8 && data[9] is 2 or 6, $"{path}: eight bits of three or four channels are read");
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                channels = data[9] == 6 ? 4 : 3;
            }
            else if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        byte[] pixels = new byte[width * height * 3], above = new byte[width * channels], line = new byte[width * channels];
        for (int row = 0; row < height; row++)
        {
            int filter = zlib.ReadByte();
            zlib.ReadExactly(line);
            Unfilter(filter, line, above, channels);
            for (int column = 0; column < width; column++)
            {
                line.AsSpan(column * channels, 3).CopyTo(pixels.AsSpan(3 * ((row * width) + column)));
            }

            (above, line) = (line, above);
        }

        return new Png(width, height, pixels);
    }

    // The filters of section 9 of the PNG specification.
    private static void Unfilter(int filter, byte[] line, byte[] above, int channels)
    {
        for (int at = 0; at < line.Length; at++)
        {
            int left = at < channels ? 0 : line[at - channels], up = above[at], corner = at < channels ? 0 : above[at - channels];
            line[at] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int guess = left + up - corner, byLeft = Math.Abs(guess - left), byUp = Math.Abs(guess - up), byCorner = Math.Abs(guess - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
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
