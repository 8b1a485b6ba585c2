namespace Motion.Viewer.Interface;

/// <summary>How a window of panels behaves: Dear ImGui's window flags.</summary>
[Flags]
internal enum PanelFlags
{
    None = 0,
    NoTitle = 1 << 0,
    NoResize = 1 << 1,
    NoMove = 1 << 2,
    NoScrollbar = 1 << 3,
    NoCollapse = 1 << 5,
    FitContents = 1 << 6,
    NoBackground = 1 << 7,
    NoInputs = 1 << 9,
    NoFocusOnAppearing = 1 << 12,

    /// <summary>Stays where it is put and is as large as it is told.</summary>
    Fixed = NoTitle | NoResize | NoMove | NoCollapse,
}

/// <summary>What shapes are drawn on.</summary>
internal enum GuiLayer
{
    /// <summary>The window that is being filled.</summary>
    Window,

    /// <summary>Behind all windows, over the picture.</summary>
    Behind,

    /// <summary>Before all windows.</summary>
    Before,
}

/// <summary>What a person did to a text while editing it.</summary>
internal enum TextEdit
{
    /// <summary>It changed.</summary>
    Changed,

    /// <summary>Asked for an older line, with the up key.</summary>
    Older,

    /// <summary>Asked for a newer line, with the down key.</summary>
    Newer,

    /// <summary>Asked to complete it, with the tab key.</summary>
    Complete,
}

/// <summary>Parts that can be coloured: in the order of native/src/interface/widgets.cpp.</summary>
internal enum GuiPart
{
    Text,
    Button,
    ButtonHovered,
    Frame,
    Plot,
    Window,
}
