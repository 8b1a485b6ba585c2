using Silk.NET.OpenGL;

namespace Motion.Viewer.Platform;

/// <summary>Pictures in memory.</summary>
internal sealed class OffscreenTarget : IFrameTarget
{
    private readonly GL _gl;
    private readonly uint _colour;

    /// <param name="gl">OpenGL; its context stays the caller's.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public OffscreenTarget(GL gl, int width, int height)
    {
        (_gl, Width, Height) = (gl, width, height);
        Framebuffer = gl.GenFramebuffer();
        _colour = gl.GenRenderbuffer();
        gl.BindRenderbuffer(RenderbufferTarget.Renderbuffer, _colour);
        gl.RenderbufferStorageMultisample(RenderbufferTarget.Renderbuffer, 0, InternalFormat.Rgba8, (uint)width, (uint)height);
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, Framebuffer);
        gl.FramebufferRenderbuffer(FramebufferTarget.Framebuffer, FramebufferAttachment.ColorAttachment0, RenderbufferTarget.Renderbuffer, _colour);
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public uint Framebuffer { get; }

    /// <inheritdoc/>
    public void Present() => _gl.Finish();

    /// <inheritdoc/>
    public void ReadPixels(Span<byte> pixels) => FramePixels.Read(_gl, this, pixels);

    /// <inheritdoc/>
    public void Dispose()
    {
        _gl.DeleteFramebuffer(Framebuffer);
        _gl.DeleteRenderbuffer(_colour);
    }
}
