#include "motion_interface.h"

#include <imgui.h>

#include <vector>

namespace {
std::vector<std::vector<motion_ui_command>> commands;

// GLFW's number of each key that Dear ImGui knows by meaning.
constexpr struct {
    ImGuiKey meaning;
    int key;
} known_keys[] = {
    {ImGuiKey_Tab, 258},   {ImGuiKey_LeftArrow, 263}, {ImGuiKey_RightArrow, 262}, {ImGuiKey_UpArrow, 265},     {ImGuiKey_DownArrow, 264}, {ImGuiKey_PageUp, 266},
    {ImGuiKey_PageDown, 267}, {ImGuiKey_Home, 268},   {ImGuiKey_End, 269},        {ImGuiKey_Insert, 260},      {ImGuiKey_Delete, 261},    {ImGuiKey_Backspace, 259},
    {ImGuiKey_Space, 32},  {ImGuiKey_Enter, 257},     {ImGuiKey_Escape, 256},     {ImGuiKey_KeyPadEnter, 335}, {ImGuiKey_A, 65},          {ImGuiKey_C, 67},
    {ImGuiKey_V, 86},      {ImGuiKey_X, 88},          {ImGuiKey_Y, 89},           {ImGuiKey_Z, 90},
};

void colours() {
    ImGui::StyleColorsDark();
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowRounding = 6;
    style.FrameRounding = 4;
    style.GrabRounding = 4;
    style.WindowBorderSize = 0;
    style.FramePadding = ImVec2(7, 4);
    style.ItemSpacing = ImVec2(8, 6);
    ImVec4* colour = style.Colors;
    colour[ImGuiCol_WindowBg] = ImVec4(0.10f, 0.12f, 0.15f, 0.86f);
    colour[ImGuiCol_FrameBg] = ImVec4(1, 1, 1, 0.09f);
    colour[ImGuiCol_FrameBgHovered] = ImVec4(1, 1, 1, 0.16f);
    colour[ImGuiCol_FrameBgActive] = ImVec4(1, 1, 1, 0.20f);
    colour[ImGuiCol_TitleBg] = colour[ImGuiCol_TitleBgActive] = colour[ImGuiCol_TitleBgCollapsed] = ImVec4(0.08f, 0.09f, 0.12f, 0.92f);
    colour[ImGuiCol_Button] = ImVec4(0.20f, 0.45f, 0.75f, 0.55f);
    colour[ImGuiCol_ButtonHovered] = ImVec4(0.24f, 0.54f, 0.88f, 0.80f);
    colour[ImGuiCol_PlotLines] = ImVec4(0.55f, 0.78f, 1.00f, 1);
}
}  // namespace

MOTION_API void motion_ui_create(const char* font_file, float font_size) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    for (const auto& known : known_keys) io.KeyMap[known.meaning] = known.key;
    if (font_file == nullptr || io.Fonts->AddFontFromFileTTF(font_file, font_size) == nullptr) io.Fonts->AddFontDefault();
    colours();
}

MOTION_API void motion_ui_destroy() {
    commands.clear();
    ImGui::DestroyContext();
}

MOTION_API void motion_ui_font(uint8_t** alpha, int32_t* width, int32_t* height) { ImGui::GetIO().Fonts->GetTexDataAsAlpha8(alpha, width, height); }

MOTION_API void motion_ui_font_texture(uint32_t texture) { ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(static_cast<uintptr_t>(texture))); }

MOTION_API void motion_ui_mouse(float x, float y) { ImGui::GetIO().MousePos = ImVec2(x, y); }

MOTION_API void motion_ui_mouse_button(int32_t button, int32_t down) {
    if (button >= 0 && button < IM_ARRAYSIZE(ImGui::GetIO().MouseDown)) ImGui::GetIO().MouseDown[button] = down != 0;
}

MOTION_API void motion_ui_wheel(float x, float y) {
    ImGui::GetIO().MouseWheelH += x;
    ImGui::GetIO().MouseWheel += y;
}

MOTION_API void motion_ui_key(int32_t key, int32_t down) {
    ImGuiIO& io = ImGui::GetIO();
    if (key < 0 || key >= IM_ARRAYSIZE(io.KeysDown)) return;
    io.KeysDown[key] = down != 0;
    io.KeyShift = io.KeysDown[340] || io.KeysDown[344];
    io.KeyCtrl = io.KeysDown[341] || io.KeysDown[345];
    io.KeyAlt = io.KeysDown[342] || io.KeysDown[346];
    io.KeySuper = io.KeysDown[343] || io.KeysDown[347];
}

MOTION_API void motion_ui_character(uint32_t character) { ImGui::GetIO().AddInputCharacter(character); }

MOTION_API void motion_ui_clipboard(const char* (*get)(void*), void (*set)(void*, const char*), void* user) {
    ImGuiIO& io = ImGui::GetIO();
    io.GetClipboardTextFn = get;
    io.SetClipboardTextFn = set;
    io.ClipboardUserData = user;
}

MOTION_API int32_t motion_ui_wants_mouse() { return ImGui::GetIO().WantCaptureMouse; }

MOTION_API int32_t motion_ui_wants_keyboard() { return ImGui::GetIO().WantTextInput; }

MOTION_API void motion_ui_begin_frame(float width, float height, float seconds) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(width, height);
    io.DeltaTime = seconds > 0 ? seconds : 1e-4f;
    ImGui::NewFrame();
}

MOTION_API int32_t motion_ui_end_frame() {
    ImGui::Render();
    const ImDrawData* data = ImGui::GetDrawData();
    commands.resize(data->CmdListsCount);
    for (int layer = 0; layer < data->CmdListsCount; ++layer) {
        commands[layer].clear();
        for (const ImDrawCmd& command : data->CmdLists[layer]->CmdBuffer) {
            commands[layer].push_back({{command.ClipRect.x, command.ClipRect.y, command.ClipRect.z, command.ClipRect.w},
                                       static_cast<uint32_t>(reinterpret_cast<uintptr_t>(command.GetTexID())),
                                       command.ElemCount,
                                       command.IdxOffset,
                                       command.VtxOffset});
        }
    }
    return data->CmdListsCount;
}

MOTION_API void motion_ui_list_at(int32_t index, motion_ui_list* list) {
    static_assert(sizeof(ImDrawVert) == 20 && sizeof(ImDrawIdx) == 2, "the header says so");
    const ImDrawList* drawn = ImGui::GetDrawData()->CmdLists[index];
    *list = {drawn->VtxBuffer.Data, drawn->IdxBuffer.Data, commands[index].data(), drawn->VtxBuffer.Size, drawn->IdxBuffer.Size, static_cast<int32_t>(commands[index].size())};
}
