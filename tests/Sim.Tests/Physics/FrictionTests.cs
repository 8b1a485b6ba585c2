using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class FrictionTests
{
    private const float Gravity = 9.81f;

    [Theory]
    [EveryEngine(0.2f, 120)]
    [EveryEngine(0.5f, 120)]
    [EveryEngine(0.8f, 120)]
    [EveryEngine(0.5f, 480)]
    public void A_box_slides_to_rest_as_its_friction_says(string engine, float friction, int rate)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(friction), TestWorlds.At(rate), new Terrain { Friction = friction });
        worlds.Place([0, 0, 0.1f, 1, 0, 0, 0]);
        worlds.Run(0.5);
        float start = worlds.Position(0);
        worlds.Place(worlds.Positions(), [3, 0, 0, 0, 0, 0]);

        worlds.Run(4);

        // v²/(2·μ·g): 3 m/s at μ = 0.5 goes 0.917 m.
        Assert.Equal(friction, 9 / (2 * Gravity * (worlds.Position(0) - start)), 0.05f * friction);
        Assert.True(worlds.BodyVelocity(0).Length() < 1e-3f, $"still moves at {worlds.BodyVelocity(0)}");
    }

    [Theory]
    [EveryEngine]
    public void A_box_slides_as_far_in_every_direction(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(0.5f), TestWorlds.At(120) with { WorldCount = 8 }, new Terrain { Friction = 0.5f });
        for (int world = 0; world < 8; world++)
        {
            (float sine, float cosine) = MathF.SinCos(world * MathF.PI / 4);
            worlds.Place([0, 0, 0.1f, 1, 0, 0, 0], [3 * cosine, 3 * sine, 0, 0, 0, 0], world);
        }

        worlds.Run(2);

        float[] distances = [.. Enumerable.Range(0, 8).Select(world => new Vector2(worlds.Position(0, world), worlds.Position(1, world)).Length())];
        Assert.All(distances, distance => Assert.Equal(9 / (2 * Gravity * 0.5f), distance, 0.05f));
    }

    [Theory]
    [EveryEngine(20f, 0.3f)]
    [EveryEngine(30f, 0.2f)]
    [EveryEngine(40f, 0.5f)]
    public void A_box_slides_down_a_slope_as_theory_says(string engine, float degrees, float friction)
    {
        float angle = degrees * MathF.PI / 180;
        using TestWorlds worlds = OnSlope(engine, angle, friction);

        worlds.Run(1);

        // a = g·(sin α − μ·cos α), down the slope toward +X.
        float expected = Gravity * (MathF.Sin(angle) - (friction * MathF.Cos(angle)));
        Assert.Equal(expected, Vector3.Dot(worlds.BodyVelocity(0), new Vector3(MathF.Cos(angle), 0, -MathF.Sin(angle))), 0.05f * expected);
    }

    [Theory]
    [EveryEngine(10f, 0.3f)]
    [EveryEngine(25f, 0.5f)]
    public void A_box_on_a_slope_less_steep_than_its_friction_stays(string engine, float degrees, float friction)
    {
        float angle = degrees * MathF.PI / 180;
        using TestWorlds worlds = OnSlope(engine, angle, friction);
        worlds.Run(1);
        Vector3 settled = worlds.BodyPosition(0);

        worlds.Run(2);

        Assert.True(Vector3.Distance(settled, worlds.BodyPosition(0)) < 1e-3f, $"crept from {settled} to {worlds.BodyPosition(0)}");
    }

    [Theory]
    [EveryEngine]
    public void A_ball_set_sliding_ends_up_rolling_with_five_sevenths_of_its_speed(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(0.4f), TestWorlds.At(240), new Terrain { Friction = 0.4f });
        worlds.Place([0, 0, 0.1f, 1, 0, 0, 0], [2, 0, 0, 0, 0, 0]);

        worlds.Run(1);

        // Angular momentum about the point of contact is kept: m·v·r = (2/5·m·r² + m·r²)·ω, so the speed becomes 2·5/7 = 1.4286 m/s.
        Assert.Equal(10f / 7, worlds.BodyVelocity(0).X, 0.01f);
        Assert.Equal(10f / 7 / 0.1f, worlds.BodySpin(0).Y, 0.1f);
    }

    private static TestWorlds OnSlope(string engine, float angle, float friction)
    {
        Quaternion tilt = Quaternion.CreateFromAxisAngle(Vector3.UnitY, angle);
        Shape plane = new() { Name = "slope", Body = -1, Kind = ShapeKind.Plane, Size = Vector3.Zero, Rotation = tilt, Friction = friction };
        Character box = PhysicsCharacters.Box(friction) with { WorldShapes = [plane] };
        TestWorlds worlds = new(engine, box, TestWorlds.At(120), new Terrain { Ground = false, Friction = friction });
        Vector3 place = Vector3.Transform(new Vector3(0, 0, 0.1f), tilt);
        worlds.Place([place.X, place.Y, place.Z, tilt.W, tilt.X, tilt.Y, tilt.Z]);
        return worlds;
    }
}
