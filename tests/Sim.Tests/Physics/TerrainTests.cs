using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>Ground that is more than a plane: fixed boxes and height fields.</summary>
public sealed class TerrainTests
{
    [Theory]
    [EveryEngine(0f)]
    [EveryEngine(0.7f)]
    public void A_box_rests_on_a_fixed_box_and_falls_off_beside_it(string engine, float turn)
    {
        Shape table = Block(new Vector3(1, 1, 0.25f), new Vector3(5, 0, 0.25f)) with { Rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, turn) };
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(), new BatchOptions { WorldCount = 2, Threads = 1 }, new Terrain { Boxes = [table] });
        worlds.Place([5.2f, -0.1f, 0.8f, 1, 0, 0, 0], null, 0);
        worlds.Place([8, 0, 0.8f, 1, 0, 0, 0], null, 1);

        worlds.Run(2);

        // Half its height above what is under it: a table of 0.5 m, and the ground.
        Assert.Equal(0.6f, worlds.Position(2, 0), 2e-3f);
        Assert.Equal(0.1f, worlds.Position(2, 1), 2e-3f);
        Assert.All([0, 1], world => Assert.Equal(3 * 9.81f, worlds.TotalContactForce(world).Z, 0.3f));
        Assert.All([0, 1], world => Assert.True(worlds.BodyVelocity(0, world).Length() < 1e-3f));
    }

    [Theory]
    [EveryEngine]
    public void A_rolling_ball_is_stopped_by_a_wall(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(120), new Terrain { Boxes = [Block(new Vector3(0.2f, 2, 1), new Vector3(1.2f, 0, 1))] });
        worlds.Place([0, 0, 0.1f, 1, 0, 0, 0], [2, 0, 0, 0, 20, 0]);

        worlds.Run(3, () => Assert.True(worlds.Position(0) < 0.91f, $"the ball of 0.1 m is at {worlds.Position(0)}, in the wall that begins at 1 m"));

        Assert.InRange(worlds.Position(0), 0.5f, 0.901f);
    }

    [Theory]
    [EveryEngine(10f)]
    [EveryEngine(25f)]
    public void A_box_slides_down_a_sloping_height_field_as_down_a_slope(string engine, float degrees)
    {
        const float friction = 0.1f;
        float slope = MathF.Tan(degrees * MathF.PI / 180), angle = degrees * MathF.PI / 180;
        HeightField field = Field((x, _) => slope * x);
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(friction), TestWorlds.At(120), new Terrain { Ground = false, Friction = friction, HeightField = field });
        Quaternion tilt = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -angle);
        Vector3 place = new Vector3(3, 0, 3 * slope) + Vector3.Transform(new Vector3(0, 0, 0.1f), tilt);
        worlds.Place([place.X, place.Y, place.Z, tilt.W, tilt.X, tilt.Y, tilt.Z]);

        worlds.Run(1);

        // a = g·(sin α − μ·cos α), down the slope toward −X.
        float expected = 9.81f * (MathF.Sin(angle) - (friction * MathF.Cos(angle)));
        Assert.Equal(expected, Vector3.Dot(worlds.BodyVelocity(0), new Vector3(-MathF.Cos(angle), 0, -MathF.Sin(angle))), 0.05f * expected);
    }

    [Theory]
    [EveryEngine]
    public void A_ball_comes_to_rest_at_the_bottom_of_a_bowl(string engine)
    {
        HeightField bowl = Field((x, y) => 0.3f * ((x * x) + (y * y)));
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(120), new Terrain { HeightField = bowl });
        worlds.Place([1, 0.5f, 1, 1, 0, 0, 0]);

        // It rolls through the bottom and back: never through the bowl, and by energy never higher than it came from.
        worlds.Run(4, () =>
        {
            float floor = 0.3f * ((worlds.Position(0) * worlds.Position(0)) + (worlds.Position(1) * worlds.Position(1)));
            Assert.InRange(worlds.Position(2), floor + 0.08f, 1.01f);
        });
    }

    [Theory]
    [EveryEngine]
    public void Outside_its_grid_a_height_field_goes_on_as_at_its_edge(string engine)
    {
        HeightField step = new(new Vector2(-1, -1), 1, 3, 3, [0, 0, 0.5f, 0, 0, 0.5f, 0, 0, 0.5f]);
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(), TestWorlds.At(120), new Terrain { HeightField = step });
        worlds.Place([4, 3, 0.8f, 1, 0, 0, 0]);

        worlds.Run(1.5);

        Assert.Equal(0.6f, worlds.Position(2), 2e-3f);
    }

    private static Shape Block(Vector3 halfSize, Vector3 place) =>
        new() { Name = "block", Body = -1, Kind = ShapeKind.Box, Size = halfSize, Position = place };

    /// <summary>Heights over ±8 m, sampled every 0.25 m.</summary>
    private static HeightField Field(Func<float, float, float> height) => new(
        new Vector2(-8, -8), 0.25f, 65, 65, [.. Enumerable.Range(0, 65 * 65).Select(at => height(-8 + (0.25f * (at % 65)), -8 + (0.25f * (at / 65))))]);
}
