using System.Numerics;

namespace Motion.Sim.Tests.Physics;

public sealed class FreeFallTests
{
    [Theory]
    [EveryEngine(120)]
    [EveryEngine(1000)]
    public void A_thrown_ball_flies_a_parabola(string engine, int rate)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(rate), TestWorlds.Void);
        Vector3 start = new(1, -2, 3), velocity = new(2, 1, 4);
        worlds.Place([start.X, start.Y, start.Z, 1, 0, 0, 0], [velocity.X, velocity.Y, velocity.Z, 0, 0, 0]);

        worlds.Run(1);

        // z = 3 + 4·1 − ½·9.81·1² = 2.095. A step that moves by the velocity at its end falls short by ½·g·t·h, 4 cm at 120 Hz.
        Vector3 expected = start + velocity - new Vector3(0, 0, 4.905f);
        Assert.Equal(expected.X, worlds.Position(0), 1e-4f);
        Assert.Equal(expected.Y, worlds.Position(1), 1e-4f);
        Assert.InRange(worlds.Position(2), expected.Z - (4.905f / rate) - 1e-3f, expected.Z + 1e-3f);
        Assert.Equal(4 - 9.81f, worlds.Velocity(2), 1e-3f);
    }

    [Theory]
    [EveryEngine]
    public void A_spinning_ball_keeps_its_spin_and_turns_at_its_rate(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), terrain: TestWorlds.Void);
        worlds.Place([0, 0, 5, 1, 0, 0, 0], [0, 0, 0, 0, 0, 2]);

        worlds.Run(1);

        // Two radians about Z: the quaternion of half that angle.
        Assert.Equal(2, worlds.Velocity(5), 1e-5f);
        Assert.Equal(MathF.Cos(1), worlds.Position(3), 1e-4f);
        Assert.Equal(MathF.Sin(1), worlds.Position(6), 1e-4f);
    }
}
