using System.Numerics;
using Silk.NET.Input;

namespace Motion.Viewer.Interface;

/// <summary>
/// What a person does with keyboard and mouse, frame by frame. A window tells it, and so can a script: both go the same way. What follows too fast for one
/// frame, such as pressing and releasing a key, is spread over the next ones, so that nothing is lost.
/// </summary>
/// <param name="hasPanels">Whether panels take their part of it.</param>
internal sealed class UserInput(bool hasPanels)
{
    // Subjects of which one event fits into a frame: keys by their number, the others below them.
    private const int Pointing = -2;
    private const int Typing = -3;
    private const int Clicking = -10;

    private readonly Queue<(int Subject, Action Apply)> _waiting = [];
    private readonly HashSet<Key> _held = [];
    private readonly HashSet<MouseButton> _buttons = [];
    private readonly List<Key> _pressed = [];
    private readonly List<MouseButton> _clicked = [];
    private Vector2 _last;

    private bool PanelsHaveMouse => hasPanels && NativeInterface.WantsMouse() != 0;

    private bool PanelsHaveKeyboard => hasPanels && NativeInterface.WantsKeyboard() != 0;

    /// <summary>Keys that went down since the last frame, or repeat, while no text box had them.</summary>
    public IReadOnlyList<Key> Pressed => _pressed;

    /// <summary>Mouse buttons that went down on the picture since the last frame.</summary>
    public IReadOnlyList<MouseButton> Clicked => _clicked;

    /// <summary>Where the mouse is, pixels from the top left.</summary>
    public Vector2 Pointer { get; private set; }

    /// <summary>How far the mouse went since the last frame, pixels.</summary>
    public Vector2 Moved { get; private set; }

    /// <summary>How far the wheel was turned over the picture since the last frame; up is positive.</summary>
    public float Scrolled { get; private set; }

    /// <summary>Whether events still wait for the next frames.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Whether a key is held.</summary>
    public bool Holds(Key key) => _held.Contains(key);

    /// <summary>Whether a mouse button is held that was pressed on the picture.</summary>
    public bool Holds(MouseButton button) => _buttons.Contains(button);

    /// <summary>The mouse went to a place, pixels from the top left.</summary>
    public void MoveTo(Vector2 place) => Tell(Pointing, () =>
    {
        Pointer = place;
        ToPanels(() => NativeInterface.Mouse(place.X, place.Y));
    });

    /// <summary>A mouse button went down or up.</summary>
    public void Button(MouseButton button, bool isDown) => Tell(Clicking - (int)button, () =>
    {
        ToPanels(() => NativeInterface.MouseButton((int)button, isDown ? 1 : 0));
        if (!isDown)
        {
            _buttons.Remove(button);
        }
        else if (!PanelsHaveMouse)
        {
            _buttons.Add(button);
            _clicked.Add(button);
        }
    });

    /// <summary>The wheel was turned; up is positive.</summary>
    public void Scroll(float up) => Tell(Pointing, () =>
    {
        ToPanels(() => NativeInterface.Wheel(0, up));
        Scrolled += PanelsHaveMouse ? 0 : up;
    });

    /// <summary>A key went down, or repeats, or went up.</summary>
    public void Press(Key key, bool isDown) => Tell((int)key, () =>
    {
        ToPanels(() => NativeInterface.Key((int)key, isDown ? 1 : 0));
        if (!isDown)
        {
            _held.Remove(key);
            return;
        }

        _held.Add(key);
        if (!PanelsHaveKeyboard)
        {
            _pressed.Add(key);
        }
    });

    /// <summary>A character was typed.</summary>
    public void Type(char character) => Tell(Typing, () => ToPanels(() => NativeInterface.Character(character)));

    /// <summary>Hears a window's keyboard and mouse.</summary>
    /// <param name="input">The window's.</param>
    /// <param name="pixels">Pixels of the picture for each screen coordinate.</param>
    public void Hear(IInputContext input, Func<Vector2> pixels)
    {
        foreach (IKeyboard keyboard in input.Keyboards)
        {
            keyboard.KeyDown += (_, key, _) => Press(key, true);
            keyboard.KeyUp += (_, key, _) => Press(key, false);
            keyboard.KeyChar += (_, character) => Type(character);
        }

        foreach (IMouse mouse in input.Mice)
        {
            mouse.MouseMove += (_, place) => MoveTo(place * pixels());
            mouse.MouseDown += (_, button) => Button(button, true);
            mouse.MouseUp += (_, button) => Button(button, false);
            mouse.Scroll += (_, wheel) => Scroll(wheel.Y);
        }
    }

    /// <summary>Takes what has been told, before the panels begin their frame.</summary>
    public void BeginFrame()
    {
        _pressed.Clear();
        _clicked.Clear();
        Scrolled = 0;
        HashSet<int> seen = [];
        while (_waiting.TryPeek(out (int Subject, Action Apply) next))
        {
            if (!Fits(next.Subject, seen))
            {
                break;
            }

            seen.Add(next.Subject);
            _waiting.Dequeue().Apply();
        }

        Moved = Pointer - _last;
        _last = Pointer;
    }

    // Letters go in together and the mouse moves freely; but a click comes after the panels have seen the mouse arrive, and a key after the letters before it.
    private static bool Fits(int subject, HashSet<int> seen) => subject switch
    {
        Pointing => !seen.Any(other => other <= Clicking),
        Typing => !seen.Any(other => other >= 0 && !IsOfLetter((Key)other)),
        <= Clicking => !seen.Contains(subject) && !seen.Contains(Pointing),
        _ => !seen.Contains(subject) && (!seen.Contains(Typing) || IsOfLetter((Key)subject)),
    };

    private static bool IsOfLetter(Key key) => key is >= Key.Space and <= Key.GraveAccent or >= Key.ShiftLeft;

    private void ToPanels(Action tell)
    {
        if (hasPanels)
        {
            tell();
        }
    }

    private void Tell(int subject, Action apply) => _waiting.Enqueue((subject, apply));
}
