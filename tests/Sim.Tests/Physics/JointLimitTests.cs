using Motion.Sim.Characters;
using Motion.Sim.Physics;

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

    [Theory]
    [EveryEngine(120)]
    [EveryEngine(240)]
    public void Every_joint_of_a_humanoid_keeps_within_its_range_under_its_full_torque(string engine, int rate)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        int drives = humanoid.Actuators.Length, count = 2 * drives;
        BatchOptions options = new() { WorldCount = count, Threads = 1, SelfCollision = false, PhysicsRate = rate };
        using TestWorlds worlds = new(engine, humanoid, options, TestWorlds.Void);
        float[] controls = new float[drives * count];
        for (int drive = 0; drive < drives; drive++)
        {
            // As far beyond every range as a rotation vector can say: far enough to draw the full torque.
            controls[(drive * count) + (2 * drive)] = 3.1f;
            controls[(drive * count) + (2 * drive) + 1] = -3.1f;
        }

        worlds.Batch.SetControls(controls);
        float[] worst = new float[count], hardest = new float[count];

        worlds.Run(1, () =>
        {
            for (int world = 0; world < count; world++)
            {
                Actuator drive = humanoid.Actuators[world / 2];
                Joint joint = humanoid.Joints[drive.Joint];
                worst[world] = MathF.Max(worst[world], Excess(worlds, joint, world));
                hardest[world] = MathF.Max(hardest[world], MathF.Abs(worlds.JointTorque(joint.VelocityIndex + drive.Axis, world)) / drive.ForceUpper);
            }
        });

        for (int world = 0; world < count; world++)
        {
            string drive = $"{humanoid.Actuators[world / 2].Name} {(world % 2 == 0 ? "up" : "down")}";
            Assert.True(hardest[world] > 0.99f, $"{drive} gave only {hardest[world]} of its torque");
            Assert.True(worst[world] < 0.02f, $"{drive} went {worst[world]} rad beyond its range");
        }
    }

    /// <summary>How far a joint is beyond its range, rad; negative when it is within.</summary>
    private static float Excess(TestWorlds worlds, Joint joint, int world)
    {
        float[] positions = worlds.Positions(world);
        return joint.Kind == JointKind.Hinge
            ? MathF.Max(positions[joint.PositionIndex] - joint.Upper, joint.Lower - positions[joint.PositionIndex])
            : Rotations.ToVector(PositionVector.Rotation(joint, positions)).Length() - joint.Upper;
    }
}
