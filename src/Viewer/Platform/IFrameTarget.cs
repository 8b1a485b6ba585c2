namespace Motion.Viewer.Platform;

/// <summary>What pictures end on: a window, or memory. Used on the thread that made it.</summary>
internal interface IFrameTarget : IDisposable
{
    /// <summary>Pixels across.</summary>
    int Width { get; }

    /// <summary>Pixels down.</summary>
    int Height { get; }

    /// <summary>OpenGL's name of the framebuffer that is drawn on.</summary>
    uint Framebuffer { get; }

    /// <summary>Shows the picture, if there is anybody to see it.</summary>
    void Present();

    /// <summary>Copies what has been drawn since the last <see cref="Present"/>.</summary>
    /// <param name="pixels">Result: red, green, blue from the top left: [height × width × 3].</param>
    void ReadPixels(Span<byte> pixels);
}
