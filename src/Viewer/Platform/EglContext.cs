using System.Runtime.InteropServices;
using System.Text;
using Silk.NET.Core.Contexts;

namespace Motion.Viewer.Platform;

/// <summary>A context of EGL that has no surface: framebuffer objects are drawn on. See the EGL 1.5 specification and EGL_MESA_platform_surfaceless.</summary>
internal sealed unsafe class EglContext : IGLContext
{
    private const int PlatformSurfaceless = 0x31DD;
    private const int PlatformDevice = 0x313F;
    private const int OpenGlApi = 0x30A2;
    private const int None = 0x3038;
    private const int MajorVersion = 0x3098;
    private const int MinorVersion = 0x30FB;
    private const int ProfileMask = 0x30FD;
    private const int CoreProfile = 1;

    private readonly nint _egl;
    private readonly nint _display;

    private EglContext(nint egl, nint display, nint context) => (_egl, _display, Handle) = (egl, display, context);

    /// <inheritdoc/>
    public nint Handle { get; }

    /// <inheritdoc/>
    public bool IsCurrent => ((delegate* unmanaged<nint>)NativeLibrary.GetExport(_egl, "eglGetCurrentContext"))() == Handle;

    /// <summary>A context that is current on this thread, or null and the reason.</summary>
    public static EglContext? TryCreate(string library, out string problem)
    {
        if (!NativeLibrary.TryLoad(library, out nint egl))
        {
            problem = $"{library} is missing (package libegl1)";
            return null;
        }

        problem = "it knows no platform that needs no display";
        foreach (nint display in Displays(egl))
        {
            if (display != 0 && ((delegate* unmanaged<nint, nint, nint, int>)NativeLibrary.GetExport(egl, "eglInitialize"))(display, 0, 0) != 0)
            {
                if (OnDisplay(egl, display) is { } made)
                {
                    return made;
                }

                problem = "the driver offers no OpenGL 3.3 core (a newer driver or the package libgl1-mesa-dri)";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint address)
        ? address
        : throw new MotionException(ExitCode.MissingComponent, $"this OpenGL has no {proc}: version 3.3 or newer is needed");

    /// <inheritdoc/>
    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null) => (addr = Find(_egl, proc)) != 0;

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
    public void MakeCurrent() => _ = MakeCurrent(_egl, _display, Handle);

    /// <inheritdoc/>
    public void Clear() => _ = MakeCurrent(_egl, _display, 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The display stays: all contexts of the process share it.
        Clear();
        _ = ((delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(_egl, "eglDestroyContext"))(_display, Handle);
    }

    private static IEnumerable<nint> Displays(nint egl)
    {
        if (!NativeLibrary.TryGetExport(egl, "eglGetPlatformDisplay", out nint function))
        {
            yield break;
        }

        yield return Display(function, PlatformSurfaceless, 0);
        yield return Display(function, PlatformDevice, FirstDevice(egl));
    }

    private static nint Display(nint function, int platform, nint device) => ((delegate* unmanaged<int, nint, nint, nint>)function)(platform, device, 0);

    // Drivers that do not know the surfaceless platform draw on a device by its handle (EGL_EXT_device_enumeration).
    private static nint FirstDevice(nint egl)
    {
        nint query = Find(egl, "eglQueryDevicesEXT");
        nint device = 0;
        int count = 0;
        return query != 0 && ((delegate* unmanaged<int, nint*, int*, int>)query)(1, &device, &count) != 0 && count > 0 ? device : 0;
    }

    private static EglContext? OnDisplay(nint egl, nint display)
    {
        ReadOnlySpan<int> wanted = [MajorVersion, 3, MinorVersion, 3, ProfileMask, CoreProfile, None];
        nint context = 0;
        if (((delegate* unmanaged<int, int>)NativeLibrary.GetExport(egl, "eglBindAPI"))(OpenGlApi) != 0)
        {
            fixed (int* attributes = wanted)
            {
                context = ((delegate* unmanaged<nint, nint, nint, int*, nint>)NativeLibrary.GetExport(egl, "eglCreateContext"))(display, 0, 0, attributes);
            }
        }

        return context != 0 && MakeCurrent(egl, display, context) ? new EglContext(egl, display, context) : null;
    }

    private static bool MakeCurrent(nint egl, nint display, nint context) =>
        ((delegate* unmanaged<nint, nint, nint, nint, int>)NativeLibrary.GetExport(egl, "eglMakeCurrent"))(display, 0, 0, context) != 0;

    private static nint Find(nint egl, string function)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(function + '\0'))
        {
            return ((delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(egl, "eglGetProcAddress"))(name);
        }
    }
}
