using Silk.NET.Core.Contexts;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>A surface that is drawn on.</summary>
internal interface IView : IDisposable
{
    /// <summary>Its native handle.</summary>
    nint Handle { get; }

    /// <summary>Whether it shall close.</summary>
    bool IsClosing { get; }

    /// <summary>Screen coordinates across and down.</summary>
    Vector2D<int> Size { get; }

    /// <summary>Pixels across and down.</summary>
    Vector2D<int> FramebufferSize { get; }

    /// <summary>What it is drawn with.</summary>
    IGLContext? GLContext { get; }

    /// <summary>Opens it.</summary>
    void Initialize();

    /// <summary>Takes what the system has to tell.</summary>
    void DoEvents();
}

/// <summary>A window.</summary>
internal interface IWindow : IView
{
}

/// <summary>Makes windows.</summary>
internal static class Window
{
    /// <summary>A window, not yet open.</summary>
    public static IWindow Create(WindowOptions options) => new GlfwWindow(options);
}
