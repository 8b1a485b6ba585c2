// The C face of Dear ImGui that Motion.Viewer binds to. One context for a process, all calls from one thread. Sizes and places are in
// pixels from the top left; colours are 0xAABBGGRR; strings are UTF-8.
#pragma once

#include <stdint.h>

#define MOTION_API extern "C" __attribute__((visibility("default")))

// One run of triangles with one texture, clipped to a rectangle.
struct motion_ui_command {
    float clip[4];  // left, top, right, bottom
    uint32_t texture;
    uint32_t elements;
    uint32_t first_index;
    uint32_t first_vertex;
};

// What one layer draws. A vertex is x, y, u, v as floats and a colour; an index has 16 bits.
struct motion_ui_list {
    const void* vertices;
    const void* indices;
    const motion_ui_command* commands;
    int32_t vertex_count;
    int32_t index_count;
    int32_t command_count;
};

enum motion_ui_edit : int32_t {
    MOTION_UI_CHANGED = 0,
    MOTION_UI_OLDER = 1,
    MOTION_UI_NEWER = 2,
    MOTION_UI_COMPLETE = 3,
};

// Asked while a text is edited: writes another text into `text` (of `capacity` bytes, ends with 0) and returns 1, or returns 0.
typedef int32_t (*motion_ui_editor)(int32_t edit, char* text, int32_t capacity, void* user);

MOTION_API void motion_ui_create(const char* font_file, float font_size);
MOTION_API void motion_ui_destroy();
MOTION_API void motion_ui_font(uint8_t** alpha, int32_t* width, int32_t* height);
MOTION_API void motion_ui_font_texture(uint32_t texture);

// Input. Keys are numbered as GLFW does.
MOTION_API void motion_ui_mouse(float x, float y);
MOTION_API void motion_ui_mouse_button(int32_t button, int32_t down);
MOTION_API void motion_ui_wheel(float x, float y);
MOTION_API void motion_ui_key(int32_t key, int32_t down);
MOTION_API void motion_ui_character(uint32_t character);
MOTION_API void motion_ui_clipboard(const char* (*get)(void*), void (*set)(void*, const char*), void* user);
MOTION_API int32_t motion_ui_wants_mouse();
MOTION_API int32_t motion_ui_wants_keyboard();

MOTION_API void motion_ui_begin_frame(float width, float height, float seconds);
MOTION_API int32_t motion_ui_end_frame();
MOTION_API void motion_ui_list_at(int32_t index, motion_ui_list* list);

// Windows and layout.
MOTION_API void motion_ui_next_window(float x, float y, float width, float height, float opacity, int32_t always);
MOTION_API int32_t motion_ui_begin(const char* name, int32_t* open, int32_t flags);
MOTION_API void motion_ui_end();
MOTION_API int32_t motion_ui_begin_child(const char* name, float width, float height, int32_t border);
MOTION_API void motion_ui_end_child();
MOTION_API void motion_ui_same_line(float offset, float spacing);
MOTION_API void motion_ui_separator();
MOTION_API void motion_ui_spacing();
MOTION_API void motion_ui_next_width(float width);
MOTION_API void motion_ui_push_id(int32_t id);
MOTION_API void motion_ui_pop_id();
MOTION_API void motion_ui_begin_disabled(int32_t disabled);
MOTION_API void motion_ui_end_disabled();
MOTION_API int32_t motion_ui_begin_table(const char* name, int32_t columns);
MOTION_API void motion_ui_next_row();
MOTION_API int32_t motion_ui_next_column();
MOTION_API void motion_ui_end_table();
MOTION_API void motion_ui_begin_tooltip();
MOTION_API void motion_ui_end_tooltip();
MOTION_API void motion_ui_focus_here();
MOTION_API void motion_ui_scroll_here();
MOTION_API void motion_ui_push_colour(int32_t what, uint32_t colour);
MOTION_API void motion_ui_pop_colour(int32_t count);

// Widgets.
MOTION_API void motion_ui_text(const char* text, int32_t wrapped);
MOTION_API void motion_ui_text_coloured(uint32_t colour, const char* text);
MOTION_API int32_t motion_ui_button(const char* label, float width, float height);
MOTION_API int32_t motion_ui_invisible_button(const char* label, float width, float height);
MOTION_API int32_t motion_ui_selectable(const char* label, int32_t selected);
MOTION_API int32_t motion_ui_checkbox(const char* label, int32_t* on);
MOTION_API int32_t motion_ui_radio(const char* label, int32_t on);
MOTION_API int32_t motion_ui_header(const char* label, int32_t open_at_first);
MOTION_API int32_t motion_ui_slider_float(const char* label, float* value, float lowest, float highest, const char* format);
MOTION_API int32_t motion_ui_slider_int(const char* label, int32_t* value, int32_t lowest, int32_t highest, const char* format);
MOTION_API int32_t motion_ui_drag_float(const char* label, float* value, float speed, float lowest, float highest, const char* format);
MOTION_API int32_t motion_ui_combo(const char* label, int32_t* chosen, const char* items);
MOTION_API int32_t motion_ui_input_text(const char* label, const char* hint, char* text, int32_t capacity, motion_ui_editor editor, void* user);
MOTION_API void motion_ui_plot(const char* label, const float* values, int32_t count, int32_t offset, const char* overlay, const float* range, const float* size);
MOTION_API void motion_ui_progress(float share, float width, const char* overlay);

// The last widget, the mouse, places.
MOTION_API int32_t motion_ui_item_hovered();
MOTION_API int32_t motion_ui_item_active();
MOTION_API int32_t motion_ui_item_activated();
MOTION_API int32_t motion_ui_item_released();
MOTION_API int32_t motion_ui_item_double_clicked();
MOTION_API void motion_ui_item_rectangle(float* rectangle);
MOTION_API void motion_ui_mouse_place(float* place);
MOTION_API int32_t motion_ui_mouse_clicked(int32_t button);
MOTION_API void motion_ui_cursor(float* place);
MOTION_API void motion_ui_set_cursor(float x, float y);
MOTION_API void motion_ui_room(float* size);
MOTION_API void motion_ui_text_size(const char* text, float* size);

// Shapes: on the current window (layer 0), behind all windows (1) or before them (2).
MOTION_API void motion_ui_draw_rectangle(int32_t layer, const float* rectangle, uint32_t colour, float rounding, float thickness);
MOTION_API void motion_ui_draw_line(int32_t layer, const float* ends, uint32_t colour, float thickness);
MOTION_API void motion_ui_draw_circle(int32_t layer, float x, float y, float radius, uint32_t colour, float thickness);
MOTION_API void motion_ui_draw_text(int32_t layer, float x, float y, uint32_t colour, const char* text, const float* clip);
