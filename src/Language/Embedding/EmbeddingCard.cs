using System.Collections.Immutable;

namespace Motion.Language.Embedding;

/// <summary>What a file of an embedding says about itself: what it takes to use it, and where it comes from.</summary>
public sealed record EmbeddingCard
{
    /// <summary>The newest version of the format, which this program writes and reads.</summary>
    public const int NewestVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = NewestVersion;

    /// <summary>What encodes sentences: <c>built-in</c>, or <c>clip</c> where the user's weights do.</summary>
    public string Encoder { get; init; } = "built-in";

    /// <summary>Features that the encoder gives.</summary>
    public int EncoderFeatures { get; init; }

    /// <summary>Sizes.</summary>
    public required EmbeddingShape Shape { get; init; }

    /// <summary>Version of the meaning of motion features.</summary>
    public int FeatureVersion { get; init; }

    /// <summary>The character whose motions it knows.</summary>
    public string Character { get; init; } = "";

    /// <summary>Cosine of a sentence and the nearest caption from which on the sentence counts as understood.</summary>
    public float Threshold { get; init; }

    /// <summary>What it was trained on, a line each.</summary>
    public ImmutableArray<string> Data { get; init; } = [];

    /// <summary>Captions that were kept back, to be tested with: plain words, lower case.</summary>
    public ImmutableArray<string> KeptBack { get; init; } = [];

    /// <summary>Licences of that.</summary>
    public ImmutableArray<string> Licences { get; init; } = [];

    /// <summary>The command that trains it again.</summary>
    public string Command { get; init; } = "";

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>Seconds that training took on the clock.</summary>
    public double Seconds { get; init; }

    /// <summary>Settings of the training, by name.</summary>
    public ImmutableSortedDictionary<string, double> Settings { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>What was measured.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
