using Silk.NET.Core.Contexts;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>A surface that is drawn on in a loop.</summary>
internal interface IView : IDisposable
{
    /// <summary>Once, when there is something to draw with.</summary>
    event Action? Load;

    /// <summary>Every turn of the loop, before drawing; seconds since the last one.</summary>
    event Action<double>? Update;

    /// <summary>Every turn of the loop, to draw; seconds since the last one.</summary>
    event Action<double>? Render;

    /// <summary>When it shall close.</summary>
    event Action? Closing;

    /// <summary>When its pixels have changed in number.</summary>
    event Action<Vector2D<int>>? FramebufferResize;

    /// <summary>Its native handle.</summary>
    nint Handle { get; }

    /// <summary>Whether it shall close.</summary>
    bool IsClosing { get; }

    /// <summary>Seconds since it was made.</summary>
    double Time { get; }

    /// <summary>Screen coordinates across and down.</summary>
    Vector2D<int> Size { get; }

    /// <summary>Pixels across and down.</summary>
    Vector2D<int> FramebufferSize { get; }

    /// <summary>What it is drawn with.</summary>
    IGLContext? GLContext { get; }

    /// <summary>Opens it and calls <see cref="Load"/>.</summary>
    void Initialize();

    /// <summary>Takes what the system has to tell.</summary>
    void DoEvents();

    /// <summary>Calls <see cref="Update"/>.</summary>
    void DoUpdate();

    /// <summary>Calls <see cref="Render"/> and shows what was drawn.</summary>
    void DoRender();

    /// <summary>Asks it to close.</summary>
    void Close();
}

/// <summary>A window.</summary>
internal interface IWindow : IView
{
    /// <summary>What stands in its bar.</summary>
    string Title { get; set; }
}

/// <summary>Makes windows.</summary>
internal static class Window
{
    /// <summary>A window, not yet open.</summary>
    public static IWindow Create(WindowOptions options) => new GlfwWindow(options);
}

/// <summary>The loop.</summary>
internal static class WindowExtensions
{
    /// <summary>Opens it and turns the loop until it closes.</summary>
    public static void Run(this IView view)
    {
        view.Initialize();
        while (!view.IsClosing)
        {
            view.DoEvents();
            if (!view.IsClosing)
            {
                view.DoUpdate();
                view.DoRender();
            }
        }
    }
}
