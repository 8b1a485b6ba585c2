using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim.Tests.Tracking;

namespace Motion.Policies.Tests.Planning;

/// <summary>A small model with random weights for the shipped humanoid.</summary>
internal static class ToyModel
{
    public static StateLayout Layout { get; } = new(TestMotions.Humanoid);

    public static TrajectoryShape Shape { get; } = new()
    {
        ChunkSteps = 2,
        Chunks = 3,
        ActionWidth = 16,
        StateWidth = 16,
        EncoderWidth = 16,
        PriorLayers = 2,
        PriorWidth = 24,
        PriorHeads = 3,
        SentenceLatent = 4,
        Levels = [3, 3],
    };

    public static PlannerCard Card { get; } = new()
    {
        Character = TestMotions.Humanoid.Name,
        CharacterFingerprint = Expert.FingerprintOf(TestMotions.Humanoid),
        States = Layout.Count,
        Actions = Layout.Actions,
        Codes = 9,
        CodeWidth = 2,
        Shape = Shape,
    };

    public static TrajectoryModel Make(ulong seed = 1, Func<PlannerCard, PlannerCard>? change = null, float[][]? sentences = null)
    {
        float[] Same(int count, float value) => [.. Enumerable.Repeat(value, count)];
        PlannerCard card = change?.Invoke(Card) ?? Card;
        TrajectoryModel model = TrajectoryModel.Create(card, new Standard(Same(card.States, 0), Same(card.States, 1)), new Standard(Same(card.Actions, 0), Same(card.Actions, 1)), seed, sentences);
        using IDisposable unrecorded = no_grad();
        model.Decoder.Codebook.normal_();
        return model;
    }

    public static float[] State(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Layout.Count).Select(_ => random.NextSingle() - 0.5f)];
    }

    public static PlanRequest Request(int seed, IObjective? objective = null) =>
        new(State(seed), new GroundPlace(new Vector2(1, 2), 0.3f), objective ?? new BodyObjective(BodyTask.Forward), null, (ulong)seed);
}
