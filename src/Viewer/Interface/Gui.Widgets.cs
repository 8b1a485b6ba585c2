using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Interface;

internal sealed unsafe partial class Gui
{
    /// <summary>Plain text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWrapped">Whether it goes on in the next line at the window's edge.</param>
    public void Text(string text, bool isWrapped = false) => NativeInterface.Text(text, Number(isWrapped));

    /// <summary>Text of a colour.</summary>
    public void Text(string text, Tint colour) => NativeInterface.TextColoured(colour.Packed, text);

    /// <summary>A button; true when it was pressed. As large as its label where the size is 0, as wide as the room less so much where it is negative.</summary>
    public bool Button(string label, float width = 0, float height = 0) => NativeInterface.Button(label, width, height) != 0;

    /// <summary>A place that can be pressed and dragged, to draw on.</summary>
    public bool InvisibleButton(string label, float width, float height) => NativeInterface.InvisibleButton(label, width, height) != 0;

    /// <summary>A line that can be chosen; true when it was.</summary>
    public bool Selectable(string label, bool isSelected = false) => NativeInterface.Selectable(label, Number(isSelected)) != 0;

    /// <summary>A box to tick; true when it changed.</summary>
    public bool Checkbox(string label, ref bool isOn)
    {
        int on = Number(isOn);
        bool changed = NativeInterface.Checkbox(label, &on) != 0;
        isOn = on != 0;
        return changed;
    }

    /// <summary>One of several buttons of which one is on; true when it was pressed.</summary>
    public bool RadioButton(string label, bool isOn) => NativeInterface.Radio(label, Number(isOn)) != 0;

    /// <summary>A heading that folds what is below it; true while open.</summary>
    public bool Header(string label, bool isOpenAtFirst = true) => NativeInterface.Header(label, Number(isOpenAtFirst)) != 0;

    /// <summary>A slider; true when it changed.</summary>
    /// <param name="label">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="lowest">Left end.</param>
    /// <param name="highest">Right end.</param>
    /// <param name="format">As of C's printf: <c>%.2f s</c>.</param>
    public bool SliderFloat(string label, ref float value, float lowest, float highest, string format = "%.2f")
    {
        fixed (float* place = &value)
        {
            return NativeInterface.SliderFloat(label, place, lowest, highest, format) != 0;
        }
    }

    /// <summary>A slider of whole numbers; true when it changed.</summary>
    public bool SliderInt(string label, ref int value, int lowest, int highest, string format = "%d")
    {
        fixed (int* place = &value)
        {
            return NativeInterface.SliderInt(label, place, lowest, highest, format) != 0;
        }
    }

    /// <summary>A number that is changed by dragging; true when it changed.</summary>
    public bool DragFloat(string label, ref float value, float speed, float lowest, float highest, string format = "%.2f")
    {
        fixed (float* place = &value)
        {
            return NativeInterface.DragFloat(label, place, speed, lowest, highest, format) != 0;
        }
    }

    /// <summary>A list that opens to choose one of; true when another was chosen.</summary>
    public bool Combo(string label, ref int chosen, IReadOnlyList<string> items)
    {
        fixed (int* place = &chosen)
        fixed (byte* list = Encoding.UTF8.GetBytes(string.Join('\0', items) + "\0\0"))
        {
            return NativeInterface.Combo(label, place, list) != 0;
        }
    }

    /// <summary>A box to type a line into.</summary>
    /// <param name="label">Its name, shown to its right; after <c>##</c> not shown.</param>
    /// <param name="hint">Shown while it is empty.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="edit">Asked at every edit with what stands there: gives another text to stand there, or null to leave it.</param>
    /// <param name="capacity">Bytes of UTF-8 that it holds at most, less one.</param>
    /// <returns>Whether enter was pressed.</returns>
    public bool InputText(string label, string hint, ref string text, Func<TextEdit, string, string?>? edit = null, int capacity = 512)
    {
        byte[] bytes = new byte[capacity];
        Put(text, bytes);
        GCHandle handle = GCHandle.Alloc(edit ?? ((_, _) => null));
        try
        {
            fixed (byte* place = bytes)
            {
                bool entered = NativeInterface.InputText(label, hint, place, capacity, &Edited, GCHandle.ToIntPtr(handle)) != 0;
                text = Text(place);
                return entered;
            }
        }
        finally
        {
            handle.Free();
        }
    }

    /// <summary>A curve.</summary>
    /// <param name="label">Its name.</param>
    /// <param name="values">Its values, oldest first from <paramref name="start"/> and round.</param>
    /// <param name="start">Where the oldest stands.</param>
    /// <param name="range">Lowest and highest value shown.</param>
    /// <param name="size">Pixels across and down; 0 across for all room.</param>
    /// <param name="overlay">Text on it.</param>
    public void PlotLines(string label, ReadOnlySpan<float> values, int start, Vector2 range, Vector2 size, string? overlay = null)
    {
        fixed (float* place = values)
        {
            NativeInterface.Plot(label, place, values.Length, start, overlay, (float*)&range, (float*)&size);
        }
    }

    /// <summary>A bar that fills.</summary>
    public void Progress(float share, float width, string? overlay = null) => NativeInterface.Progress(share, width, overlay);

    [UnmanagedCallersOnly]
    private static int Edited(int edit, byte* text, int capacity, nint user)
    {
        var asked = (Func<TextEdit, string, string?>)GCHandle.FromIntPtr(user).Target!;
        if (asked((TextEdit)edit, Text(text)) is not { } other)
        {
            return 0;
        }

        Put(other, new Span<byte>(text, capacity));
        return 1;
    }

    // Cut between characters where it does not fit.
    private static void Put(string text, Span<byte> bytes)
    {
        bytes.Clear();
        Encoding.UTF8.GetEncoder().Convert(text, bytes[..^1], flush: true, out _, out _, out _);
    }
}
