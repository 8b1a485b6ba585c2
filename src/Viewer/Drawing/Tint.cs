namespace Motion.Viewer.Drawing;

/// <summary>A colour and how much of it covers what is behind, 0 to 255 each. Laid out as OpenGL and Dear ImGui read it.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
/// <param name="Alpha">255 covers all.</param>
internal readonly record struct Tint(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    public static Tint White { get; } = new(255, 255, 255);

    public static Tint Black { get; } = new(0, 0, 0);

    /// <summary>A left limb.</summary>
    public static Tint Left { get; } = new(58, 128, 206);

    /// <summary>A right limb.</summary>
    public static Tint Right { get; } = new(232, 106, 74);

    /// <summary>Head and trunk.</summary>
    public static Tint Middle { get; } = new(216, 219, 226);

    /// <summary>A warning.</summary>
    public static Tint Warning { get; } = new(255, 176, 64);

    /// <summary>The four bytes in their order in memory, as a number.</summary>
    public uint Packed => Red | ((uint)Green << 8) | ((uint)Blue << 16) | ((uint)Alpha << 24);

    /// <summary>The same colour, covering more or less.</summary>
    /// <param name="share">0 to 1.</param>
    public Tint Faded(float share) => this with { Alpha = (byte)(Alpha * Math.Clamp(share, 0, 1)) };
}
