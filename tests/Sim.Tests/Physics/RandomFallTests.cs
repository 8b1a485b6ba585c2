using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class RandomFallTests
{
    [Theory]
    [EveryEngine]
    public void A_thousand_falls_from_two_metres_under_random_torques_stay_finite_for_twenty_seconds(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        const int count = 1000;
        using TestWorlds worlds = new(engine, humanoid, new BatchOptions { WorldCount = count, Control = ControlMode.Torques, HistoryLength = 0 });
        for (int world = 0; world < count; world++)
        {
            WorldRandom random = new(21, world, 0);
            float[] pose = PositionVector.Rest(humanoid);
            PositionVector.SetRotation(humanoid.Joints[0], pose, Rotations.FromVector(new(random.NextFloat(-3, 3), random.NextFloat(-3, 3), random.NextFloat(-3, 3))));
            pose[2] = 2;
            worlds.Place(pose, null, world);
        }

        float[] controls = new float[worlds.Batch.ControlCount * count];
        for (int step = 0; step < 600; step++)
        {
            if (step % 6 == 0)
            {
                Command(humanoid, controls, count, step);
                worlds.Batch.SetControls(controls);
            }

            worlds.Batch.Step();
            if (step % 30 == 29)
            {
                AssertFinite(worlds.Batch, step);
            }
        }

        // Limp joints under hard torques spin up, but no more than one control step in ten thousand ends in a reset.
        Assert.True(worlds.Batch.FailureCount <= 60, $"{worlds.Batch.FailureCount} of {600 * count} control steps ended in a reset");
    }

    /// <summary>Torques up to a third of the limits, anew five times a second.</summary>
    private static void Command(Character humanoid, float[] controls, int count, int step)
    {
        for (int world = 0; world < count; world++)
        {
            WorldRandom random = new(22, world, step);
            for (int drive = 0; drive < humanoid.Actuators.Length; drive++)
            {
                controls[(drive * count) + world] = random.NextFloat(-1, 1) * humanoid.Actuators[drive].ForceUpper / 3;
            }
        }
    }

    private static void AssertFinite(IWorldBatch batch, int step)
    {
        foreach (float value in batch.Positions)
        {
            Assert.True(float.IsFinite(value), $"a position is {value} at step {step}");
        }

        foreach (float value in batch.Velocities)
        {
            Assert.True(float.IsFinite(value), $"a velocity is {value} at step {step}");
        }

        foreach (float value in batch.ContactForces)
        {
            Assert.True(float.IsFinite(value), $"a contact force is {value} at step {step}");
        }
    }
}
