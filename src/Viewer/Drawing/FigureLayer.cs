using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>A rectangle of a picture, pixels from the bottom left.</summary>
internal readonly record struct PixelRectangle(int Left, int Bottom, int Width, int Height);

/// <summary>
/// What stands on the ground, drawn with several samples of each pixel on a layer of its own and then laid over the picture. Only the part of the picture
/// that solids are on has them: ground and sky have no edges that would need them, and on the processor every sample has its price.
/// </summary>
internal sealed unsafe class FigureLayer : IDisposable
{
    // Layers grow in steps of so many pixels, so that a moving figure does not ask for another one in every frame.
    private const int Step = 64;

    private readonly GL _gl;
    private readonly int _samples;
    private readonly ShaderProgram _program;
    private readonly uint _array;
    private uint _samplesFramebuffer;
    private uint _framebuffer;
    private uint _colour;
    private uint _depth;
    private uint _texture;
    private (int Width, int Height) _size;

    /// <param name="gl">What it is drawn with.</param>
    /// <param name="samples">Samples of a pixel; 0 for one.</param>
    public FigureLayer(GL gl, int samples)
    {
        (_gl, _samples) = (gl, samples);
        _program = new ShaderProgram(gl, "layer");
        _array = gl.GenVertexArray();
    }

    /// <summary>What follows is drawn on it, from nothing.</summary>
    /// <param name="part">The part of the picture that it covers.</param>
    /// <param name="width">Pixels of the picture across.</param>
    /// <param name="height">Pixels of the picture down.</param>
    public void Begin(PixelRectangle part, int width, int height)
    {
        if (part.Width > _size.Width || part.Height > _size.Height)
        {
            Make(Math.Max(_size.Width, RoundedUp(part.Width)), Math.Max(_size.Height, RoundedUp(part.Height)));
        }

        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, _samplesFramebuffer);
        _gl.Viewport(-part.Left, -part.Bottom, (uint)width, (uint)height);
        _gl.Enable(EnableCap.ScissorTest);
        _gl.Scissor(0, 0, (uint)part.Width, (uint)part.Height);
        _gl.DepthMask(true);
        _gl.ClearColor(0, 0, 0, 0);
        _gl.Clear(ClearBufferMask.ColorBufferBit | ClearBufferMask.DepthBufferBit);
    }

    /// <summary>Lays it over a framebuffer, which is bound afterwards.</summary>
    /// <param name="framebuffer">OpenGL's name of it.</param>
    /// <param name="part">The part of it that the layer covers.</param>
    public void LayOver(uint framebuffer, PixelRectangle part)
    {
        _gl.BindFramebuffer(FramebufferTarget.ReadFramebuffer, _samplesFramebuffer);
        _gl.BindFramebuffer(FramebufferTarget.DrawFramebuffer, _framebuffer);
        _gl.BlitFramebuffer(0, 0, part.Width, part.Height, 0, 0, part.Width, part.Height, ClearBufferMask.ColorBufferBit, BlitFramebufferFilter.Nearest);
        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, framebuffer);
        _gl.Disable(EnableCap.ScissorTest);
        _gl.Disable(EnableCap.DepthTest);
        _gl.Disable(EnableCap.CullFace);
        _gl.Viewport(part.Left, part.Bottom, (uint)part.Width, (uint)part.Height);
        _gl.Enable(EnableCap.Blend);
        _gl.BlendFuncSeparate(BlendingFactor.One, BlendingFactor.OneMinusSrcAlpha, BlendingFactor.One, BlendingFactor.OneMinusSrcAlpha);
        _program.Use();
        _program.Set("layer", 0);
        _program.Set("corner", part.Left, part.Bottom);
        _gl.ActiveTexture(TextureUnit.Texture0);
        _gl.BindTexture(TextureTarget.Texture2D, _texture);
        _gl.BindVertexArray(_array);
        _gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        _gl.Disable(EnableCap.Blend);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _program.Dispose();
        _gl.DeleteVertexArray(_array);
    }

    private static int RoundedUp(int pixels) => (pixels + Step - 1) / Step * Step;

    private void Make(int width, int height)
    {
        Release();
        _size = (width, height);
        (_samplesFramebuffer, _framebuffer, _colour, _depth, _texture) =
            (_gl.GenFramebuffer(), _gl.GenFramebuffer(), _gl.GenRenderbuffer(), _gl.GenRenderbuffer(), _gl.GenTexture());
        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, _samplesFramebuffer);
        Attach(_colour, InternalFormat.Rgba8, FramebufferAttachment.ColorAttachment0);
        Attach(_depth, InternalFormat.DepthComponent24, FramebufferAttachment.DepthAttachment);
        _gl.BindTexture(TextureTarget.Texture2D, _texture);
        _gl.TexImage2D(TextureTarget.Texture2D, 0, InternalFormat.Rgba8, (uint)width, (uint)height, 0, PixelFormat.Rgba, PixelType.UnsignedByte, null);
        _gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMinFilter, (int)TextureMinFilter.Nearest);
        _gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMagFilter, (int)TextureMinFilter.Nearest);
        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, _framebuffer);
        _gl.FramebufferTexture2D(FramebufferTarget.Framebuffer, FramebufferAttachment.ColorAttachment0, TextureTarget.Texture2D, _texture, 0);
    }

    private void Attach(uint buffer, InternalFormat format, FramebufferAttachment attachment)
    {
        _gl.BindRenderbuffer(RenderbufferTarget.Renderbuffer, buffer);
        _gl.RenderbufferStorageMultisample(RenderbufferTarget.Renderbuffer, (uint)_samples, format, (uint)_size.Width, (uint)_size.Height);
        _gl.FramebufferRenderbuffer(FramebufferTarget.Framebuffer, attachment, RenderbufferTarget.Renderbuffer, buffer);
    }

    private void Release()
    {
        if (_size.Width > 0)
        {
            _gl.DeleteFramebuffer(_samplesFramebuffer);
            _gl.DeleteFramebuffer(_framebuffer);
            _gl.DeleteRenderbuffer(_colour);
            _gl.DeleteRenderbuffer(_depth);
            _gl.DeleteTexture(_texture);
        }
    }
}
