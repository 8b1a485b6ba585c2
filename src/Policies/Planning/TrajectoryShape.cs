using System.Collections.Immutable;
using Motion.Sim.Configuration;

namespace Motion.Policies.Planning;

/// <summary>Sizes of a trajectory model: how time is cut, what a code is, and how wide the networks are.</summary>
public sealed record TrajectoryShape
{
    /// <summary>Control steps of a chunk, which one or more tokens stand for.</summary>
    public int ChunkSteps { get; init; } = 4;

    /// <summary>Chunks of a window: how far ahead plans can reach.</summary>
    public int Chunks { get; init; } = 16;

    /// <summary>Tokens of a chunk.</summary>
    public int ChunkTokens { get; init; } = 1;

    /// <summary>Levels of each number of a token's latent, for finite scalar quantisation (Mentzer et al., 2024): their product is the number of codes.</summary>
    public ImmutableArray<int> Levels { get; init; } = [5, 5, 5, 5];

    /// <summary>Rows of the codebook, for product quantisation.</summary>
    public int CodebookRows { get; init; } = 512;

    /// <summary>Numbers in a row of that codebook.</summary>
    public int CodebookWidth { get; init; } = 16;

    /// <summary>Width of the encoder's layers.</summary>
    public int EncoderWidth { get; init; } = 256;

    /// <summary>Width of the two hidden layers that choose actions.</summary>
    public int ActionWidth { get; init; } = 512;

    /// <summary>Width of what foresees states.</summary>
    public int StateWidth { get; init; } = 256;

    /// <summary>Layers of the prior.</summary>
    public int PriorLayers { get; init; } = 3;

    /// <summary>Width of the prior.</summary>
    public int PriorWidth { get; init; } = 128;

    /// <summary>Attention heads of the prior.</summary>
    public int PriorHeads { get; init; } = 4;

    /// <summary>Numbers in a sentence's latent; 0 for a model that knows of no sentences.</summary>
    public int SentenceLatent { get; init; }

    /// <summary>Control steps of a window.</summary>
    public int Steps => ChunkSteps * Chunks;

    /// <summary>Tokens of a window.</summary>
    public int Tokens => ChunkTokens * Chunks;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(ChunkSteps is >= 1 and <= 32, nameof(ChunkSteps), ChunkSteps, "1 to 32");
        Setting.Require(Chunks is >= 1 and <= 64, nameof(Chunks), Chunks, "1 to 64");
        Setting.Require(ChunkTokens is >= 1 and <= 16, nameof(ChunkTokens), ChunkTokens, "1 to 16");
        Setting.Require(!Levels.IsDefaultOrEmpty && Levels.All(level => level is >= 2 and <= 64) && Levels.Length <= 8, nameof(Levels), $"[{string.Join(", ", Levels.IsDefault ? [] : Levels)}]", "one to eight numbers of 2 to 64");
        Setting.Require(CodebookRows is >= 2 and <= 65_536, nameof(CodebookRows), CodebookRows, "2 to 65536");
        (string Name, int Width)[] widths =
        [
            (nameof(CodebookWidth), CodebookWidth), (nameof(EncoderWidth), EncoderWidth), (nameof(ActionWidth), ActionWidth), (nameof(StateWidth), StateWidth), (nameof(PriorWidth), PriorWidth),
        ];
        foreach ((string name, int width) in widths)
        {
            Setting.Require(width is >= 1 and <= 65_536, name, width, "1 to 65536");
        }

        Setting.Require(PriorLayers is >= 1 and <= 64, nameof(PriorLayers), PriorLayers, "1 to 64");
        Setting.Require(PriorHeads >= 1 && PriorWidth % PriorHeads == 0, nameof(PriorHeads), PriorHeads, $"a divisor of PriorWidth ({PriorWidth})");
        Setting.Require(SentenceLatent >= 0, nameof(SentenceLatent), SentenceLatent, "0 or more");
    }
}
