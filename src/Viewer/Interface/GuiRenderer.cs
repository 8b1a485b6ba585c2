using System.Numerics;
using Motion.Viewer.Drawing;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Interface;

/// <summary>Draws the triangles that Dear ImGui makes of panels.</summary>
internal sealed unsafe class GuiRenderer : IDisposable
{
    private const int VertexSize = 20;

    private readonly GL _gl;
    private readonly ShaderProgram _program;
    private readonly uint _array;
    private readonly uint _vertices;
    private readonly uint _indices;

    /// <param name="gl">What it draws with.</param>
    /// <param name="font">How much of each pixel its letters cover: [height × width].</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public GuiRenderer(GL gl, ReadOnlySpan<byte> font, int width, int height)
    {
        _gl = gl;
        _program = new ShaderProgram(gl, "panels");
        _array = gl.GenVertexArray();
        _vertices = gl.GenBuffer();
        _indices = gl.GenBuffer();
        gl.BindVertexArray(_array);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _vertices);
        gl.BindBuffer(BufferTargetARB.ElementArrayBuffer, _indices);
        for (uint attribute = 0; attribute < 3; attribute++)
        {
            gl.EnableVertexAttribArray(attribute);
        }

        gl.VertexAttribPointer(0, 2, VertexAttribPointerType.Float, false, VertexSize, null);
        gl.VertexAttribPointer(1, 2, VertexAttribPointerType.Float, false, VertexSize, (void*)8);
        gl.VertexAttribPointer(2, 4, VertexAttribPointerType.UnsignedByte, true, VertexSize, (void*)16);
        gl.BindVertexArray(0);
        FontTexture = Upload(font, width, height);
    }

    /// <summary>The texture of the letters.</summary>
    public uint FontTexture { get; }

    /// <summary>Sets what all panels of a frame share.</summary>
    public void Start(int width, int height)
    {
        _gl.Disable(EnableCap.DepthTest);
        _gl.Disable(EnableCap.CullFace);
        _gl.Enable(EnableCap.Blend);
        _gl.BlendFuncSeparate(BlendingFactor.SrcAlpha, BlendingFactor.OneMinusSrcAlpha, BlendingFactor.One, BlendingFactor.OneMinusSrcAlpha);
        _gl.Enable(EnableCap.ScissorTest);
        _gl.Viewport(0, 0, (uint)width, (uint)height);
        _program.Use();
        _program.Set("scale", new Vector2(2f / width, -2f / height));
        _gl.ActiveTexture(TextureUnit.Texture0);
        _gl.BindVertexArray(_array);
    }

    /// <summary>Draws a layer.</summary>
    public void Draw(in NativeList list, int height)
    {
        _gl.BindBuffer(BufferTargetARB.ArrayBuffer, _vertices);
        _gl.BufferData(BufferTargetARB.ArrayBuffer, (nuint)(list.VertexCount * VertexSize), list.Vertices, BufferUsageARB.StreamDraw);
        _gl.BindBuffer(BufferTargetARB.ElementArrayBuffer, _indices);
        _gl.BufferData(BufferTargetARB.ElementArrayBuffer, (nuint)(list.IndexCount * sizeof(ushort)), list.Indices, BufferUsageARB.StreamDraw);
        for (int at = 0; at < list.CommandCount; at++)
        {
            ref readonly NativeCommand command = ref list.Commands[at];
            if (command.Right <= command.Left || command.Bottom <= command.Top || command.Elements == 0)
            {
                continue;
            }

            _gl.Scissor(
                (int)Math.Max(0, command.Left), (int)Math.Max(0, height - command.Bottom), (uint)(command.Right - Math.Max(0, command.Left)), (uint)(command.Bottom - Math.Max(0, command.Top)));
            _gl.BindTexture(TextureTarget.Texture2D, command.Texture);
            _gl.DrawElementsBaseVertex(
                PrimitiveType.Triangles, command.Elements, DrawElementsType.UnsignedShort, (void*)(command.FirstIndex * sizeof(ushort)), (int)command.FirstVertex);
        }
    }

    /// <summary>Leaves things as they were.</summary>
    public void Finish()
    {
        _gl.Disable(EnableCap.ScissorTest);
        _gl.Disable(EnableCap.Blend);
        _gl.BindVertexArray(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _gl.DeleteVertexArray(_array);
        _gl.DeleteBuffer(_vertices);
        _gl.DeleteBuffer(_indices);
        _gl.DeleteTexture(FontTexture);
    }

    private uint Upload(ReadOnlySpan<byte> font, int width, int height)
    {
        uint[] white = new uint[font.Length];
        for (int at = 0; at < white.Length; at++)
        {
            white[at] = 0x00FFFFFF | ((uint)font[at] << 24);
        }

        uint texture = _gl.GenTexture();
        _gl.BindTexture(TextureTarget.Texture2D, texture);
        _gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMinFilter, (int)TextureMinFilter.Linear);
        _gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.TextureMagFilter, (int)TextureMinFilter.Linear);
        fixed (uint* pixels = white)
        {
            _gl.TexImage2D(TextureTarget.Texture2D, 0, InternalFormat.Rgba8, (uint)width, (uint)height, 0, PixelFormat.Rgba, PixelType.UnsignedByte, pixels);
        }

        return texture;
    }
}
