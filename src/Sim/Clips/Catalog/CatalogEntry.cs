using System.Collections.Immutable;

namespace Motion.Sim.Clips.Catalog;

/// <summary>What a clip is for.</summary>
public enum ClipSplit
{
    /// <summary>Training.</summary>
    Train,

    /// <summary>Held back to validate with.</summary>
    Validation,
}

/// <summary>Frames of a file: the first one, and the one after the last.</summary>
/// <param name="Start">First frame, from 0.</param>
/// <param name="End">The frame after the last, above <paramref name="Start"/>.</param>
public sealed record FrameSpan(int Start, int End)
{
    /// <summary>How many frames it has.</summary>
    public int Count => End - Start;
}

/// <summary>A clip in a catalogue: where its motion is and what is known about it.</summary>
public sealed record CatalogEntry
{
    /// <summary>Identity: letters, digits, '.', '_' and '-', unique in the catalogue whatever its case.</summary>
    public required string Id { get; init; }

    /// <summary>The motion file, relative to the catalogue's folder and inside it, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The part of the file that is the clip; null for all of it.</summary>
    public FrameSpan? Span { get; init; }

    /// <summary>Frames a second where the file tells none, otherwise null.</summary>
    public double? FrameRate { get; init; }

    /// <summary>Sentences about the clip.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>Kinds of motion, the strongest first.</summary>
    public ImmutableArray<string> Category { get; init; } = [];

    /// <summary>What to beware of: <c>airborne</c>, <c>object:ball</c> and the like.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>Licence of the motion, an id of <see cref="ClipCatalog.Licences"/> where its terms are known; empty when unknown.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Licence of the captions; empty when unknown.</summary>
    public string CaptionLicence { get; init; } = "";

    /// <summary>What it is for.</summary>
    public ClipSplit Split { get; init; }

    /// <summary>Whether its end runs into its start.</summary>
    public bool Loop { get; init; }

    /// <summary>Where it comes from, in words; may be empty.</summary>
    public string Source { get; init; } = "";
}

/// <summary>A licence that clips of a catalogue are under.</summary>
/// <param name="Id">What clips call it.</param>
/// <param name="Terms">What it says, in a sentence or two.</param>
/// <param name="Acknowledgement">The sentence to print where the clips are used; empty when none is asked for.</param>
public sealed record ClipLicence(string Id, string Terms, string Acknowledgement);
