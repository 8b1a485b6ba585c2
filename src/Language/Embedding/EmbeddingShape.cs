using Motion.Language.Encoders;

namespace Motion.Language.Embedding;

/// <summary>Sizes of an embedding's networks.</summary>
public sealed record EmbeddingShape
{
    /// <summary>Numbers in a latent.</summary>
    public int Latent { get; init; } = 128;

    /// <summary>Numbers that describe a frame of motion.</summary>
    public required int MotionFeatures { get; init; }

    /// <summary>Frames of motion per second.</summary>
    public int FrameRate { get; init; } = 15;

    /// <summary>Frames that are one token of the motion's transformer.</summary>
    public int FramesPerToken { get; init; } = 5;

    /// <summary>Tokens of the longest motion that is embedded at once.</summary>
    public int MotionTokens { get; init; } = 30;

    /// <summary>The built-in encoder of sentences.</summary>
    public TransformerShape Text { get; init; } = new();

    /// <summary>The encoder of motions, and the decoder.</summary>
    public TransformerShape Motion { get; init; } = new() { Layers = 2 };

    /// <summary>Frames of the longest motion that is embedded at once.</summary>
    public int MostFrames => FramesPerToken * MotionTokens;
}
