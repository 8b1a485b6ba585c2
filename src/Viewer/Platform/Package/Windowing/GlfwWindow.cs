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
    private GCHandle _self;

    public GlfwWindow(WindowOptions options) => _options = options;

    /// <inheritdoc/>
    public nint Handle { get; private set; }

    /// <inheritdoc/>
    public IGLContext? GLContext { get; private set; }

    /// <summary>What hears its keys and its mouse.</summary>
    public GlfwInput? Input { get; set; }

    /// <inheritdoc/>
    public bool IsClosing => Handle != 0 && Glfw.WindowShouldClose(Handle) != 0;

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
        GLContext = new GlfwContext(Handle);
        GLContext.MakeCurrent();
        GLContext.SwapInterval(_options.VSync ? 1 : 0);
    }

    /// <inheritdoc/>
    public void DoEvents() => Glfw.PollEvents();

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
}
