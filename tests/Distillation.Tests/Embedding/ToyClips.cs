using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Sim.Clips.Catalog;

namespace Motion.Distillation.Tests.Embedding;

/// <summary>Clips whose motions are four numbers a frame, each kind another wave, with captions that say the kind.</summary>
internal static class ToyClips
{
    private static readonly (string Name, string[] Captions)[] Kinds =
    [
        ("walk", ["a person walks forward", "someone strolls ahead", "walking in a straight line"]),
        ("jump", ["a person jumps up", "someone hops in the air", "jumping high"]),
        ("kick", ["a person kicks with the left leg", "someone swings the left foot", "kicking on the left side"]),
        ("wave", ["a person waves the right hand", "someone greets with the right arm", "waving on the right side"]),
    ];

    public static EmbeddingOptions Options { get; } = EmbeddingOptions.Profile("smoke") with { TextSteps = 6, MotionSteps = 6, TextBatch = 4, MotionBatch = 4, CheckpointSteps = 2 };

    public static EmbeddingCard Card { get; } = new()
    {
        Shape = new EmbeddingShape { MotionFeatures = 4, FramesPerToken = 2, MotionTokens = 8, Text = Options.Text, Motion = Options.Motion },
    };

    public static EmbeddingClip[] Make(int copies = 1) =>
    [
        .. Enumerable.Range(0, copies).SelectMany(copy => Kinds.Select((kind, index) => new EmbeddingClip
        {
            Name = $"{kind.Name}{copy}",
            Captions = [.. kind.Captions],
            Split = copy == 0 ? ClipSplit.Train : ClipSplit.Validation,
            Features = Wave(index, copy, mirrored: false),
            Mirrored = Wave(index, copy, mirrored: true),
        })),
    ];

    public static EmbeddingMaterial Material(EmbeddingClip[] clips) => EmbeddingMaterial.Of(clips, [new CaptionGroup("x", ["a person spins around", "someone turns on the spot"])], null);

    private static float[] Wave(int kind, int copy, bool mirrored) =>
        [.. Enumerable.Range(0, 4 * 16).Select(index => MathF.Sin(((index / 4) * (kind + 1) * 0.3f) + (index % 4) + (0.05f * copy)) * (mirrored && index % 2 == 1 ? -1 : 1))];
}
