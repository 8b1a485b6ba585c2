using Motion;
using Silk.NET.Core.Contexts;

namespace Silk.NET.Windowing;

/// <summary>The OpenGL context of a GLFW window.</summary>
internal sealed class GlfwContext(nint window) : IGLContext
{
    /// <inheritdoc/>
    public nint Handle => window;

    /// <inheritdoc/>
    public bool IsCurrent => Glfw.GetCurrentContext() == window;

    /// <inheritdoc/>
    public nint GetProcAddress(string proc, int? slot = null) => TryGetProcAddress(proc, out nint address)
        ? address
        : throw new MotionException(ExitCode.MissingComponent, $"this OpenGL has no {proc}: version 3.3 or newer is needed");

    /// <inheritdoc/>
    public bool TryGetProcAddress(string proc, out nint addr, int? slot = null) => (addr = Glfw.GetProcAddress(proc)) != 0;

    /// <inheritdoc/>
    public void SwapInterval(int interval) => Glfw.SwapInterval(interval);

    /// <inheritdoc/>
    public void SwapBuffers() => Glfw.SwapBuffers(window);

    /// <inheritdoc/>
    public void MakeCurrent() => Glfw.MakeContextCurrent(window);

    /// <inheritdoc/>
    public void Clear() => Glfw.MakeContextCurrent(0);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Destroyed with its window.
    }
}
