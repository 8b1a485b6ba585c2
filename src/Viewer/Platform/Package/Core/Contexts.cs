namespace Silk.NET.Core.Contexts;

/// <summary>Where functions of a native interface are found.</summary>
internal interface INativeContext : IDisposable
{
    /// <summary>The address of a function.</summary>
    /// <exception cref="Motion.MotionException">There is none of this name.</exception>
    nint GetProcAddress(string proc, int? slot = null);

    /// <summary>The address of a function, if there is one of this name.</summary>
    bool TryGetProcAddress(string proc, out nint addr, int? slot = null);
}

/// <summary>An OpenGL context.</summary>
internal interface IGLContext : INativeContext
{
    /// <summary>The context's native handle.</summary>
    nint Handle { get; }

    /// <summary>Whether it is the one that this thread draws with.</summary>
    bool IsCurrent { get; }

    /// <summary>How many screen refreshes a swap waits for; 0 for none.</summary>
    void SwapInterval(int interval);

    /// <summary>Shows what was drawn.</summary>
    void SwapBuffers();

    /// <summary>Makes this thread draw with it.</summary>
    void MakeCurrent();

    /// <summary>Makes this thread draw with none.</summary>
    void Clear();
}
