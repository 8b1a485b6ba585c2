namespace Motion.Viewer.Live;

/// <summary>How the window of play is opened.</summary>
public sealed record PlayWindowOptions
{
    /// <summary>What stands in its bar.</summary>
    public string Title { get; init; } = "Motion";

    /// <summary>Pixels across at first.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Pixels down at first.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Folder that recordings and pictures go to.</summary>
    public string Folder { get; init; } = Path.Combine("runs", "play");

    /// <summary>Stem of the first recording, which begins at once; none when null.</summary>
    public string? RecordStem { get; init; }

    /// <summary>Whether it draws into memory, where there is no display.</summary>
    public bool IsOffscreen { get; init; }

    /// <summary>Seconds of the clock after which it closes by itself; never when null.</summary>
    public double? Seconds { get; init; }

    /// <summary>Samples of each pixel.</summary>
    public int Samples { get; init; } = 4;

    /// <summary>Program that writes films.</summary>
    public string FilmProgram { get; init; } = "ffmpeg";
}
