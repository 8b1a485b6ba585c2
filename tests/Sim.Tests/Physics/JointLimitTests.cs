using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Physics;

public sealed class JointLimitTests
{
    [Theory]
    [EveryEngine(120)]
    [EveryEngine(480)]
    public void A_hinge_stays_within_its_range_under_full_torque(string engine, int rate)
    {
        Character wheel = PhysicsCharacters.Wheel(PhysicsCharacters.Motor("axle"), "range='-0.5 0.8' armature='0.02'");
        using TestWorlds worlds = new(engine, wheel, TestWorlds.At(rate));
        foreach ((float torque, float bound) in new[] { (200f, 0.8f), (-200f, -0.5f) })
        {
            worlds.Control(torque);
            worlds.Run(1, () => Assert.InRange(worlds.Position(0), -0.52f, 0.82f));
            Assert.Equal(bound, worlds.Position(0), 0.02f);
        }
    }

    [Theory]
    [EveryEngine(120, 1f, 0f, 0f)]
    [EveryEngine(120, 0f, -1f, 0f)]
    [EveryEngine(120, 0.5f, 0.6f, 0.62f)]
    [EveryEngine(480, -0.3f, 0.8f, -0.5f)]
    public void A_ball_joint_turns_no_further_than_its_range_under_full_torque(string engine, int rate, float x, float y, float z)
    {
        string motors = string.Concat("xyz".Select((axis, index) =>
            $"""<motor name="{axis}" joint="pivot" gear="{(index == 0 ? 1 : 0)} {(index == 1 ? 1 : 0)} {(index == 2 ? 1 : 0)}"/>"""));
        using TestWorlds worlds = new(engine, PhysicsCharacters.Gimbal(motors, "range='0 1.2' armature='0.02'"), TestWorlds.At(rate));
        worlds.Control(200 * x, 200 * y, 200 * z);
        float furthest = 0;

        worlds.Run(1, () =>
        {
            furthest = 2 * MathF.Acos(MathF.Min(1, MathF.Abs(worlds.Position(0))));
            Assert.InRange(furthest, 0, 1.22f);
        });

        Assert.InRange(furthest, 1.18f, 1.22f);
    }
}
