using System.Collections.Immutable;
using Motion.Sim.Clips.Catalog;

namespace Motion.Distillation.Embedding;

/// <summary>A clip as the embedding learns and judges it.</summary>
public sealed record EmbeddingClip
{
    /// <summary>Identity of the clip.</summary>
    public required string Name { get; init; }

    /// <summary>Sentences about it.</summary>
    public required ImmutableArray<string> Captions { get; init; }

    /// <summary>What it is for.</summary>
    public ClipSplit Split { get; init; }

    /// <summary>Where it comes from, in words.</summary>
    public string Source { get; init; } = "";

    /// <summary>Licence of the motion.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Features of the motion: [frame × feature].</summary>
    public required ReadOnlyMemory<float> Features { get; init; }

    /// <summary>Features of the motion with left and right exchanged.</summary>
    public required ReadOnlyMemory<float> Mirrored { get; init; }
}
