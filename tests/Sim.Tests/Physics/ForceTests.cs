using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>Pushes from outside, and what differs between the worlds of a batch.</summary>
public sealed class ForceTests
{
    [Theory]
    [EveryEngine(120)]
    [EveryEngine(1000)]
    public void A_force_accelerates_and_a_torque_spins(string engine, int rate)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball() with { Gravity = Vector3.Zero }, TestWorlds.At(rate), TestWorlds.Void);
        worlds.Place([0, 0, 0, 1, 0, 0, 0]);
        worlds.Batch.SetExternalForce(0, 0, new Vector3(4, 0, -2), new Vector3(0, 0.016f, 0));

        worlds.Run(1);

        // 2 kg: (2, 0, −1) m/s after a second and half that far; I = 0.4·2·0.1² = 0.008 kg·m²: 2 rad/s about Y.
        Assert.True(Vector3.Distance(new Vector3(2, 0, -1), worlds.BodyVelocity(0)) < 1e-3f, $"{worlds.BodyVelocity(0)}");
        Assert.True(Vector3.Distance(new Vector3(1, 0, -0.5f), worlds.BodyPosition(0)) < 1e-3f, $"{worlds.BodyPosition(0)}");
        Assert.True(Vector3.Distance(new Vector3(0, 2, 0), worlds.BodySpin(0)) < 1e-3f, $"{worlds.BodySpin(0)}");
    }

    [Theory]
    [EveryEngine]
    public void A_force_acts_at_the_origin_of_its_body(string engine)
    {
        Character lever = PhysicsCharacters.Of("""
            <body pos="0 0 1">
              <joint axis="0 0 1"/>
              <inertial pos="0.3 0 0" mass="1" diaginertia="0.1 0.1 0.1"/>
              <body name="tip" pos="0.5 0 0">
                <inertial pos="0.2 0 0" mass="1e-6" diaginertia="1e-9 1e-9 1e-9"/>
              </body>
            </body>
            """);
        using TestWorlds worlds = new(engine, lever, TestWorlds.At(1000));
        worlds.Batch.SetExternalForce(0, 1, new Vector3(0, 3, 0), default);

        worlds.Run(0.1);

        // 3 N at 0.5 m on 0.1 + 0.3² = 0.19 kg·m² for 0.1 s: 0.789 rad/s.
        Assert.Equal(1.5 / 0.19 * 0.1, worlds.Velocity(0), 5e-3);
    }

    [Theory]
    [EveryEngine]
    public void A_force_holds_until_it_is_changed(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(120), TestWorlds.Void);
        worlds.Place([0, 0, 5, 1, 0, 0, 0]);
        worlds.Batch.SetExternalForce(0, 0, new Vector3(0, 0, 2 * 9.81f), default);
        worlds.Run(1, () => Assert.Equal(5, worlds.Position(2), 1e-3f));

        worlds.Batch.SetExternalForce(0, 0, default, default);
        worlds.Run(1);

        Assert.Equal(-9.81f, worlds.Velocity(2), 0.05f);
    }

    [Theory]
    [EveryEngine]
    public void Gravity_differs_between_worlds(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(120) with { WorldCount = 3 }, TestWorlds.Void);
        worlds.Batch.SetVariation(1, new WorldVariation { GravityOffset = new Vector3(0, 0, 9.81f) });
        worlds.Batch.SetVariation(2, new WorldVariation { GravityOffset = new Vector3(1, 0, 0) });

        worlds.Run(1);

        Assert.Equal([-9.81f, 0, -9.81f], Enumerable.Range(0, 3).Select(world => MathF.Round(worlds.Velocity(2, world), 3)));
        Assert.Equal([0f, 0f, 1f], Enumerable.Range(0, 3).Select(world => MathF.Round(worlds.Velocity(0, world), 3)));
    }

    [Theory]
    [EveryEngine]
    public void Friction_differs_between_worlds(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Box(0.5f), TestWorlds.At(120) with { WorldCount = 3 }, new Terrain { Friction = 0.5f });
        float[] factors = [1, 0.5f, 1.5f];
        for (int world = 0; world < 3; world++)
        {
            worlds.Batch.SetVariation(world, new WorldVariation { Friction = factors[world] });
            worlds.Place([0, 0, 0.1f, 1, 0, 0, 0], [3, 0, 0, 0, 0, 0], world);
        }

        worlds.Run(3);

        // v²/(2·μ·g) with μ = 0.5 times the factor: 0.917, 1.835 and 0.612 m.
        Assert.All(Enumerable.Range(0, 3), world =>
        {
            double expected = 9 / (2 * 9.81 * 0.5 * factors[world]);
            Assert.Equal(expected, worlds.Position(0, world), 0.05 * expected);
        });
    }

    [Theory]
    [EveryEngine]
    public void Mass_differs_between_worlds_and_with_it_weight_and_inertia(string engine)
    {
        using TestWorlds wheels = new(engine, PhysicsCharacters.Wheel(PhysicsCharacters.Motor("axle")), TestWorlds.At(120) with { WorldCount = 2 });
        wheels.Batch.SetVariation(1, new WorldVariation { Mass = 2 });
        wheels.Control(1);
        wheels.Run(1);

        // 1 N·m on 0.5 kg·m² for a second, and on twice that.
        Assert.Equal(2, wheels.Velocity(0, 0), 1e-3f);
        Assert.Equal(1, wheels.Velocity(0, 1), 1e-3f);

        using TestWorlds boxes = new(engine, PhysicsCharacters.Box(), TestWorlds.At(120) with { WorldCount = 2 });
        boxes.Batch.SetVariation(1, new WorldVariation { Mass = 2 });
        boxes.Run(1);
        Assert.Equal(3 * 9.81f, boxes.TotalContactForce(0).Z, 0.3f);
        Assert.Equal(6 * 9.81f, boxes.TotalContactForce(1).Z, 0.6f);
    }

    [Theory]
    [EveryEngine]
    public void Gains_differ_between_worlds(string engine)
    {
        string joint = "stiffness='20' damping='5'";
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel(PhysicsCharacters.Drive("axle", 20, 2), joint), TestWorlds.At(120) with { WorldCount = 3 });
        worlds.Batch.SetVariation(1, new WorldVariation { Gain = 3 });
        worlds.Batch.SetVariation(2, new WorldVariation { Gain = 0 });
        worlds.Control(1);

        worlds.Run(6);

        // A drive of 20·factor N·m/rad pulls to 1 rad, the joint's own spring of 20 back to 0: factor/(factor + 1).
        Assert.Equal(0.5f, worlds.Position(0, 0), 1e-3f);
        Assert.Equal(0.75f, worlds.Position(0, 1), 1e-3f);
        Assert.Equal(0, worlds.Position(0, 2), 1e-3f);
    }
}
