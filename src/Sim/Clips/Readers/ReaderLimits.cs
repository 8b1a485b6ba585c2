namespace Motion.Sim.Clips.Readers;

/// <summary>How much a motion file may ask for before it is refused: a hostile file costs bounded time and memory.</summary>
public sealed record ReaderLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>Joints of a skeleton, end sites included.</summary>
    public int Joints { get; init; } = 1024;

    /// <summary>Frames of a recording.</summary>
    public int Frames { get; init; } = 1_000_000;

    /// <summary>Frames times joints of a recording: what its memory grows with (16 bytes each).</summary>
    public long JointPoses { get; init; } = 1L << 25;

    /// <summary>How deep joints may be nested.</summary>
    public int Depth { get; init; } = 128;

    /// <summary>Bytes of one line of text.</summary>
    public int LineBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a file, and of what an archive unpacks to.</summary>
    public long FileBytes { get; init; } = 1L << 31;

    /// <summary>Bytes of a JSON file, which is held in memory while it is read.</summary>
    public int JsonBytes { get; init; } = 1 << 28;

    /// <summary>Entries of an archive.</summary>
    public int ArchiveEntries { get; init; } = 256;

    /// <summary>Bytes that one packed byte of an archive may unpack to, in entries past 64 MiB.</summary>
    public int ArchiveRatio { get; init; } = 100;
}
