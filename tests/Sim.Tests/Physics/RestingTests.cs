using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class RestingTests
{
    [Theory]
    [EveryEngine]
    public void A_standing_humanoid_presses_on_the_ground_with_its_weight(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        using TestWorlds worlds = new(engine, humanoid);
        worlds.Place(PositionVector.Rest(humanoid));
        worlds.Run(2);
        double sum = 0;
        int steps = 0;

        worlds.Run(1, () => (sum, steps) = (sum + worlds.TotalContactForce().Z, steps + 1));

        // 50.05 kg · 9.81 m/s².
        double weight = humanoid.TotalMass * 9.81;
        Assert.Equal(weight, sum / steps, 0.01 * weight);
        Assert.Equal(weight, worlds.TotalContactForce().Z, 0.01 * weight);
        Assert.True(worlds.Position(2) > 0.85f, $"it did not stand: its root is at {worlds.Position(2)} m");
    }

    [Theory]
    [EveryEngine]
    public void A_humanoid_dropped_upright_or_lying_comes_to_rest_without_jitter_or_sinking(string engine)
    {
        // Upright, on its face, on its back and head over heels by a third of a turn.
        Vector3[] turns = [Vector3.Zero, new(0, 1.57f, 0), new(0, -1.57f, 0), new(0, 2.1f, 0)];
        using TestWorlds worlds = Dropped(engine, turns);

        worlds.Run(3);

        AssertAtRest(worlds);
    }

    [Theory]
    [EveryEngine]
    public void A_humanoid_dropped_in_any_attitude_comes_to_rest_in_the_end(string engine)
    {
        Random random = new(7);
        float Turn() => 6 * (random.NextSingle() - 0.5f);
        using TestWorlds worlds = Dropped(engine, [.. Enumerable.Range(0, 32).Select(_ => new Vector3(Turn(), Turn(), Turn()))]);

        worlds.Run(7);

        AssertAtRest(worlds);
    }

    [Theory]
    [EveryEngine(120)]
    [EveryEngine(480)]
    public void A_box_rests_where_it_touches(string engine, int rate)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(), TestWorlds.At(rate));
        worlds.Place([0, 0, 0.4f, 1, 0, 0, 0]);

        worlds.Run(2);

        Assert.Equal(0.1f, worlds.Position(2), 0.001f);
        Assert.True(worlds.BodyVelocity(0).Length() < 1e-3f && worlds.BodySpin(0).Length() < 1e-3f);
        Assert.Equal(3 * 9.81f, worlds.TotalContactForce().Z, 0.01f * 3 * 9.81f);
    }

    /// <summary>A humanoid in every world, its root at 1.2 m, turned by a rotation vector.</summary>
    private static TestWorlds Dropped(string engine, Vector3[] turns)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        TestWorlds worlds = new(engine, humanoid, new BatchOptions { WorldCount = turns.Length, Threads = 1 });
        for (int world = 0; world < turns.Length; world++)
        {
            float[] pose = PositionVector.Rest(humanoid);
            PositionVector.SetRotation(humanoid.Joints[0], pose, Rotations.FromVector(turns[world]));
            pose[2] = 1.2f;
            worlds.Place(pose, null, world);
        }

        return worlds;
    }

    private static void AssertAtRest(TestWorlds worlds)
    {
        for (int world = 0; world < worlds.Batch.WorldCount; world++)
        {
            float speed = worlds.BodyVelocity(0, world).Length(), depth = -Lowest(worlds, world);
            Assert.True(speed < 0.01f, $"world {world}: the root still moves at {speed} m/s");
            Assert.True(depth < 0.005f, $"world {world}: {depth} m deep in the ground");
        }
    }

    /// <summary>Height of the lowest point of a world's shapes, m.</summary>
    private static float Lowest(TestWorlds worlds, int world) => worlds.Character.Shapes.Min(shape =>
    {
        Quaternion rotation = worlds.BodyRotation(shape.Body, world) * shape.Rotation;
        float center = (worlds.BodyPosition(shape.Body, world) + Vector3.Transform(shape.Position, worlds.BodyRotation(shape.Body, world))).Z;
        Vector3 up = Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(rotation));
        return center - (shape.Kind == ShapeKind.Box
            ? Vector3.Dot(Vector3.Abs(up), shape.Size)
            : shape.Size.X + (shape.Kind == ShapeKind.Capsule ? shape.Size.Y * MathF.Abs(up.Z) : 0));
    });
}
