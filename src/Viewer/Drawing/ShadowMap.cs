using System.Numerics;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>How far the sun's light gets about a point: a depth texture seen from the sun.</summary>
internal sealed unsafe class ShadowMap : IDisposable
{
    /// <summary>Texels across and down.</summary>
    public const int Size = 512;

    /// <summary>Half of what it covers, m.</summary>
    public const float Reach = 2.2f;

    private readonly GL _gl;
    private readonly uint _framebuffer;
    private readonly ShaderProgram _program;

    public ShadowMap(GL gl)
    {
        _gl = gl;
        _program = new ShaderProgram(gl, "shadow");
        Texture = gl.GenTexture();
        gl.BindTexture(TextureTarget.Texture2D, Texture);
        gl.TexImage2D(TextureTarget.Texture2D, 0, InternalFormat.DepthComponent16, Size, Size, 0, PixelFormat.DepthComponent, PixelType.UnsignedShort, null);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMinFilter, (int)TextureMinFilter.Linear);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMagFilter, (int)TextureMinFilter.Linear);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureWrapS, (int)TextureWrapMode.ClampToEdge);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureWrapT, (int)TextureWrapMode.ClampToEdge);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureCompareMode, (int)TextureCompareMode.CompareRefToTexture);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureCompareFunc, (int)DepthFunction.Lequal);
        _framebuffer = gl.GenFramebuffer();
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, _framebuffer);
        gl.FramebufferTexture2D(FramebufferTarget.Framebuffer, FramebufferAttachment.DepthAttachment, TextureTarget.Texture2D, Texture, 0);
        gl.DrawBuffer(DrawBufferMode.None);
        gl.ReadBuffer(ReadBufferMode.None);
    }

    /// <summary>OpenGL's name of the texture.</summary>
    public uint Texture { get; }

    /// <summary>From the world to the sun's clip space.</summary>
    public Matrix4x4 ViewProjection { get; private set; }

    /// <summary>Draws what casts shadows.</summary>
    /// <param name="mesh">Draws the solids.</param>
    /// <param name="solids">The solids.</param>
    /// <param name="focus">The middle of what it covers, m.</param>
    /// <param name="sun">The direction to the sun, a unit vector.</param>
    public void Draw(SolidMesh mesh, List<Solid> solids, Vector3 focus, Vector3 sun)
    {
        Matrix4x4 view = Matrix4x4.CreateLookAt(sun * 10, Vector3.Zero, Vector3.UnitZ);
        Vector3 middle = Vector3.Transform(focus, view);

        // Moved by whole texels, so that edges do not crawl as the focus moves.
        const float Texel = 2 * Reach / Size;
        middle = middle with { X = MathF.Round(middle.X / Texel) * Texel, Y = MathF.Round(middle.Y / Texel) * Texel };
        ViewProjection = view * Matrix4x4.CreateTranslation(-middle.X, -middle.Y, -middle.Z - 6) * Matrix4x4.CreateOrthographic(2 * Reach, 2 * Reach, 0, 12);
        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, _framebuffer);
        _gl.Viewport(0, 0, Size, Size);
        _gl.Enable(EnableCap.DepthTest);
        _gl.DepthFunc(DepthFunction.Less);
        _gl.DepthMask(true);
        _gl.Clear(ClearBufferMask.DepthBufferBit);

        // What is seen from behind casts the shadow: no solid darkens its own lit side.
        _gl.Enable(EnableCap.CullFace);
        _gl.CullFace(TriangleFace.Front);
        _program.Use();
        _program.Set("viewProjection", ViewProjection);
        mesh.Draw(solids);
        _gl.CullFace(TriangleFace.Back);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _gl.DeleteFramebuffer(_framebuffer);
        _gl.DeleteTexture(Texture);
    }
}
