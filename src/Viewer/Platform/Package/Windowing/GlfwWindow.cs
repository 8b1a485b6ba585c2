using System.Diagnostics;
using System.Runtime.InteropServices;
using Motion;
using Silk.NET.Core.Contexts;
using Silk.NET.Input;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>A window of GLFW. Made, used and disposed on one thread.</summary>
internal sealed unsafe class GlfwWindow : IWindow
{
    private readonly WindowOptions _options;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private GCHandle _self;
    private double _updated;
    private double _rendered;
    private string _title;
    private bool _told;

    public GlfwWindow(WindowOptions options)
    {
        _options = options;
        _title = options.Title;
    }

    /// <inheritdoc/>
    public event Action? Load;

    /// <inheritdoc/>
    public event Action<double>? Update;

    /// <inheritdoc/>
    public event Action<double>? Render;

    /// <inheritdoc/>
    public event Action? Closing;

    /// <inheritdoc/>
    public event Action<Vector2D<int>>? FramebufferResize;

    /// <inheritdoc/>
    public nint Handle { get; private set; }

    /// <inheritdoc/>
    public IGLContext? GLContext { get; private set; }

    /// <summary>What hears its keys and its mouse.</summary>
    public GlfwInput? Input { get; set; }

    /// <inheritdoc/>
    public bool IsClosing => Handle != 0 && Glfw.WindowShouldClose(Handle) != 0;

    /// <inheritdoc/>
    public double Time => _clock.Elapsed.TotalSeconds;

    /// <inheritdoc/>
    public Vector2D<int> Size
    {
        get
        {
            int width, height;
            Glfw.GetWindowSize(Handle, &width, &height);
            return new Vector2D<int>(width, height);
        }
    }

    /// <inheritdoc/>
    public Vector2D<int> FramebufferSize
    {
        get
        {
            int width, height;
            Glfw.GetFramebufferSize(Handle, &width, &height);
            return new Vector2D<int>(width, height);
        }
    }

    /// <inheritdoc/>
    public string Title
    {
        get => _title;
        set => Glfw.SetWindowTitle(Handle, _title = value);
    }

    /// <inheritdoc/>
    public void Initialize()
    {
        Glfw.Start();
        Glfw.DefaultWindowHints();
        Glfw.WindowHint(Glfw.Visible, _options.IsVisible ? 1 : 0);
        Glfw.WindowHint(Glfw.Samples, _options.Samples ?? 0);
        Glfw.WindowHint(Glfw.ContextVersionMajor, _options.API.Version.MajorVersion);
        Glfw.WindowHint(Glfw.ContextVersionMinor, _options.API.Version.MinorVersion);
        Glfw.WindowHint(Glfw.OpenGlForwardCompatible, _options.API.Flags.HasFlag(ContextFlags.ForwardCompatible) ? 1 : 0);
        Glfw.WindowHint(Glfw.OpenGlProfile, Glfw.CoreProfile);
        Handle = Glfw.CreateWindow(_options.Size.X, _options.Size.Y, _options.Title, 0, 0);
        if (Handle == 0)
        {
            string version = $"{_options.API.Version.MajorVersion}.{_options.API.Version.MinorVersion}";
            throw new MotionException(
                ExitCode.MissingComponent, $"no window with OpenGL {version}: {Glfw.LastError()}: a newer graphics driver is needed, or Debian's libgl1-mesa-dri, which draws without a graphics card");
        }

        _self = GCHandle.Alloc(this);
        Glfw.SetWindowUserPointer(Handle, GCHandle.ToIntPtr(_self));
        _ = Glfw.OnFramebufferSize(Handle, &Resized);
        GLContext = new GlfwContext(Handle);
        GLContext.MakeCurrent();
        GLContext.SwapInterval(_options.VSync ? 1 : 0);
        Load?.Invoke();
    }

    /// <inheritdoc/>
    public void DoEvents()
    {
        Glfw.PollEvents();
        if (IsClosing && !_told)
        {
            _told = true;
            Closing?.Invoke();
        }
    }

    /// <inheritdoc/>
    public void DoUpdate() => Update?.Invoke(Since(ref _updated));

    /// <inheritdoc/>
    public void DoRender()
    {
        Render?.Invoke(Since(ref _rendered));
        GLContext!.SwapBuffers();
    }

    /// <inheritdoc/>
    public void Close() => Glfw.SetWindowShouldClose(Handle, 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Handle != 0)
        {
            Glfw.DestroyWindow(Handle);
            Handle = 0;
            _self.Free();
        }
    }

    /// <summary>The window that a callback is about.</summary>
    public static GlfwWindow Of(nint handle) => (GlfwWindow)GCHandle.FromIntPtr(Glfw.GetWindowUserPointer(handle)).Target!;

    [UnmanagedCallersOnly]
    private static void Resized(nint handle, int width, int height) => Of(handle).FramebufferResize?.Invoke(new Vector2D<int>(width, height));

    private double Since(ref double last)
    {
        double now = Time;
        double passed = now - last;
        last = now;
        return passed;
    }
}
