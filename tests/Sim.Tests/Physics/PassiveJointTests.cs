namespace Motion.Sim.Tests.Physics;

public sealed class PassiveJointTests
{
    [Theory]
    [EveryEngine]
    public void A_spring_swings_with_its_period_about_its_reference(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel("", "stiffness='8' springref='0.3'"), TestWorlds.At(2000));
        worlds.Place([0.5f]);

        // ω = √(8 / 0.5) = 4 rad/s about 0.3 with amplitude 0.2: half a period, π/4 s, later it is at 0.1.
        worlds.Run(Math.PI / 4);

        Assert.Equal(0.1f, worlds.Position(0), 2e-3f);
        Assert.Equal(0, worlds.Velocity(0), 5e-3f);
    }

    [Theory]
    [EveryEngine(120)]
    [EveryEngine(1000)]
    public void Damping_slows_a_wheel_exponentially(string engine, int rate)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel("", "damping='0.5'"), TestWorlds.At(rate));
        worlds.Place([0], [3]);

        worlds.Run(1);

        // q̇ = 3·exp(−(0.5 / 0.5)·1) = 1.1036 rad/s; the implicit step is (1 + h)^(−1/h), half of h off.
        Assert.Equal(3 * Math.Exp(-1), worlds.Velocity(0), 0.6 / rate);
    }

    [Theory]
    [EveryEngine]
    public void A_ball_joint_has_springs_and_dampers_about_every_axis(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Gimbal("", "stiffness='8' damping='1'"), TestWorlds.At(1000));
        (float W, float V) half = (MathF.Cos(0.15f), MathF.Sin(0.15f) / MathF.Sqrt(3));
        worlds.Place([half.W, half.V, half.V, half.V]);

        worlds.Run(1);

        // I·a + d·v + k·q = 0 from 0.3 rad: decay 1 /s, frequency √(16 − 1) rad/s, so 0.3·e^(−1)·(cos √15 + sin √15 / √15) = −0.0995 after a second.
        double angle = 0.3 * Math.Exp(-1) * (Math.Cos(Math.Sqrt(15)) + (Math.Sin(Math.Sqrt(15)) / Math.Sqrt(15)));
        Assert.Equal(Math.Sin(angle / 2) / Math.Sqrt(3), worlds.Position(1), 5e-4);
        Assert.Equal(worlds.Position(1), worlds.Position(2), 1e-6);
        Assert.Equal(worlds.Position(1), worlds.Position(3), 1e-6);
    }

    [Theory]
    [EveryEngine]
    public void Stiff_springs_and_dampers_are_stable_at_120_Hz(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel("", "stiffness='100000' damping='100' armature='0.001'"), TestWorlds.At(120));
        worlds.Place([1]);

        worlds.Run(2, () => Assert.InRange(worlds.Position(0), -1, 1));

        Assert.Equal(0, worlds.Position(0), 1e-4f);
    }
}
