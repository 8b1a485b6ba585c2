using System.Numerics;

namespace Motion.Viewer.Live;

/// <summary>What is shown of a play.</summary>
internal sealed class PlayView
{
    /// <summary>The clip that is followed, as a ghost.</summary>
    public bool Ghost { get; set; }

    /// <summary>Joints, inside a body that is shown through.</summary>
    public bool Joints { get; set; }

    /// <summary>Where bodies touch the ground.</summary>
    public bool Contacts { get; set; } = true;

    /// <summary>Centre of mass, and where it stands over.</summary>
    public bool Centre { get; set; }

    /// <summary>Contact forces as arrows, in a body that is shown through.</summary>
    public bool Forces { get; set; }

    /// <summary>Where the character has been.</summary>
    public bool Trail { get; set; } = true;

    /// <summary>Panels over the picture.</summary>
    public bool Panels { get; set; } = true;

    /// <summary>The page of keys.</summary>
    public bool Help { get; set; }

    /// <summary>A path that is being drawn on the ground with the mouse, m; empty when none is.</summary>
    public List<Vector2> Drawn { get; } = [];

    /// <summary>Frame of the clip that the ghost shows instead of the one that is followed now; null for that one.</summary>
    public int? ScrubbedFrame { get; set; }
}
