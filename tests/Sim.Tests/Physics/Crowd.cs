using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>
/// Humanoids that fall, flail, hit each other's limbs and are hit by a ball: what happens in a world is a function of its number alone,
/// so the same world can be looked at in different batches.
/// </summary>
internal static class Crowd
{
    /// <summary>The humanoid with a ball to be thrown at it, on the ground, with a step of 10 cm in it.</summary>
    public static Scene Scene { get; } = new()
    {
        Character = CharacterLibrary.Humanoid(),
        Props = [new Prop("ball", ShapeKind.Sphere, new Vector3(0.1f, 0, 0), 3)],
        Terrain = new Terrain
        {
            Boxes = [new Shape { Name = "step", Body = -1, Kind = ShapeKind.Box, Size = new Vector3(1, 1, 0.1f), Position = new Vector3(1.2f, 0, 0) }],
        },
    };

    /// <summary>Starts world <paramref name="number"/> of the crowd in a world of the batch.</summary>
    public static void Start(IWorldBatch batch, int world, int number)
    {
        WorldRandom random = new(11, number, 0);
        Character character = batch.Scene.Character;
        float[] pose = PositionVector.Rest(character), velocity = new float[character.VelocityCount];
        for (int dof = 0; dof < velocity.Length; dof++)
        {
            velocity[dof] = random.NextFloat(-1, 1);
        }

        PositionVector.Integrate(character, pose, velocity, 0.3f);
        pose[2] = 1 + (0.2f * random.NextFloat());
        batch.Reset([world], pose, velocity);
        if (number % 3 == 0)
        {
            batch.PlaceProp(world, 0, new Vector3(1.5f, 0.1f, 1.2f), new Vector3(-4, 0, 1));
        }
    }

    /// <summary>Controls of world <paramref name="number"/> in a control step, into its column.</summary>
    public static void Command(Span<float> controls, int worldCount, int world, int number, int step)
    {
        WorldRandom random = new(12, number, step);
        for (int index = world; index < controls.Length; index += worldCount)
        {
            controls[index] = random.NextFloat(-0.5f, 0.5f);
        }
    }

    /// <summary>Runs worlds of the crowd (their numbers given) through some control steps.</summary>
    public static void Run(IWorldBatch batch, ReadOnlySpan<int> numbers, int firstStep, int steps)
    {
        float[] controls = new float[batch.ControlCount * batch.WorldCount];
        for (int step = firstStep; step < firstStep + steps; step++)
        {
            for (int world = 0; world < numbers.Length; world++)
            {
                Command(controls, batch.WorldCount, world, numbers[world], step);
            }

            batch.SetControls(controls);
            batch.Step();
        }
    }

    /// <summary>Every reading of one world, to the bit.</summary>
    public static int[] Bits(IWorldBatch batch, int world)
    {
        List<int> bits = [];
        Take(batch.Positions);
        Take(batch.Velocities);
        Take(batch.BodyPositions);
        Take(batch.BodyRotations);
        Take(batch.BodyLinearVelocities);
        Take(batch.BodyAngularVelocities);
        Take(batch.ContactForces);
        Take(batch.JointTorques);
        return [.. bits];

        void Take(ReadOnlySpan<float> table)
        {
            for (int index = world; index < table.Length; index += batch.WorldCount)
            {
                bits.Add(BitConverter.SingleToInt32Bits(table[index]));
            }
        }
    }
}
