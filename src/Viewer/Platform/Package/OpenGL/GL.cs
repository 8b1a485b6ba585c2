using System.Runtime.InteropServices;
using System.Text;
using Silk.NET.Core.Contexts;

namespace Silk.NET.OpenGL;

/// <summary>OpenGL 3.3's functions, found through the context at their first call: those in use and no others. See the OpenGL 3.3 core specification.</summary>
internal sealed unsafe partial class GL : IDisposable
{
    private readonly Dictionary<string, nint> _found = [];

    private GL(INativeContext context) => Context = context;

    /// <summary>Where its functions are found.</summary>
    public INativeContext Context { get; }

    /// <summary>OpenGL as a context offers it.</summary>
    public static GL GetApi(INativeContext ctx) => new(ctx);

    /// <summary>The same.</summary>
    public static GL GetApi(IGLContext ctx) => new(ctx);

    public void GetInteger(GetPName pname, out int data)
    {
        fixed (int* place = &data)
        {
            ((delegate* unmanaged<GetPName, int*, void>)Find("glGetIntegerv"))(pname, place);
        }
    }

    public string GetStringS(StringName name) =>
        Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<StringName, byte*>)Find("glGetString"))(name)) ?? "";

    public void Enable(EnableCap cap) => ((delegate* unmanaged<EnableCap, void>)Find("glEnable"))(cap);

    public void Disable(EnableCap cap) => ((delegate* unmanaged<EnableCap, void>)Find("glDisable"))(cap);

    public void BlendFuncSeparate(BlendingFactor sfactorRGB, BlendingFactor dfactorRGB, BlendingFactor sfactorAlpha, BlendingFactor dfactorAlpha) =>
        ((delegate* unmanaged<BlendingFactor, BlendingFactor, BlendingFactor, BlendingFactor, void>)Find("glBlendFuncSeparate"))(sfactorRGB, dfactorRGB, sfactorAlpha, dfactorAlpha);

    public void DepthFunc(DepthFunction func) => ((delegate* unmanaged<DepthFunction, void>)Find("glDepthFunc"))(func);

    public void DepthMask(bool flag) => ((delegate* unmanaged<byte, void>)Find("glDepthMask"))(Byte(flag));

    public void ColorMask(bool red, bool green, bool blue, bool alpha) =>
        ((delegate* unmanaged<byte, byte, byte, byte, void>)Find("glColorMask"))(Byte(red), Byte(green), Byte(blue), Byte(alpha));

    public void CullFace(TriangleFace mode) => ((delegate* unmanaged<TriangleFace, void>)Find("glCullFace"))(mode);

    public void Viewport(int x, int y, uint width, uint height) => ((delegate* unmanaged<int, int, uint, uint, void>)Find("glViewport"))(x, y, width, height);

    public void Scissor(int x, int y, uint width, uint height) => ((delegate* unmanaged<int, int, uint, uint, void>)Find("glScissor"))(x, y, width, height);

    public void ClearColor(float red, float green, float blue, float alpha) =>
        ((delegate* unmanaged<float, float, float, float, void>)Find("glClearColor"))(red, green, blue, alpha);

    public void Clear(ClearBufferMask mask) => ((delegate* unmanaged<ClearBufferMask, void>)Find("glClear"))(mask);

    public void Finish() => ((delegate* unmanaged<void>)Find("glFinish"))();

    public void DrawArrays(PrimitiveType mode, int first, uint count) => ((delegate* unmanaged<PrimitiveType, int, uint, void>)Find("glDrawArrays"))(mode, first, count);

    public void DrawElementsInstanced(PrimitiveType mode, uint count, DrawElementsType type, void* indices, uint instancecount) =>
        ((delegate* unmanaged<PrimitiveType, uint, DrawElementsType, void*, uint, void>)Find("glDrawElementsInstanced"))(mode, count, type, indices, instancecount);

    public void DrawElementsBaseVertex(PrimitiveType mode, uint count, DrawElementsType type, void* indices, int basevertex) =>
        ((delegate* unmanaged<PrimitiveType, uint, DrawElementsType, void*, int, void>)Find("glDrawElementsBaseVertex"))(mode, count, type, indices, basevertex);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing of its own: the context belongs to whoever made it.
    }

    private static byte Byte(bool flag) => flag ? (byte)1 : (byte)0;

    private nint Find(string function)
    {
        if (!_found.TryGetValue(function, out nint address))
        {
            _found[function] = address = Context.GetProcAddress(function);
        }

        return address;
    }

    private static string Text(byte[] bytes, int length) => Encoding.UTF8.GetString(bytes, 0, Math.Max(0, length));
}
