namespace Motion.Viewer.Sheets;

/// <summary>An image in memory with a depth for each pixel; smaller depths are nearer and win.</summary>
internal sealed class Picture
{
    private readonly float[] _depth;

    public Picture(int width, int height)
    {
        (Width, Height) = (width, height);
        Pixels = new byte[width * height * 3];
        _depth = new float[width * height];
        for (int at = 0; at < Pixels.Length; at += 3)
        {
            (Pixels[at], Pixels[at + 1], Pixels[at + 2]) = (Colour.Paper.Red, Colour.Paper.Green, Colour.Paper.Blue);
        }

        Array.Fill(_depth, float.PositiveInfinity);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green, blue: [height × width × 3].</summary>
    public byte[] Pixels { get; }

    /// <summary>Sets a pixel unless something nearer is there already; outside the image nothing happens.</summary>
    public void Set(int x, int y, Colour colour, float depth = float.NegativeInfinity)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height || _depth[(y * Width) + x] < depth)
        {
            return;
        }

        int at = (y * Width) + x;
        _depth[at] = depth;
        (Pixels[3 * at], Pixels[(3 * at) + 1], Pixels[(3 * at) + 2]) = (colour.Red, colour.Green, colour.Blue);
    }

    public void Fill(int left, int top, int width, int height, Colour colour)
    {
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                Set(x, y, colour);
            }
        }
    }

    /// <summary>A line of round dots.</summary>
    public void Line(float x0, float y0, float x1, float y1, Colour colour, float thickness = 1, float depth = float.NegativeInfinity)
    {
        int steps = Math.Max(1, (int)MathF.Ceiling(2 * MathF.Max(MathF.Abs(x1 - x0), MathF.Abs(y1 - y0))));
        for (int step = 0; step <= steps; step++)
        {
            float share = (float)step / steps;
            Dot(x0 + (share * (x1 - x0)), y0 + (share * (y1 - y0)), thickness / 2, colour, depth);
        }
    }

    public void Dot(float x, float y, float radius, Colour colour, float depth = float.NegativeInfinity)
    {
        for (int row = (int)MathF.Floor(y - radius); row <= y + radius; row++)
        {
            for (int column = (int)MathF.Floor(x - radius); column <= x + radius; column++)
            {
                float across = column + 0.5f - x;
                float down = row + 0.5f - y;
                if ((across * across) + (down * down) <= Math.Max(radius * radius, 0.3f))
                {
                    Set(column, row, colour, depth);
                }
            }
        }
    }

    /// <summary>Writes a line of text in small capitals.</summary>
    /// <param name="left">Left edge, pixels.</param>
    /// <param name="top">Upper edge, pixels.</param>
    /// <param name="text">The text.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="scale">Pixels to a dot; a letter is four dots wide and five high.</param>
    public void Text(int left, int top, string text, Colour colour, int scale = 1)
    {
        foreach (char letter in text)
        {
            ushort rows = Glyphs.Of(letter);
            for (int bit = 0; bit < 15; bit++)
            {
                if ((rows & (1 << (14 - bit))) != 0)
                {
                    Fill(left + (bit % 3 * scale), top + (bit / 3 * scale), scale, scale, colour);
                }
            }

            left += 4 * scale;
        }
    }

    /// <summary>The picture at half its size, each pixel the mean of four.</summary>
    public Picture Halved()
    {
        Picture half = new(Width / 2, Height / 2);
        for (int at = 0; at < half.Pixels.Length; at++)
        {
            int channel = at % 3;
            int x = at / 3 % half.Width;
            int y = at / 3 / half.Width;
            int from = (((2 * y * Width) + (2 * x)) * 3) + channel;
            half.Pixels[at] = (byte)((Pixels[from] + Pixels[from + 3] + Pixels[from + (3 * Width)] + Pixels[from + (3 * Width) + 3] + 2) / 4);
        }

        return half;
    }

    /// <summary>Puts another picture on this one.</summary>
    public void Paste(Picture other, int left, int top)
    {
        for (int row = 0; row < Math.Min(other.Height, Height - top); row++)
        {
            other.Pixels.AsSpan(row * other.Width * 3, Math.Min(other.Width, Width - left) * 3).CopyTo(Pixels.AsSpan((((top + row) * Width) + left) * 3));
        }
    }
}
