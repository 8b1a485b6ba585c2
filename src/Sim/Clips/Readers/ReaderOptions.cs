namespace Motion.Sim.Clips.Readers;

/// <summary>What a person may tell a reader beside the file.</summary>
public sealed record ReaderOptions
{
    /// <summary>Nothing told.</summary>
    public static ReaderOptions Default { get; } = new();

    /// <summary>Frames per second of files that tell none (.amc, some .npz), or null to assume; a rate in the file comes first.</summary>
    public double? FrameRate { get; init; }

    /// <summary>The skeleton file (.asf) of an .amc, or null to look for it beside it.</summary>
    public string? SkeletonFile { get; init; }

    /// <summary>What files may ask for.</summary>
    public ReaderLimits Limits { get; init; } = ReaderLimits.Default;
}
