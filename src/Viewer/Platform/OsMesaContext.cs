using System.Runtime.InteropServices;
using System.Text;
using Silk.NET.Core.Contexts;

namespace Motion.Viewer.Platform;

/// <summary>A context of Mesa's off-screen interface, for systems without EGL. See Mesa's GL/osmesa.h.</summary>
internal sealed unsafe class OsMesaContext : IGLContext
{
    private const int Format = 0x22;
    private const int Rgba = 0x1908;
    private const int Profile = 0x33;
    private const int CoreProfile = 0x34;
    private const int MajorVersion = 0x36;
    private const int MinorVersion = 0x37;
    private const int UnsignedByte = 0x1401;

    // A context is current on some memory; what is looked at is drawn on framebuffer objects instead.
    private const int Side = 16;

    private readonly nint _library;
    private readonly nint _memory;

    private OsMesaContext(nint library, nint context, nint memory) => (_library, Handle, _memory) = (library, context, memory);

    /// <inheritdoc/>
    public nint Handle { get; private set; }

    /// <inheritdoc/>
    public bool IsCurrent => ((delegate* unmanaged<nint>)NativeLibrary.GetExport(_library, "OSMesaGetCurrentContext"))() == Handle;

    /// <summary>A context that is current on this thread, or null and the reason.</summary>
    public static OsMesaContext? TryCreate(string name, out string problem)
    {
        if (!NativeLibrary.TryLoad(name, out nint library) || !NativeLibrary.TryGetExport(library, "OSMesaCreateContextAttribs", out nint create))
        {
            problem = $"{name} is missing (package libosmesa6)";
            return null;
        }

        ReadOnlySpan<int> wanted = [Format, Rgba, Profile, CoreProfile, MajorVersion, 3, MinorVersion, 3, 0];
        nint context;
        fixed (int* attributes = wanted)
        {
            context = ((delegate* unmanaged<int*, nint, nint>)create)(attributes, 0);
        }

        OsMesaContext made = new(library, context, Marshal.AllocHGlobal(Side * Side * 4));
        if (context != 0 && made.TryMakeCurrent())
        {
            problem = "";
            return made;
        }

        made.Dispose();
        problem = "it offers no OpenGL 3.3 core";
        return null;
    }

    /// <inheritdoc/>
    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint address)
        ? address
        : throw new MotionException(ExitCode.MissingComponent, $"this OpenGL has no {proc}: version 3.3 or newer is needed");

    /// <inheritdoc/>
    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(proc + '\0'))
        {
            addr = ((delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(_library, "OSMesaGetProcAddress"))(name);
            return addr != 0;
        }
    }

    /// <inheritdoc/>
    public void SwapInterval(int interval)
    {
        // There is no screen to wait for.
    }

    /// <inheritdoc/>
    public void SwapBuffers()
    {
        // There is nothing to show it on.
    }

    /// <inheritdoc/>
    public void MakeCurrent() => _ = TryMakeCurrent();

    /// <inheritdoc/>
    public void Clear() => _ = Current(0, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Handle != 0)
        {
            Clear();
            ((delegate* unmanaged<nint, void>)NativeLibrary.GetExport(_library, "OSMesaDestroyContext"))(Handle);
            Handle = 0;
        }

        Marshal.FreeHGlobal(_memory);
    }

    private bool TryMakeCurrent() => Current(Handle, _memory);

    private bool Current(nint context, nint memory) =>
        ((delegate* unmanaged<nint, nint, int, int, int, byte>)NativeLibrary.GetExport(_library, "OSMesaMakeCurrent"))(context, memory, UnsignedByte, Side, Side) != 0;
}
