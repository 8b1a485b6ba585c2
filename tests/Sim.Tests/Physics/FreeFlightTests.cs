using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>What a body in the air keeps, whatever its limbs do. Limits are off: a limb that runs into one loses energy as it should.</summary>
public sealed class FreeFlightTests
{
    [Theory]
    [EveryEngine(120, 1)]
    [EveryEngine(120, 2)]
    [EveryEngine(120, 3)]
    [EveryEngine(1000, 1)]
    public void A_limp_tumbling_humanoid_keeps_its_momentum_and_energy(string engine, int rate, int seed)
    {
        using TestWorlds worlds = Tumbling(engine, TestWorlds.At(rate) with { Control = ControlMode.Torques }, seed, gravity: Vector3.Zero);
        MechanicalState start = MechanicalState.Of(worlds);

        // 0.1 %, at every step of two seconds: without gravity all energy is that of turning and flailing.
        worlds.Run(2, () =>
        {
            MechanicalState now = MechanicalState.Of(worlds);
            Assert.True(Lost(start, now) < 1e-3f, $"angular momentum {now.AngularMomentum} instead of {start.AngularMomentum}");
            Assert.Equal(start.Energy, now.Energy, 1e-3 * start.Energy);
        });
    }

    [Theory]
    [EveryEngine(120, 1)]
    [EveryEngine(120, 2)]
    [EveryEngine(1000, 1)]
    public void Drives_that_pull_a_falling_humanoid_together_change_neither_its_momentum_nor_its_fall(string engine, int rate, int seed)
    {
        Vector3 gravity = new(0, 0, -9.81f);
        using TestWorlds worlds = Tumbling(engine, TestWorlds.At(rate), seed, gravity);
        MechanicalState start = MechanicalState.Of(worlds);

        worlds.Run(2, () => Assert.True(Lost(start, MechanicalState.Of(worlds)) < 1e-3f));

        // ½·9.81·2² = 19.62 m of fall.
        MechanicalState end = MechanicalState.Of(worlds);
        Assert.True(Vector3.Distance(start.Center + (2 * gravity), end.Center) < 0.02f, $"from {start.Center} to {end.Center}");
        Assert.True(Vector3.Distance(2 * gravity, end.LinearMomentum / worlds.Character.TotalMass) < 0.01f, $"{end.LinearMomentum}");
    }

    private static TestWorlds Tumbling(string engine, BatchOptions options, int seed, Vector3 gravity)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        humanoid = humanoid with { Gravity = gravity, Joints = [.. humanoid.Joints.Select(joint => joint with { Limited = false })] };
        TestWorlds worlds = new(engine, humanoid, options with { Contacts = false });
        Random random = new(seed);
        float[] pose = PositionVector.Rest(humanoid), velocity = new float[humanoid.VelocityCount];
        (velocity[3], velocity[4], velocity[5]) = (random.NextSingle() - 0.5f, 2, random.NextSingle() - 0.5f);
        for (int dof = 6; dof < velocity.Length; dof++)
        {
            velocity[dof] = random.NextSingle() - 0.5f;
        }

        // Not at rest, so that the drives have something to pull together, and at no speed of the whole.
        PositionVector.Integrate(humanoid, pose, velocity, 0.4f);
        worlds.Place(pose, velocity);
        Vector3 drift = MechanicalState.Of(worlds).LinearMomentum / humanoid.TotalMass;
        (velocity[0], velocity[1], velocity[2]) = (-drift.X, -drift.Y, -drift.Z);
        worlds.Place(pose, velocity);
        return worlds;
    }

    private static float Lost(MechanicalState start, MechanicalState now) =>
        Vector3.Distance(start.AngularMomentum, now.AngularMomentum) / start.AngularMomentum.Length();
}
