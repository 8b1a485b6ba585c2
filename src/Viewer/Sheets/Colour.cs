namespace Motion.Viewer.Sheets;

/// <summary>A colour, 0 to 255 each.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour Paper { get; } = new(250, 250, 248);

    public static Colour Ink { get; } = new(40, 44, 52);

    public static Colour Faint { get; } = new(205, 207, 210);

    public static Colour Left { get; } = new(36, 112, 180);

    public static Colour Right { get; } = new(200, 74, 60);

    public static Colour Middle { get; } = new(150, 152, 156);

    public Colour Lit(float share) => new((byte)(Red * share), (byte)(Green * share), (byte)(Blue * share));
}
