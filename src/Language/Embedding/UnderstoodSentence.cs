using System.Collections.Immutable;

namespace Motion.Language.Embedding;

/// <summary>A caption that is known, and the clip it is about.</summary>
/// <param name="Text">The caption.</param>
/// <param name="Clip">The clip's name.</param>
public sealed record KnownCaption(string Text, string Clip)
{
    /// <summary>Latent of the clip's motion, in the space of the sentences; empty where it is not known.</summary>
    public ImmutableArray<float> Motion { get; init; } = [];
}

/// <summary>A known caption beside a sentence.</summary>
/// <param name="Caption">The caption.</param>
/// <param name="Score">Cosine of the two latents, −1 to 1.</param>
public sealed record NearCaption(KnownCaption Caption, float Score);

/// <summary>Why a sentence is not acted on.</summary>
public enum Doubt
{
    /// <summary>There is none: it is understood.</summary>
    None,

    /// <summary>It holds no letter of a word.</summary>
    NoWords,

    /// <summary>It is longer than any sentence that was learned from.</summary>
    TooLong,

    /// <summary>Too much of it is in no known writing.</summary>
    UnknownWriting,

    /// <summary>No known caption is near enough.</summary>
    NothingNear,
}

/// <summary>What became of a typed sentence.</summary>
public sealed record UnderstoodSentence
{
    /// <summary>The sentence, its control characters as spaces, its ends trimmed; long ones are cut: fit to be shown.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why it is not acted on; <see cref="Doubt.None"/> when it is.</summary>
    public required Doubt Doubt { get; init; }

    /// <summary>One sentence for the person who typed it.</summary>
    public required string Message { get; init; }

    /// <summary>What a policy is told for it, of unit length: the latents of known captions, each by how near it is; empty where there is nothing to embed.</summary>
    public ImmutableArray<float> Latent { get; init; } = [];

    /// <summary>The nearest known captions, the nearest first, no clip twice; empty where there is nothing to embed.</summary>
    public ImmutableArray<NearCaption> Nearest { get; init; } = [];

    /// <summary>Whether it is understood, and may be acted on.</summary>
    public bool IsUnderstood => Doubt == Doubt.None;
}
