using Silk.NET.Core.Contexts;

namespace Motion.Viewer.Platform;

/// <summary>The libraries that draw without a display, by file name; a test names others.</summary>
/// <param name="Egl">Mesa's or the graphics driver's EGL.</param>
/// <param name="OsMesa">Mesa's own off-screen interface, the second choice.</param>
internal sealed record OffscreenLibraries(string Egl = "libEGL.so.1", string OsMesa = "libOSMesa.so.8");

/// <summary>OpenGL without window and display.</summary>
internal static class OffscreenContext
{
    /// <summary>A context of OpenGL 3.3 core or newer, current on this thread. The caller disposes it, on the same thread.</summary>
    /// <exception cref="MotionException">No library can make one; says what each answered and which package brings it.</exception>
    public static IGLContext Create(OffscreenLibraries? libraries = null)
    {
        libraries ??= new OffscreenLibraries();
        if (EglContext.TryCreate(libraries.Egl, out string eglProblem) is { } egl)
        {
            return egl;
        }

        return OsMesaContext.TryCreate(libraries.OsMesa, out string osMesaProblem) is { } osMesa
            ? osMesa
            : throw new MotionException(
                ExitCode.MissingComponent,
                $"no picture without a display: EGL: {eglProblem}; OSMesa: {osMesaProblem}. Install Debian's libegl1 and libgl1-mesa-dri, or libosmesa6");
    }
}
