using System.Diagnostics;
using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Platform;
using Silk.NET.Core.Contexts;
using Silk.NET.Input;
using Silk.NET.Maths;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace Motion.Viewer.Interface;

/// <summary>How a host is opened.</summary>
internal sealed record HostSettings
{
    /// <summary>What stands in the window's bar.</summary>
    public string Title { get; init; } = "Motion";

    /// <summary>Pixels across at first.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Pixels down at first.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Whether it draws into memory instead of a window: no display is needed.</summary>
    public bool IsOffscreen { get; init; }

    /// <summary>Whether there are panels.</summary>
    public bool HasPanels { get; init; } = true;

    /// <summary>The letters of panels: a TrueType font, or null for Dear ImGui's own.</summary>
    public string? FontFile { get; init; } = PanelFont.Find();

    /// <summary>Samples of each pixel.</summary>
    public int Samples { get; init; } = 4;

    /// <summary>Pictures a second at most: what is left of the time is physics'.</summary>
    public double MostFrames { get; init; } = 60;
}

/// <summary>
/// A window, or pictures in memory, with a scene, panels over it and what a person does. Made, used and disposed on one thread; physics runs on another, and
/// neither waits for the other.
/// </summary>
internal sealed class WindowHost : IDisposable
{
    private readonly HostSettings _settings;
    private readonly IWindow? _window;
    private readonly IInputContext? _heard;
    private readonly IGLContext _context;
    private readonly SceneRenderer _scene;
    private bool _isClosing;

    private WindowHost(HostSettings settings, IWindow? window, IGLContext context)
    {
        (_settings, _window, _context) = (settings, window, context);
        Gl = GL.GetApi(context);
        Version = OpenGlVersion.Of(Gl).Required();
        Target = window is null ? new OffscreenTarget(Gl, settings.Width, settings.Height) : new WindowTarget(Gl, window);
        _scene = new SceneRenderer(Gl, settings.Samples);
        Panels = settings.HasPanels ? new Gui(Gl, settings.FontFile) : null;
        Input = new UserInput(settings.HasPanels);
        if (window is not null)
        {
            _heard = window.CreateInput();
            Input.Hear(_heard, () => new Vector2((float)Target.Width / Math.Max(1, window.Size.X), (float)Target.Height / Math.Max(1, window.Size.Y)));
        }
    }

    /// <summary>What draws.</summary>
    public GL Gl { get; }

    /// <summary>Which OpenGL draws.</summary>
    public OpenGlVersion Version { get; }

    /// <summary>What pictures end on.</summary>
    public IFrameTarget Target { get; }

    /// <summary>The panels, or null when there are none.</summary>
    public Gui? Panels { get; }

    /// <summary>What the person does.</summary>
    public UserInput Input { get; }

    /// <summary>The window's native handle; 0 without a window.</summary>
    public nint Handle => _window?.Handle ?? 0;

    /// <summary>Whether it is to end: closed by the person or by <see cref="Close"/>.</summary>
    public bool IsClosing => _isClosing || _window is { IsClosing: true };

    /// <summary>Opens it. The caller disposes it.</summary>
    /// <exception cref="MotionException">No display, no OpenGL 3.3, a missing library: says which and which package brings it.</exception>
    public static WindowHost Open(HostSettings settings)
    {
        if (settings.IsOffscreen)
        {
            IGLContext context = OffscreenContext.Create();
            return Made(() => new WindowHost(settings, null, context), context);
        }

        IWindow window = Window.Create(WindowOptions.Default with { Title = settings.Title, Size = new Vector2D<int>(settings.Width, settings.Height) });
        return Made(() =>
        {
            window.Initialize();
            return new WindowHost(settings, window, window.GLContext!);
        }, window);
    }

    /// <summary>Asks it to end after this frame.</summary>
    public void Close() => _isClosing = true;

    /// <summary>Draws frames until it closes.</summary>
    /// <param name="draw">Called in each frame with the seconds since the last one: draws a scene with <see cref="Draw"/>, then calls the panels' widgets.</param>
    public void Run(Action<double> draw)
    {
        double least = 1 / _settings.MostFrames;
        long last = Stopwatch.GetTimestamp();
        double passed = least;
        while (!IsClosing)
        {
            Frame(passed, draw);
            double left = least - Stopwatch.GetElapsedTime(last).TotalSeconds;
            if (left > 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(left));
            }

            long now = Stopwatch.GetTimestamp();
            passed = Stopwatch.GetElapsedTime(last, now).TotalSeconds;
            last = now;
        }
    }

    /// <summary>Draws one frame, for scripts that keep their own time.</summary>
    /// <param name="seconds">Since the last frame.</param>
    /// <param name="draw">As in <see cref="Run"/>.</param>
    public void Frame(double seconds, Action<double> draw)
    {
        _window?.DoEvents();
        Input.BeginFrame();
        Panels?.Begin(Target.Width, Target.Height, (float)seconds);
        try
        {
            draw(seconds);
        }
        finally
        {
            Panels?.End();
        }

        Target.Present();
    }

    /// <summary>Draws a scene, all over the picture; panels come over it at the end of the frame.</summary>
    public void Draw(Scenery scenery, FollowCamera camera) => _scene.Draw(Target, scenery, camera);

    /// <inheritdoc/>
    public void Dispose()
    {
        Panels?.Dispose();
        _scene.Dispose();
        Target.Dispose();
        _heard?.Dispose();
        Gl.Dispose();
        if (_window is null)
        {
            _context.Dispose();
        }
        else
        {
            _window.Dispose();
        }
    }

    // What was opened before a failure is closed again.
    private static WindowHost Made(Func<WindowHost> make, IDisposable opened)
    {
        try
        {
            return make();
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
