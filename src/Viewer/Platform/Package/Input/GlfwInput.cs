using System.Numerics;
using System.Runtime.InteropServices;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

/// <summary>The keyboard and the mouse of a GLFW window.</summary>
internal sealed unsafe class GlfwInput : IInputContext, IKeyboard, IMouse
{
    private const int Release = 0;
    private const int Press = 1;

    private readonly GlfwWindow _window;

    public GlfwInput(GlfwWindow window)
    {
        _window = window;
        window.Input = this;
        _ = Glfw.OnKey(window.Handle, &KeyTold);
        _ = Glfw.OnCharacter(window.Handle, &CharacterTold);
        _ = Glfw.OnMouseButton(window.Handle, &ButtonTold);
        _ = Glfw.OnCursor(window.Handle, &CursorTold);
        _ = Glfw.OnScroll(window.Handle, &ScrollTold);
    }

    /// <inheritdoc/>
    public event Action<IKeyboard, Key, int>? KeyDown;

    /// <inheritdoc/>
    public event Action<IKeyboard, Key, int>? KeyUp;

    /// <inheritdoc/>
    public event Action<IKeyboard, char>? KeyChar;

    /// <inheritdoc/>
    public event Action<IMouse, MouseButton>? MouseDown;

    /// <inheritdoc/>
    public event Action<IMouse, MouseButton>? MouseUp;

    /// <inheritdoc/>
    public event Action<IMouse, Vector2>? MouseMove;

    /// <inheritdoc/>
    public event Action<IMouse, ScrollWheel>? Scroll;

    /// <inheritdoc/>
    public IReadOnlyList<IKeyboard> Keyboards => [this];

    /// <inheritdoc/>
    public IReadOnlyList<IMouse> Mice => [this];

    /// <inheritdoc/>
    public string ClipboardText
    {
        get => Marshal.PtrToStringUTF8((nint)Glfw.GetClipboard(_window.Handle)) ?? "";
        set => Glfw.SetClipboard(_window.Handle, value);
    }

    /// <inheritdoc/>
    public Vector2 Position
    {
        get
        {
            double x, y;
            Glfw.GetCursorPosition(_window.Handle, &x, &y);
            return new Vector2((float)x, (float)y);
        }
    }

    /// <inheritdoc/>
    public bool IsKeyPressed(Key key) => Glfw.GetKey(_window.Handle, (int)key) == Press;

    /// <inheritdoc/>
    public bool IsButtonPressed(MouseButton btn) => Glfw.GetMouseButton(_window.Handle, (int)btn) == Press;

    /// <inheritdoc/>
    public void Dispose() => _window.Input = null;

    [UnmanagedCallersOnly]
    private static void KeyTold(nint handle, int key, int scancode, int action, int modifiers)
    {
        if (GlfwWindow.Of(handle).Input is { } input)
        {
            (action == Release ? input.KeyUp : input.KeyDown)?.Invoke(input, (Key)key, scancode);
        }
    }

    [UnmanagedCallersOnly]
    private static void CharacterTold(nint handle, uint codepoint)
    {
        if (GlfwWindow.Of(handle).Input is { } input && codepoint <= char.MaxValue)
        {
            input.KeyChar?.Invoke(input, (char)codepoint);
        }
    }

    [UnmanagedCallersOnly]
    private static void ButtonTold(nint handle, int button, int action, int modifiers)
    {
        if (GlfwWindow.Of(handle).Input is { } input)
        {
            (action == Release ? input.MouseUp : input.MouseDown)?.Invoke(input, (MouseButton)button);
        }
    }

    [UnmanagedCallersOnly]
    private static void CursorTold(nint handle, double x, double y)
    {
        if (GlfwWindow.Of(handle).Input is { } input)
        {
            input.MouseMove?.Invoke(input, new Vector2((float)x, (float)y));
        }
    }

    [UnmanagedCallersOnly]
    private static void ScrollTold(nint handle, double x, double y)
    {
        if (GlfwWindow.Of(handle).Input is { } input)
        {
            input.Scroll?.Invoke(input, new ScrollWheel((float)x, (float)y));
        }
    }
}
