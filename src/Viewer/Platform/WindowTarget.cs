using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace Motion.Viewer.Platform;

/// <summary>Pictures in a window.</summary>
internal sealed class WindowTarget(GL gl, IWindow window) : IFrameTarget
{
    // A window folded to nothing still has a picture.
    /// <inheritdoc/>
    public int Width => Math.Max(1, window.FramebufferSize.X);

    /// <inheritdoc/>
    public int Height => Math.Max(1, window.FramebufferSize.Y);

    /// <inheritdoc/>
    public uint Framebuffer => 0;

    /// <inheritdoc/>
    public void Present() => window.GLContext!.SwapBuffers();

    /// <inheritdoc/>
    public void ReadPixels(Span<byte> pixels) => FramePixels.Read(gl, this, pixels);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The window is its owner's.
    }
}
