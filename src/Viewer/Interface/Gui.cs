using System.Runtime.InteropServices;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Interface;

/// <summary>
/// Panels of Dear ImGui over a picture: between <see cref="Begin"/> and <see cref="End"/> of a frame the widgets are called in their order. Sizes and places are
/// in pixels from the top left. One at a time in a process, all calls on the thread that draws.
/// </summary>
internal sealed unsafe partial class Gui : IDisposable
{
    private const float FontSize = 15;

    private readonly GuiRenderer _renderer;

    /// <param name="gl">What it is drawn with.</param>
    /// <param name="fontFile">A TrueType font; the built-in one when null or absent.</param>
    /// <exception cref="MotionException">Dear ImGui is not there.</exception>
    public Gui(GL gl, string? fontFile = null)
    {
        NativeInterface.Create(File.Exists(fontFile) ? fontFile : null, FontSize);
        byte* alpha;
        int width, height;
        NativeInterface.Font(&alpha, &width, &height);
        _renderer = new GuiRenderer(gl, new ReadOnlySpan<byte>(alpha, width * height), width, height);
        NativeInterface.FontTexture(_renderer.FontTexture);
    }

    /// <summary>Whether the mouse is the panels', not the picture's.</summary>
    public bool WantsMouse => NativeInterface.WantsMouse() != 0;

    /// <summary>Whether what is typed goes into a text box.</summary>
    public bool WantsKeyboard => NativeInterface.WantsKeyboard() != 0;

    /// <summary>Begins a frame.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="seconds">Since the last frame.</param>
    public void Begin(int width, int height, float seconds)
    {
        (Width, Height) = (width, height);
        NativeInterface.BeginFrame(width, height, seconds);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    public int Height { get; private set; }

    /// <summary>Ends the frame and draws its panels on the bound framebuffer.</summary>
    public void End()
    {
        int lists = NativeInterface.EndFrame();
        _renderer.Start(Width, Height);
        for (int index = 0; index < lists; index++)
        {
            NativeList list;
            NativeInterface.ListAt(index, &list);
            _renderer.Draw(list, Height);
        }

        _renderer.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _renderer.Dispose();
        NativeInterface.Destroy();
    }

    private static int Number(bool flag) => flag ? 1 : 0;

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
