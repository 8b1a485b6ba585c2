using Silk.NET.Maths;

namespace Silk.NET.Windowing;

internal enum ContextAPI
{
    None,
    OpenGL,
}

internal enum ContextProfile
{
    Core,
    Compatability,
}

[Flags]
internal enum ContextFlags
{
    Default = 0,
    Debug = 1,
    ForwardCompatible = 2,
}

/// <summary>A version of an interface.</summary>
internal readonly record struct APIVersion(int MajorVersion, int MinorVersion);

/// <summary>What the window is drawn with.</summary>
internal record struct GraphicsAPI(ContextAPI API, ContextProfile Profile, ContextFlags Flags, APIVersion Version);

/// <summary>How a window is made.</summary>
internal record struct WindowOptions
{
    /// <summary>A visible window of 1280 × 720 with OpenGL 3.3.</summary>
    public static WindowOptions Default => new()
    {
        IsVisible = true,
        Size = new Vector2D<int>(1280, 720),
        Title = "Silk.NET Window",
        VSync = true,
        API = new GraphicsAPI(ContextAPI.OpenGL, ContextProfile.Core, ContextFlags.ForwardCompatible, new APIVersion(3, 3)),
    };

    public bool IsVisible { get; set; }

    /// <summary>Screen coordinates across and down.</summary>
    public Vector2D<int> Size { get; set; }

    public string Title { get; set; }

    /// <summary>Whether showing waits for the screen.</summary>
    public bool VSync { get; set; }

    /// <summary>Samples of the window's own buffer; none when null.</summary>
    public int? Samples { get; set; }

    public GraphicsAPI API { get; set; }
}
