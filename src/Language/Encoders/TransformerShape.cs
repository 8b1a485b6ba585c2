namespace Motion.Language.Encoders;

/// <summary>The size of a transformer.</summary>
public sealed record TransformerShape
{
    /// <summary>Features of a token.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Heads of attention; they divide the width.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Features between the two products of a layer's perceptron.</summary>
    public int Hidden { get; init; } = 256;
}
