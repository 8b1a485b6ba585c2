using System.Numerics;
using Silk.NET.Windowing;

namespace Silk.NET.Input;

/// <summary>What a person types and points with.</summary>
internal interface IInputContext : IDisposable
{
    IReadOnlyList<IKeyboard> Keyboards { get; }

    IReadOnlyList<IMouse> Mice { get; }
}

/// <summary>A keyboard.</summary>
internal interface IKeyboard
{
    /// <summary>A key went down, or repeats; with its scancode.</summary>
    event Action<IKeyboard, Key, int>? KeyDown;

    /// <summary>A key went up; with its scancode.</summary>
    event Action<IKeyboard, Key, int>? KeyUp;

    /// <summary>A character was typed.</summary>
    event Action<IKeyboard, char>? KeyChar;

    /// <summary>Text that was copied.</summary>
    string ClipboardText { get; set; }

    bool IsKeyPressed(Key key);
}

/// <summary>A mouse.</summary>
internal interface IMouse
{
    event Action<IMouse, MouseButton>? MouseDown;

    event Action<IMouse, MouseButton>? MouseUp;

    event Action<IMouse, Vector2>? MouseMove;

    event Action<IMouse, ScrollWheel>? Scroll;

    /// <summary>Screen coordinates from the window's top left.</summary>
    Vector2 Position { get; }

    bool IsButtonPressed(MouseButton btn);
}

/// <summary>How far a wheel was turned.</summary>
internal readonly record struct ScrollWheel(float X, float Y);

internal enum MouseButton
{
    Left,
    Right,
    Middle,
}

/// <summary>Makes inputs of windows.</summary>
internal static class InputWindowExtensions
{
    /// <summary>What is typed into a window and pointed at in it.</summary>
    public static IInputContext CreateInput(this IView view) => new GlfwInput((GlfwWindow)view);
}
