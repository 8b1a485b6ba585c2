#include "motion_interface.h"

#include <imgui.h>

#include <string>
#include <vector>

namespace {
ImDrawList* layer_of(int32_t layer) { return layer == 1 ? ImGui::GetBackgroundDrawList() : layer == 2 ? ImGui::GetForegroundDrawList() : ImGui::GetWindowDrawList(); }

void give(ImVec2 value, float* place) {
    place[0] = value.x;
    place[1] = value.y;
}

struct Editing {
    motion_ui_editor editor;
    void* user;
};

int edited(ImGuiInputTextCallbackData* data) {
    const auto* editing = static_cast<Editing*>(data->UserData);
    const int32_t what = data->EventFlag == ImGuiInputTextFlags_CallbackHistory ? (data->EventKey == ImGuiKey_UpArrow ? MOTION_UI_OLDER : MOTION_UI_NEWER)
                         : data->EventFlag == ImGuiInputTextFlags_CallbackCompletion ? MOTION_UI_COMPLETE
                                                                                     : MOTION_UI_CHANGED;
    std::vector<char> text(data->BufSize, 0);
    std::copy(data->Buf, data->Buf + data->BufTextLen, text.begin());
    if (editing->editor(what, text.data(), data->BufSize, editing->user) != 0) {
        data->DeleteChars(0, data->BufTextLen);
        data->InsertChars(0, text.data());
        data->SelectAll();
        data->ClearSelection();
        data->CursorPos = data->BufTextLen;
    }
    return 0;
}
}  // namespace

MOTION_API void motion_ui_next_window(float x, float y, float width, float height, float opacity, int32_t always) {
    const ImGuiCond when = always != 0 ? ImGuiCond_Always : ImGuiCond_FirstUseEver;
    ImGui::SetNextWindowPos(ImVec2(x, y), when);
    if (width > 0 || height > 0) ImGui::SetNextWindowSize(ImVec2(width, height), when);
    if (opacity >= 0) ImGui::SetNextWindowBgAlpha(opacity);
}

MOTION_API int32_t motion_ui_begin(const char* name, int32_t* open, int32_t flags) {
    bool is_open = open == nullptr || *open != 0;
    const bool shown = ImGui::Begin(name, open == nullptr ? nullptr : &is_open, flags);
    if (open != nullptr) *open = is_open;
    return shown;
}

MOTION_API void motion_ui_end() { ImGui::End(); }

MOTION_API int32_t motion_ui_begin_child(const char* name, float width, float height, int32_t border) { return ImGui::BeginChild(name, ImVec2(width, height), border != 0); }

MOTION_API void motion_ui_end_child() { ImGui::EndChild(); }

MOTION_API void motion_ui_same_line(float offset, float spacing) { ImGui::SameLine(offset, spacing); }

MOTION_API void motion_ui_separator() { ImGui::Separator(); }

MOTION_API void motion_ui_spacing() { ImGui::Spacing(); }

MOTION_API void motion_ui_next_width(float width) { ImGui::SetNextItemWidth(width); }

MOTION_API void motion_ui_push_id(int32_t id) { ImGui::PushID(id); }

MOTION_API void motion_ui_pop_id() { ImGui::PopID(); }

MOTION_API void motion_ui_begin_disabled(int32_t disabled) { ImGui::BeginDisabled(disabled != 0); }

MOTION_API void motion_ui_end_disabled() { ImGui::EndDisabled(); }

MOTION_API int32_t motion_ui_begin_table(const char* name, int32_t columns) { return ImGui::BeginTable(name, columns, ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_RowBg); }

MOTION_API void motion_ui_next_row() { ImGui::TableNextRow(); }

MOTION_API int32_t motion_ui_next_column() { return ImGui::TableNextColumn(); }

MOTION_API void motion_ui_end_table() { ImGui::EndTable(); }

MOTION_API void motion_ui_begin_tooltip() { ImGui::BeginTooltip(); }

MOTION_API void motion_ui_end_tooltip() { ImGui::EndTooltip(); }

MOTION_API void motion_ui_focus_here() { ImGui::SetKeyboardFocusHere(); }

MOTION_API void motion_ui_scroll_here() { ImGui::SetScrollHereY(); }

MOTION_API void motion_ui_push_colour(int32_t what, uint32_t colour) {
    // The parts that the program colours, in the order of its own list.
    constexpr ImGuiCol parts[] = {ImGuiCol_Text, ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_FrameBg, ImGuiCol_PlotLines, ImGuiCol_WindowBg};
    ImGui::PushStyleColor(parts[what], colour);
}

MOTION_API void motion_ui_pop_colour(int32_t count) { ImGui::PopStyleColor(count); }

MOTION_API void motion_ui_text(const char* text, int32_t wrapped) {
    if (wrapped != 0) ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text);
    if (wrapped != 0) ImGui::PopTextWrapPos();
}

MOTION_API void motion_ui_text_coloured(uint32_t colour, const char* text) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::TextUnformatted(text);
    ImGui::PopStyleColor();
}

MOTION_API int32_t motion_ui_button(const char* label, float width, float height) { return ImGui::Button(label, ImVec2(width, height)); }

MOTION_API int32_t motion_ui_invisible_button(const char* label, float width, float height) { return ImGui::InvisibleButton(label, ImVec2(width, height)); }

MOTION_API int32_t motion_ui_selectable(const char* label, int32_t selected) { return ImGui::Selectable(label, selected != 0); }

MOTION_API int32_t motion_ui_checkbox(const char* label, int32_t* on) {
    bool value = *on != 0;
    const bool changed = ImGui::Checkbox(label, &value);
    *on = value;
    return changed;
}

MOTION_API int32_t motion_ui_radio(const char* label, int32_t on) { return ImGui::RadioButton(label, on != 0); }

MOTION_API int32_t motion_ui_header(const char* label, int32_t open_at_first) {
    return ImGui::CollapsingHeader(label, open_at_first != 0 ? ImGuiTreeNodeFlags_DefaultOpen : ImGuiTreeNodeFlags_None);
}

MOTION_API int32_t motion_ui_slider_float(const char* label, float* value, float lowest, float highest, const char* format) {
    return ImGui::SliderFloat(label, value, lowest, highest, format, ImGuiSliderFlags_AlwaysClamp);
}

MOTION_API int32_t motion_ui_slider_int(const char* label, int32_t* value, int32_t lowest, int32_t highest, const char* format) {
    return ImGui::SliderInt(label, value, lowest, highest, format, ImGuiSliderFlags_AlwaysClamp);
}

MOTION_API int32_t motion_ui_drag_float(const char* label, float* value, float speed, float lowest, float highest, const char* format) {
    return ImGui::DragFloat(label, value, speed, lowest, highest, format, ImGuiSliderFlags_AlwaysClamp);
}

MOTION_API int32_t motion_ui_combo(const char* label, int32_t* chosen, const char* items) { return ImGui::Combo(label, chosen, items); }

MOTION_API int32_t motion_ui_input_text(const char* label, const char* hint, char* text, int32_t capacity, motion_ui_editor editor, void* user) {
    Editing editing{editor, user};
    const ImGuiInputTextFlags flags = ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackHistory | ImGuiInputTextFlags_CallbackCompletion | ImGuiInputTextFlags_CallbackEdit;
    return ImGui::InputTextWithHint(label, hint, text, capacity, flags, edited, &editing);
}

MOTION_API void motion_ui_plot(const char* label, const float* values, int32_t count, int32_t offset, const char* overlay, const float* range, const float* size) {
    ImGui::PlotLines(label, values, count, offset, overlay, range[0], range[1], ImVec2(size[0], size[1]));
}

MOTION_API void motion_ui_progress(float share, float width, const char* overlay) { ImGui::ProgressBar(share, ImVec2(width, 0), overlay); }

MOTION_API int32_t motion_ui_item_hovered() { return ImGui::IsItemHovered(); }

MOTION_API int32_t motion_ui_item_active() { return ImGui::IsItemActive(); }

MOTION_API int32_t motion_ui_item_activated() { return ImGui::IsItemActivated(); }

MOTION_API int32_t motion_ui_item_released() { return ImGui::IsItemDeactivated(); }

MOTION_API int32_t motion_ui_item_double_clicked() { return ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0); }

MOTION_API void motion_ui_item_rectangle(float* rectangle) {
    give(ImGui::GetItemRectMin(), rectangle);
    give(ImGui::GetItemRectMax(), rectangle + 2);
}

MOTION_API void motion_ui_mouse_place(float* place) { give(ImGui::GetMousePos(), place); }

MOTION_API int32_t motion_ui_mouse_clicked(int32_t button) { return ImGui::IsMouseClicked(button); }

MOTION_API void motion_ui_cursor(float* place) { give(ImGui::GetCursorScreenPos(), place); }

MOTION_API void motion_ui_set_cursor(float x, float y) { ImGui::SetCursorScreenPos(ImVec2(x, y)); }

MOTION_API void motion_ui_room(float* size) { give(ImGui::GetContentRegionAvail(), size); }

MOTION_API void motion_ui_text_size(const char* text, float* size) { give(ImGui::CalcTextSize(text), size); }

MOTION_API void motion_ui_draw_rectangle(int32_t layer, const float* rectangle, uint32_t colour, float rounding, float thickness) {
    const ImVec2 low(rectangle[0], rectangle[1]), high(rectangle[2], rectangle[3]);
    if (thickness > 0) {
        layer_of(layer)->AddRect(low, high, colour, rounding, 0, thickness);
    } else {
        layer_of(layer)->AddRectFilled(low, high, colour, rounding);
    }
}

MOTION_API void motion_ui_draw_line(int32_t layer, const float* ends, uint32_t colour, float thickness) {
    layer_of(layer)->AddLine(ImVec2(ends[0], ends[1]), ImVec2(ends[2], ends[3]), colour, thickness);
}

MOTION_API void motion_ui_draw_circle(int32_t layer, float x, float y, float radius, uint32_t colour, float thickness) {
    if (thickness > 0) {
        layer_of(layer)->AddCircle(ImVec2(x, y), radius, colour, 0, thickness);
    } else {
        layer_of(layer)->AddCircleFilled(ImVec2(x, y), radius, colour);
    }
}

MOTION_API void motion_ui_draw_text(int32_t layer, float x, float y, uint32_t colour, const char* text, const float* clip) {
    if (clip == nullptr) {
        layer_of(layer)->AddText(ImVec2(x, y), colour, text);
        return;
    }
    const ImVec4 within(clip[0], clip[1], clip[2], clip[3]);
    layer_of(layer)->AddText(nullptr, 0, ImVec2(x, y), colour, text, nullptr, 0, &within);
}
