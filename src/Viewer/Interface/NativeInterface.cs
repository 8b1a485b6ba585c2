using System.Runtime.InteropServices;

namespace Motion.Viewer.Interface;

/// <summary>What a layer of panels draws: motion_ui_list.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeList
{
    public void* Vertices;
    public void* Indices;
    public NativeCommand* Commands;
    public int VertexCount;
    public int IndexCount;
    public int CommandCount;
}

/// <summary>A run of triangles: motion_ui_command.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeCommand
{
    public float Left;
    public float Top;
    public float Right;
    public float Bottom;
    public uint Texture;
    public uint Elements;
    public uint FirstIndex;
    public uint FirstVertex;
}

/// <summary>motion_interface.h.</summary>
internal static unsafe partial class NativeInterface
{
    private const string Library = InterfaceLibrary.Name;

    static NativeInterface() => NativeLibrary.SetDllImportResolver(typeof(NativeInterface).Assembly, InterfaceLibrary.Resolve);

    [LibraryImport(Library, EntryPoint = "motion_ui_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Create(string? fontFile, float fontSize);

    [LibraryImport(Library, EntryPoint = "motion_ui_destroy")]
    public static partial void Destroy();

    [LibraryImport(Library, EntryPoint = "motion_ui_font")]
    public static partial void Font(byte** alpha, int* width, int* height);

    [LibraryImport(Library, EntryPoint = "motion_ui_font_texture")]
    public static partial void FontTexture(uint texture);

    [LibraryImport(Library, EntryPoint = "motion_ui_mouse")]
    public static partial void Mouse(float x, float y);

    [LibraryImport(Library, EntryPoint = "motion_ui_mouse_button")]
    public static partial void MouseButton(int button, int down);

    [LibraryImport(Library, EntryPoint = "motion_ui_wheel")]
    public static partial void Wheel(float x, float y);

    [LibraryImport(Library, EntryPoint = "motion_ui_key")]
    public static partial void Key(int key, int down);

    [LibraryImport(Library, EntryPoint = "motion_ui_character")]
    public static partial void Character(uint character);

    [LibraryImport(Library, EntryPoint = "motion_ui_clipboard")]
    public static partial void Clipboard(delegate* unmanaged<nint, byte*> get, delegate* unmanaged<nint, byte*, void> set, nint user);

    [LibraryImport(Library, EntryPoint = "motion_ui_wants_mouse")]
    public static partial int WantsMouse();

    [LibraryImport(Library, EntryPoint = "motion_ui_wants_keyboard")]
    public static partial int WantsKeyboard();

    [LibraryImport(Library, EntryPoint = "motion_ui_begin_frame")]
    public static partial void BeginFrame(float width, float height, float seconds);

    [LibraryImport(Library, EntryPoint = "motion_ui_end_frame")]
    public static partial int EndFrame();

    [LibraryImport(Library, EntryPoint = "motion_ui_list_at")]
    public static partial void ListAt(int index, NativeList* list);

    [LibraryImport(Library, EntryPoint = "motion_ui_next_window")]
    public static partial void NextWindow(float x, float y, float width, float height, float opacity, int always);

    [LibraryImport(Library, EntryPoint = "motion_ui_begin", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Begin(string name, int* open, int flags);

    [LibraryImport(Library, EntryPoint = "motion_ui_end")]
    public static partial void End();

    [LibraryImport(Library, EntryPoint = "motion_ui_begin_child", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BeginChild(string name, float width, float height, int border);

    [LibraryImport(Library, EntryPoint = "motion_ui_end_child")]
    public static partial void EndChild();

    [LibraryImport(Library, EntryPoint = "motion_ui_same_line")]
    public static partial void SameLine(float offset, float spacing);

    [LibraryImport(Library, EntryPoint = "motion_ui_separator")]
    public static partial void Separator();

    [LibraryImport(Library, EntryPoint = "motion_ui_spacing")]
    public static partial void Spacing();

    [LibraryImport(Library, EntryPoint = "motion_ui_next_width")]
    public static partial void NextWidth(float width);

    [LibraryImport(Library, EntryPoint = "motion_ui_push_id")]
    public static partial void PushId(int id);

    [LibraryImport(Library, EntryPoint = "motion_ui_pop_id")]
    public static partial void PopId();

    [LibraryImport(Library, EntryPoint = "motion_ui_begin_disabled")]
    public static partial void BeginDisabled(int disabled);

    [LibraryImport(Library, EntryPoint = "motion_ui_end_disabled")]
    public static partial void EndDisabled();

    [LibraryImport(Library, EntryPoint = "motion_ui_begin_table", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BeginTable(string name, int columns);

    [LibraryImport(Library, EntryPoint = "motion_ui_next_row")]
    public static partial void NextRow();

    [LibraryImport(Library, EntryPoint = "motion_ui_next_column")]
    public static partial int NextColumn();

    [LibraryImport(Library, EntryPoint = "motion_ui_end_table")]
    public static partial void EndTable();

    [LibraryImport(Library, EntryPoint = "motion_ui_begin_tooltip")]
    public static partial void BeginTooltip();

    [LibraryImport(Library, EntryPoint = "motion_ui_end_tooltip")]
    public static partial void EndTooltip();

    [LibraryImport(Library, EntryPoint = "motion_ui_focus_here")]
    public static partial void FocusHere();

    [LibraryImport(Library, EntryPoint = "motion_ui_scroll_here")]
    public static partial void ScrollHere();

    [LibraryImport(Library, EntryPoint = "motion_ui_push_colour")]
    public static partial void PushColour(int what, uint colour);

    [LibraryImport(Library, EntryPoint = "motion_ui_pop_colour")]
    public static partial void PopColour(int count);

    [LibraryImport(Library, EntryPoint = "motion_ui_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Text(string text, int wrapped);

    [LibraryImport(Library, EntryPoint = "motion_ui_text_coloured", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void TextColoured(uint colour, string text);

    [LibraryImport(Library, EntryPoint = "motion_ui_button", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Button(string label, float width, float height);

    [LibraryImport(Library, EntryPoint = "motion_ui_invisible_button", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InvisibleButton(string label, float width, float height);

    [LibraryImport(Library, EntryPoint = "motion_ui_selectable", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Selectable(string label, int selected);

    [LibraryImport(Library, EntryPoint = "motion_ui_checkbox", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Checkbox(string label, int* on);

    [LibraryImport(Library, EntryPoint = "motion_ui_radio", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Radio(string label, int on);

    [LibraryImport(Library, EntryPoint = "motion_ui_header", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Header(string label, int openAtFirst);

    [LibraryImport(Library, EntryPoint = "motion_ui_slider_float", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SliderFloat(string label, float* value, float lowest, float highest, string format);

    [LibraryImport(Library, EntryPoint = "motion_ui_slider_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SliderInt(string label, int* value, int lowest, int highest, string format);

    [LibraryImport(Library, EntryPoint = "motion_ui_drag_float", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DragFloat(string label, float* value, float speed, float lowest, float highest, string format);

    [LibraryImport(Library, EntryPoint = "motion_ui_combo", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Combo(string label, int* chosen, byte* items);

    [LibraryImport(Library, EntryPoint = "motion_ui_input_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InputText(string label, string hint, byte* text, int capacity, delegate* unmanaged<int, byte*, int, nint, int> editor, nint user);

    [LibraryImport(Library, EntryPoint = "motion_ui_plot", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Plot(string label, float* values, int count, int offset, string? overlay, float* range, float* size);

    [LibraryImport(Library, EntryPoint = "motion_ui_progress", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Progress(float share, float width, string? overlay);

    [LibraryImport(Library, EntryPoint = "motion_ui_item_hovered")]
    public static partial int ItemHovered();

    [LibraryImport(Library, EntryPoint = "motion_ui_item_active")]
    public static partial int ItemActive();

    [LibraryImport(Library, EntryPoint = "motion_ui_item_activated")]
    public static partial int ItemActivated();

    [LibraryImport(Library, EntryPoint = "motion_ui_item_released")]
    public static partial int ItemReleased();

    [LibraryImport(Library, EntryPoint = "motion_ui_item_double_clicked")]
    public static partial int ItemDoubleClicked();

    [LibraryImport(Library, EntryPoint = "motion_ui_item_rectangle")]
    public static partial void ItemRectangle(float* rectangle);

    [LibraryImport(Library, EntryPoint = "motion_ui_mouse_place")]
    public static partial void MousePlace(float* place);

    [LibraryImport(Library, EntryPoint = "motion_ui_mouse_clicked")]
    public static partial int MouseClicked(int button);

    [LibraryImport(Library, EntryPoint = "motion_ui_cursor")]
    public static partial void Cursor(float* place);

    [LibraryImport(Library, EntryPoint = "motion_ui_set_cursor")]
    public static partial void SetCursor(float x, float y);

    [LibraryImport(Library, EntryPoint = "motion_ui_room")]
    public static partial void Room(float* size);

    [LibraryImport(Library, EntryPoint = "motion_ui_text_size", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void TextSize(string text, float* size);

    [LibraryImport(Library, EntryPoint = "motion_ui_draw_rectangle")]
    public static partial void DrawRectangle(int layer, float* rectangle, uint colour, float rounding, float thickness);

    [LibraryImport(Library, EntryPoint = "motion_ui_draw_line")]
    public static partial void DrawLine(int layer, float* ends, uint colour, float thickness);

    [LibraryImport(Library, EntryPoint = "motion_ui_draw_circle")]
    public static partial void DrawCircle(int layer, float x, float y, float radius, uint colour, float thickness);

    [LibraryImport(Library, EntryPoint = "motion_ui_draw_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void DrawText(int layer, float x, float y, uint colour, string text, float* clip);
}
