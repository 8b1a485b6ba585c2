using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class DriveTests
{
    [Theory]
    [EveryEngine(1000, 50f, 2f, 0.01)]
    [EveryEngine(1000, 1000f, 100f, 0.006)]
    [EveryEngine(120, 50f, 2f, 0.08)]
    [EveryEngine(120, 1000f, 100f, 0.04)]
    public void A_drive_answers_a_step_as_a_second_order_system(string engine, int rate, float kp, float kd, double tolerance)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel(PhysicsCharacters.Drive("axle", kp, kd), "armature='0.1'"), TestWorlds.At(rate));
        worlds.Control(1);
        double worst = 0, time = 0;

        worlds.Run(2, () =>
        {
            time += worlds.ControlSeconds;
            worst = Math.Max(worst, Math.Abs(worlds.Position(0) - StepResponse(0.6, kp, kd, time)));
        });

        // The implicit step damps by kp·h more than the drive does: an error of first order, which the slack of each case follows.
        Assert.True(worst < tolerance, $"off by {worst} of a step of 1 rad");
    }

    [Theory]
    [EveryEngine]
    public void All_axes_of_a_ball_joint_answer_alike(string engine)
    {
        string drives = string.Concat(new[] { "1 0 0", "0 1 0", "0 0 1" }.Select((gear, axis) =>
            PhysicsCharacters.Drive("pivot", 50, 2, 1e9f, gear).Replace("pivot_", $"pivot{axis}_", StringComparison.Ordinal)));
        float angle = 0.8f / MathF.Sqrt(3);
        using TestWorlds worlds = new(engine, PhysicsCharacters.Gimbal(drives), TestWorlds.At(1000));
        worlds.Control(angle, angle, angle);

        worlds.Run(0.2);

        // About a fixed axis a ball joint of equal inertias is a wheel: 0.8 rad of step about (1, 1, 1)/√3.
        double turned = 0.8 * StepResponse(0.5, 50, 2, 0.2);
        Assert.Equal(Math.Cos(turned / 2), worlds.Position(0), 2e-3);
        Assert.All(Enumerable.Range(1, 3), axis => Assert.Equal(Math.Sin(turned / 2) / Math.Sqrt(3), worlds.Position(axis), 2e-3));
    }

    [Theory]
    [EveryEngine(1000f, 100f)]
    [EveryEngine(1000f, 0f)]
    [EveryEngine(100_000f, 100f)]
    [EveryEngine(100_000f, 0f)]
    [EveryEngine(1f, 100_000f)]
    public void Stiff_drives_are_stable_at_120_Hz_on_nothing_but_armature(string engine, float kp, float kd)
    {
        Character character = PhysicsCharacters.Of(
            """
            <body pos="0 0 1">
              <joint name="axle" axis="0 0 1" armature="0.02"/>
              <inertial pos="0 0 0" mass="0.01" diaginertia="1e-5 1e-5 1e-5"/>
            </body>
            """,
            PhysicsCharacters.Drive("axle", kp, kd));
        using TestWorlds worlds = new(engine, character, TestWorlds.At(120));
        worlds.Control(1);
        float highest = 0;

        worlds.Run(3, () => highest = MathF.Max(highest, worlds.Position(0)));

        // An implicit step damps: it never overshoots more than the undamped system would, twice the step, and comes to rest.
        Assert.InRange(highest, 0, 2);
        double expected = kp == 1f ? StepResponse(0.02001, kp, kd, 3) : 1;
        Assert.Equal(expected, worlds.Position(0), 1e-3);
    }

    [Theory]
    [EveryEngine]
    public void A_saturated_drive_moves_as_under_constant_torque(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel(PhysicsCharacters.Drive("axle", 1000, 10, limit: 2)), TestWorlds.At(120));
        worlds.Control(1000);

        worlds.Run(1, () => Assert.Equal(2, worlds.JointTorque(0), 1e-4f));

        // 2 N·m on 0.5 kg·m²: 4 rad/s after a second, 2 rad turned.
        Assert.Equal(4, worlds.Velocity(0), 1e-3f);
        Assert.Equal(2, worlds.Position(0), 1e-3f);
    }

    [Theory]
    [EveryEngine]
    public void Drives_of_a_humanoid_keep_to_their_limits(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        const int count = 16;
        using TestWorlds worlds = new(engine, humanoid, new BatchOptions { WorldCount = count, Threads = 1, Contacts = false });
        Random random = new(3);
        float[] controls = new float[worlds.Batch.ControlCount * count];
        int readings = 0, saturated = 0, beyond = 0;
        float worst = 0;
        for (int step = 0; step < 60; step++)
        {
            for (int index = 0; index < controls.Length; index++)
            {
                controls[index] = 2 * (random.NextSingle() - 0.5f);
            }

            worlds.Batch.SetControls(controls);
            worlds.Run(worlds.ControlSeconds);
            foreach (Actuator drive in humanoid.Actuators)
            {
                int dof = humanoid.Joints[drive.Joint].VelocityIndex + drive.Axis;
                for (int world = 0; world < count; world++)
                {
                    float share = MathF.Abs(worlds.JointTorque(dof, world)) / drive.ForceUpper;
                    (readings, worst) = (readings + 1, MathF.Max(worst, share));
                    saturated += share > 0.999f ? 1 : 0;
                    beyond += share > 1.01f ? 1 : 0;
                }
            }
        }

        // Whether a drive saturates is decided before it is known what its ancestors do in the step: rarely it comes out a little beyond.
        Assert.True(saturated > readings / 20, $"only {saturated} of {readings} readings were at a limit: the test asks too little");
        Assert.True(beyond < readings / 100, $"{beyond} of {readings} torques were beyond their limits, the worst {worst} times");
    }

    [Theory]
    [EveryEngine]
    public void Drives_of_a_chain_never_exceed_their_limits_on_steady_targets(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        const int count = 16;
        using TestWorlds worlds = new(engine, humanoid, new BatchOptions { WorldCount = count, Threads = 1, Contacts = false });
        Random random = new(4);
        float[] controls = new float[worlds.Batch.ControlCount * count];
        for (int index = 0; index < controls.Length; index++)
        {
            controls[index] = 2 * (random.NextSingle() - 0.5f);
        }

        worlds.Batch.SetControls(controls);
        worlds.Run(0.5);

        worlds.Run(1, () =>
        {
            foreach (Actuator drive in humanoid.Actuators)
            {
                int dof = humanoid.Joints[drive.Joint].VelocityIndex + drive.Axis;
                for (int world = 0; world < count; world++)
                {
                    Assert.InRange(worlds.JointTorque(dof, world), 1.001f * drive.ForceLower, 1.001f * drive.ForceUpper);
                }
            }
        });
    }

    [Theory]
    [EveryEngine]
    public void Pure_torques_accelerate_and_are_clamped_to_the_limits(string engine)
    {
        string actuator = PhysicsCharacters.Drive("axle", 1000, 10, limit: 3);
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel(actuator), TestWorlds.At(120) with { Control = ControlMode.Torques });
        worlds.Control(1);
        worlds.Run(1, () => Assert.Equal(1, worlds.JointTorque(0), 1e-5f));

        // 1 N·m on 0.5 kg·m² for a second: 2 rad/s; then 50 N·m asked and 3 given for half a second: 3 rad/s more, and with velocities
        // kept in the middle of steps the new torque acts half a step earlier: (6 − 2)·h/2 = 0.017 rad/s.
        Assert.Equal(2, worlds.Velocity(0), 1e-4f);
        worlds.Control(50);
        worlds.Run(0.5, () => Assert.Equal(3, worlds.JointTorque(0), 1e-5f));
        Assert.Equal(5, worlds.Velocity(0), 0.02f);
    }

    [Theory]
    [EveryEngine]
    public void A_motor_gives_gear_times_its_control(string engine)
    {
        using TestWorlds worlds = new(engine, PhysicsCharacters.Wheel(PhysicsCharacters.Motor("axle", gear: 4)), TestWorlds.At(120));
        worlds.Control(0.5f);

        worlds.Run(0.5);

        // 4 · 0.5 = 2 N·m on 0.5 kg·m² for half a second: 2 rad/s.
        Assert.Equal(2, worlds.JointTorque(0), 1e-5f);
        Assert.Equal(2, worlds.Velocity(0), 1e-3f);
    }

    /// <summary>Angle after a unit step of the target: I·q̈ = kp·(1 − q) − kd·q̇ from rest at 0.</summary>
    private static double StepResponse(double inertia, double kp, double kd, double time)
    {
        double decay = kd / (2 * inertia), squared = (kp / inertia) - (decay * decay);
        if (squared > 0)
        {
            double frequency = Math.Sqrt(squared);
            return 1 - (Math.Exp(-decay * time) * (Math.Cos(frequency * time) + (decay / frequency * Math.Sin(frequency * time))));
        }

        double spread = Math.Sqrt(-squared), slow = spread - decay, fast = -spread - decay;
        return 1 + (((fast * Math.Exp(slow * time)) - (slow * Math.Exp(fast * time))) / (slow - fast));
    }
}
