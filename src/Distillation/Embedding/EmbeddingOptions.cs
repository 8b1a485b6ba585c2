using Motion.Language.Encoders;

namespace Motion.Distillation.Embedding;

/// <summary>How an embedding of sentences and clips is trained.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>The built-in encoder of sentences.</summary>
    public TransformerShape Text { get; init; } = new() { Layers = 2 };

    /// <summary>The encoder of motions, and the decoder.</summary>
    public TransformerShape Motion { get; init; } = new() { Layers = 2 };

    /// <summary>Share of what layers add that is dropped in training.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>How often a token must occur in captions to have a vector.</summary>
    public int LeastTokenUses { get; init; } = 2;

    /// <summary>Steps of the stage on text alone.</summary>
    public int TextSteps { get; init; } = 2400;

    /// <summary>Clips whose captions are compared in a step of that stage.</summary>
    public int TextBatch { get; init; } = 96;

    /// <summary>Steps of the stage on text and motion.</summary>
    public int MotionSteps { get; init; } = 800;

    /// <summary>Clips that are compared in a step of that stage, each also mirrored.</summary>
    public int MotionBatch { get; init; } = 32;

    /// <summary>Learning rate of new parts.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Learning rate of the sentences' part in the stage with motion.</summary>
    public double TextLearningRate { get; init; } = 1e-4;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Temperature of the contrast: cosines are divided by it.</summary>
    public double Temperature { get; init; } = 0.07;

    /// <summary>Cosine from which on two sentences of a batch say the same, so that their motions are not held against each other.</summary>
    public double SameAbove { get; init; } = 0.85;

    /// <summary>Weight of guessing masked tokens.</summary>
    public double MaskedWeight { get; init; } = 0.1;

    /// <summary>Weight of rebuilding motions from latents.</summary>
    public double RebuildWeight { get; init; } = 0.2;

    /// <summary>Share of words that are left out.</summary>
    public double WordDropout { get; init; } = 0.05;

    /// <summary>Share of words that become a synonym, of those that have one.</summary>
    public double Synonyms { get; init; } = 0.1;

    /// <summary>Share of captions that become commands.</summary>
    public double Commands { get; init; } = 0.15;

    /// <summary>Share of tokens that are taken apart, so that pieces of words are known.</summary>
    public double Divided { get; init; } = 0.02;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointSteps { get; init; } = 50;

    /// <summary>The settings of that name: <c>smoke</c> (seconds, learns little) or <c>laptop</c> (half an hour of one core).</summary>
    /// <exception cref="MotionException">There is no such profile.</exception>
    public static EmbeddingOptions Profile(string name) => name switch
    {
        "laptop" or "gpu" => new(),
        "smoke" => new()
        {
            Text = new() { Width = 32, Layers = 1, Heads = 2, Hidden = 32 },
            Motion = new() { Width = 32, Layers = 1, Heads = 2, Hidden = 32 },
            TextSteps = 10,
            TextBatch = 16,
            MotionSteps = 10,
            MotionBatch = 8,
            CheckpointSteps = 5,
        },
        _ => throw new MotionException(ExitCode.BadConfiguration, $"there is no profile '{name}'; there are smoke, laptop, gpu"),
    };

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        RequireShape(Text, nameof(Text));
        RequireShape(Motion, nameof(Motion));
        Require(LeastTokenUses >= 1, nameof(LeastTokenUses), LeastTokenUses, "1 or more");
        Require(TextSteps is >= 0 and <= 10_000_000, nameof(TextSteps), TextSteps, "0 to 10000000");
        Require(MotionSteps is >= 1 and <= 10_000_000, nameof(MotionSteps), MotionSteps, "1 to 10000000");
        Require(TextBatch is >= 2 and <= 4096, nameof(TextBatch), TextBatch, "2 to 4096");
        Require(MotionBatch is >= 2 and <= 4096, nameof(MotionBatch), MotionBatch, "2 to 4096");
        Require(LearningRate is > 0 and < 1, nameof(LearningRate), LearningRate, "above 0 and below 1");
        Require(TextLearningRate is >= 0 and < 1, nameof(TextLearningRate), TextLearningRate, "0 and below 1");
        Require(Temperature is >= 0.005 and <= 1, nameof(Temperature), Temperature, "0.005 to 1");
        Require(CheckpointSteps >= 1, nameof(CheckpointSteps), CheckpointSteps, "1 or more");
        (string Name, double Share)[] shares =
            [(nameof(Dropout), Dropout), (nameof(WordDropout), WordDropout), (nameof(Synonyms), Synonyms), (nameof(Commands), Commands), (nameof(Divided), Divided)];
        foreach ((string name, double share) in shares)
        {
            Require(share is >= 0 and < 1, name, share, "0 and below 1");
        }
    }

    private static void RequireShape(TransformerShape shape, string name) =>
        Require(
            shape is { Width: >= 1 and <= 4096, Layers: >= 1 and <= 64, Heads: >= 1, Hidden: >= 1 } && shape.Width % shape.Heads == 0,
            name,
            shape,
            "a width of 1 to 4096 that heads divide, 1 to 64 layers, and a hidden size of 1 or more");

    private static void Require(bool holds, string name, object found, string wanted)
    {
        if (!holds)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{name} is {found}; allowed is {wanted}");
        }
    }
}
