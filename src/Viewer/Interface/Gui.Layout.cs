using System.Numerics;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Interface;

internal sealed unsafe partial class Gui
{
    /// <summary>Says where the next window is.</summary>
    /// <param name="place">Its top left.</param>
    /// <param name="size">Its size; 0, 0 to fit its contents.</param>
    /// <param name="opacity">0 to 1; negative for the usual.</param>
    /// <param name="isAlways">Whether also after its first time, when a person may have moved it.</param>
    public void NextWindow(Vector2 place, Vector2 size, float opacity = -1, bool isAlways = true) =>
        NativeInterface.NextWindow(place.X, place.Y, size.X, size.Y, opacity, Number(isAlways));

    /// <summary>Begins a window; <see cref="EndWindow"/> ends it in any case. False while it is folded.</summary>
    public bool BeginWindow(string name, PanelFlags flags = PanelFlags.None) => NativeInterface.Begin(name, null, (int)flags) != 0;

    /// <summary>Begins a window with a button that closes it.</summary>
    public bool BeginWindow(string name, ref bool isOpen, PanelFlags flags = PanelFlags.None)
    {
        int open = Number(isOpen);
        bool shown = NativeInterface.Begin(name, &open, (int)flags) != 0;
        isOpen = open != 0;
        return shown;
    }

    public void EndWindow() => NativeInterface.End();

    /// <summary>Begins a part of a window that scrolls by itself; <see cref="EndChild"/> ends it in any case.</summary>
    public bool BeginChild(string name, Vector2 size, bool hasBorder = false) => NativeInterface.BeginChild(name, size.X, size.Y, Number(hasBorder)) != 0;

    public void EndChild() => NativeInterface.EndChild();

    /// <summary>The next widget stands beside the last one.</summary>
    /// <param name="offset">Pixels from the window's left; 0 for right behind.</param>
    /// <param name="spacing">Pixels between; negative for the usual.</param>
    public void SameLine(float offset = 0, float spacing = -1) => NativeInterface.SameLine(offset, spacing);

    public void Separator() => NativeInterface.Separator();

    public void Spacing() => NativeInterface.Spacing();

    /// <summary>Says how wide the next widget is; negative for the room less so much.</summary>
    public void NextWidth(float width) => NativeInterface.NextWidth(width);

    /// <summary>Tells widgets of the same label apart until <see cref="PopId"/>.</summary>
    public void PushId(int id) => NativeInterface.PushId(id);

    public void PopId() => NativeInterface.PopId();

    /// <summary>Widgets are grey and dead until <see cref="EndDisabled"/>, if so.</summary>
    public void BeginDisabled(bool isDisabled = true) => NativeInterface.BeginDisabled(Number(isDisabled));

    public void EndDisabled() => NativeInterface.EndDisabled();

    /// <summary>Begins a table; only when true is it filled and ended.</summary>
    public bool BeginTable(string name, int columns) => NativeInterface.BeginTable(name, columns) != 0;

    public void NextRow() => NativeInterface.NextRow();

    public void NextColumn() => _ = NativeInterface.NextColumn();

    public void EndTable() => NativeInterface.EndTable();

    /// <summary>Text beside the mouse.</summary>
    public void Tooltip(string text)
    {
        NativeInterface.BeginTooltip();
        NativeInterface.Text(text, 0);
        NativeInterface.EndTooltip();
    }

    /// <summary>What is typed goes into the next widget.</summary>
    public void FocusNext() => NativeInterface.FocusHere();

    /// <summary>Scrolls so that the last line is seen.</summary>
    public void ScrollHere() => NativeInterface.ScrollHere();

    /// <summary>Colours a part until <see cref="PopColour"/>.</summary>
    public void PushColour(GuiPart part, Tint colour) => NativeInterface.PushColour((int)part, colour.Packed);

    public void PopColour(int count = 1) => NativeInterface.PopColour(count);

    /// <summary>Whether the mouse is on the last widget.</summary>
    public bool IsItemHovered => NativeInterface.ItemHovered() != 0;

    /// <summary>Whether the last widget is held or typed into.</summary>
    public bool IsItemActive => NativeInterface.ItemActive() != 0;

    /// <summary>Whether the last widget has just been taken hold of.</summary>
    public bool IsItemActivated => NativeInterface.ItemActivated() != 0;

    /// <summary>Whether the last widget has just been let go.</summary>
    public bool IsItemReleased => NativeInterface.ItemReleased() != 0;

    public bool IsItemDoubleClicked => NativeInterface.ItemDoubleClicked() != 0;

    /// <summary>The corners of the last widget.</summary>
    public (Vector2 Low, Vector2 High) ItemRectangle
    {
        get
        {
            Vector4 corners;
            NativeInterface.ItemRectangle((float*)&corners);
            return (new Vector2(corners.X, corners.Y), new Vector2(corners.Z, corners.W));
        }
    }

    public Vector2 Pointer
    {
        get
        {
            Vector2 place;
            NativeInterface.MousePlace((float*)&place);
            return place;
        }
    }

    /// <summary>Whether a button has just been pressed: 0 left, 1 right, 2 middle.</summary>
    public bool IsMouseClicked(int button) => NativeInterface.MouseClicked(button) != 0;

    /// <summary>Where the next widget stands.</summary>
    public Vector2 Cursor
    {
        get
        {
            Vector2 place;
            NativeInterface.Cursor((float*)&place);
            return place;
        }
        set => NativeInterface.SetCursor(value.X, value.Y);
    }

    /// <summary>What is left of the window.</summary>
    public Vector2 Room
    {
        get
        {
            Vector2 size;
            NativeInterface.Room((float*)&size);
            return size;
        }
    }

    public Vector2 SizeOf(string text)
    {
        Vector2 size;
        NativeInterface.TextSize(text, (float*)&size);
        return size;
    }
}
