using System.Runtime.InteropServices;

namespace Motion.Cli.Doctor;

/// <summary>An OpenGL context without window and display, made to ask who draws here.</summary>
internal static unsafe class SurfacelessContext
{
    private const int SurfacelessPlatform = 0x31DD;
    private const int OpenGlApi = 0x30A2;
    private const int RendererName = 0x1F01;
    private const int VersionName = 0x1F02;

    /// <summary>OpenGL's version and the name of what draws, or null when no context can be made.</summary>
    public static (string Version, string Renderer)? Describe()
    {
        if (!NativeLibrary.TryLoad("libEGL.so.1", out nint egl))
        {
            return null;
        }

        var getDisplay = (delegate* unmanaged<int, nint, nint, nint>)NativeLibrary.GetExport(egl, "eglGetPlatformDisplay");
        var initialize = (delegate* unmanaged<nint, nint, nint, int>)NativeLibrary.GetExport(egl, "eglInitialize");
        var terminate = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(egl, "eglTerminate");
        nint display = getDisplay(SurfacelessPlatform, 0, 0);
        if (display == 0 || initialize(display, 0, 0) == 0)
        {
            return null;
        }

        try
        {
            return Ask(egl, display);
        }
        finally
        {
            _ = terminate(display);
        }
    }

    private static (string Version, string Renderer)? Ask(nint egl, nint display)
    {
        var bindApi = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(egl, "eglBindAPI");
        var createContext = (delegate* unmanaged<nint, nint, nint, nint, nint>)NativeLibrary.GetExport(egl, "eglCreateContext");
        var makeCurrent = (delegate* unmanaged<nint, nint, nint, nint, int>)NativeLibrary.GetExport(egl, "eglMakeCurrent");
        var find = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(egl, "eglGetProcAddress");
        nint context = bindApi(OpenGlApi) != 0 ? createContext(display, 0, 0, 0) : 0;
        if (context == 0 || makeCurrent(display, 0, 0, context) == 0)
        {
            return null;
        }

        fixed (byte* name = "glGetString\0"u8)
        {
            var getString = (delegate* unmanaged<int, byte*>)find(name);
            string Text(int what) => Marshal.PtrToStringUTF8((nint)getString(what)) ?? "";
            (string, string) found = (Text(VersionName), Text(RendererName));
            _ = makeCurrent(display, 0, 0, 0);
            return found;
        }
    }
}
