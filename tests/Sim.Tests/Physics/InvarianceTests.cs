using System.Numerics;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Testing;

namespace Motion.Sim.Tests.Physics;

/// <summary>The laws of motion are the same everywhere on flat ground, in every direction, and in a mirror.</summary>
public sealed class InvarianceTests
{
    private static readonly Character Humanoid = CharacterLibrary.Humanoid();

    [Theory]
    [EveryEngine]
    public void Turning_a_start_about_the_vertical_turns_the_motion(string engine) =>
        HoldsFor(engine, (random, state) => Moved(state, Rotations.FromVector(new(0, 0, random.NextFloat(-3, 3))), Vector3.Zero), onGround: true, 2e-3f);

    [Theory]
    [EveryEngine]
    public void Moving_a_start_over_the_ground_moves_the_motion(string engine) =>
        HoldsFor(engine, (random, state) => Moved(state, Quaternion.Identity, new Vector3(random.NextFloat(-9, 9), random.NextFloat(-9, 9), 0)), onGround: true, 2e-3f);

    [Theory]
    [EveryEngine]
    public void A_start_seen_in_a_mirror_moves_as_the_motion_seen_in_it(string engine) =>
        HoldsFor(engine, (_, state) => Mirrored(state), onGround: false, 2e-3f);

    /// <summary>Half a second from a state and from its image: the end must be the end's image.</summary>
    private static void HoldsFor(string engine, Func<WorldRandom, State, State> imageOf, bool onGround, float tolerance) =>
        FsCheck.Fluent.Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            WorldRandom random = new((ulong)seed, 0, 0);
            State start = Start(ref random, onGround);
            WorldRandom change = new((ulong)seed, 1, 0);
            using TestWorlds worlds = new(engine, Humanoid, new BatchOptions { WorldCount = 2, Threads = 1 });
            State image = imageOf(change, start);
            worlds.Place(start.Positions, start.Velocities, 0);
            worlds.Place(image.Positions, image.Velocities, 1);
            float[] controls = new float[2 * start.Controls.Length];
            for (int control = 0; control < start.Controls.Length; control++)
            {
                (controls[2 * control], controls[(2 * control) + 1]) = (start.Controls[control], image.Controls[control]);
            }

            worlds.Batch.SetControls(controls);
            worlds.Run(0.5);

            State wanted = imageOf(change, new State(worlds.Positions(0), worlds.Velocities(0), start.Controls));
            return Farthest(wanted.Positions, worlds.Positions(1)) < tolerance;
        }).Holds(tests: 12);

    private static State Start(ref WorldRandom random, bool onGround)
    {
        float[] pose = PositionVector.Rest(Humanoid), velocity = new float[Humanoid.VelocityCount], controls = new float[Humanoid.Actuators.Length];
        for (int dof = 6; dof < velocity.Length; dof++)
        {
            velocity[dof] = random.NextFloat(-0.5f, 0.5f);
        }

        PositionVector.Integrate(Humanoid, pose, velocity, 0.5f);
        pose[2] = onGround ? 0.9f : 3;
        for (int control = 0; control < controls.Length; control++)
        {
            controls[control] = random.NextFloat(-0.3f, 0.3f);
        }

        (velocity[0], velocity[1]) = (random.NextFloat(-1, 1), random.NextFloat(-1, 1));
        return new State(pose, velocity, controls);
    }

    private static State Moved(State state, Quaternion turn, Vector3 shift)
    {
        float[] positions = [.. state.Positions], velocities = [.. state.Velocities];
        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, Vector3.Transform(PositionVector.RootPosition(Humanoid.Joints[0], positions), turn) + shift);
        PositionVector.SetRotation(Humanoid.Joints[0], positions, turn * PositionVector.Rotation(Humanoid.Joints[0], positions));
        Vector3 linear = Vector3.Transform(new Vector3(velocities[0], velocities[1], velocities[2]), turn);
        (velocities[0], velocities[1], velocities[2]) = (linear.X, linear.Y, linear.Z);
        return state with { Positions = positions, Velocities = velocities };
    }

    /// <summary>In the plane of X and Z: left and right change places, a turn about Y stays, about X and Z it reverses.</summary>
    private static State Mirrored(State state)
    {
        float[] positions = new float[state.Positions.Length], velocities = new float[state.Velocities.Length], controls = new float[state.Controls.Length];
        foreach (Joint to in Humanoid.Joints)
        {
            Joint from = Humanoid.Joints.Single(joint => joint.Name == OtherSide(to.Name));
            Quaternion rotation = PositionVector.Rotation(from, state.Positions);
            if (to.Kind == JointKind.Hinge)
            {
                positions[to.PositionIndex] = state.Positions[from.PositionIndex];
                velocities[to.VelocityIndex] = state.Velocities[from.VelocityIndex];
                continue;
            }

            PositionVector.SetRotation(to, positions, new Quaternion(-rotation.X, rotation.Y, -rotation.Z, rotation.W));
            int spin = to.Kind == JointKind.Free ? 3 : 0;
            for (int axis = 0; axis < 3; axis++)
            {
                velocities[to.VelocityIndex + spin + axis] = (axis == 1 ? 1 : -1) * state.Velocities[from.VelocityIndex + spin + axis];
            }
        }

        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, PositionVector.RootPosition(Humanoid.Joints[0], state.Positions) * new Vector3(1, -1, 1));
        (velocities[0], velocities[1], velocities[2]) = (state.Velocities[0], -state.Velocities[1], state.Velocities[2]);
        for (int control = 0; control < controls.Length; control++)
        {
            Actuator drive = Humanoid.Actuators[control];
            int from = Array.FindIndex([.. Humanoid.Actuators], other => other.Name == OtherSide(drive.Name));
            bool reverses = Humanoid.Joints[drive.Joint].Kind == JointKind.Ball && drive.Axis != 1;
            controls[control] = reverses ? -state.Controls[from] : state.Controls[from];
        }

        return new State(positions, velocities, controls);
    }

    private static string OtherSide(string name) =>
        name.StartsWith("left_", StringComparison.Ordinal) ? $"right_{name[5..]}"
        : name.StartsWith("right_", StringComparison.Ordinal) ? $"left_{name[6..]}" : name;

    private static float Farthest(float[] first, float[] second)
    {
        float farthest = 0;
        foreach (Joint joint in Humanoid.Joints)
        {
            Quaternion between = Quaternion.Conjugate(PositionVector.Rotation(joint, first)) * PositionVector.Rotation(joint, second);
            farthest = MathF.Max(farthest, Rotations.ToVector(between).Length());
        }

        return MathF.Max(farthest, Vector3.Distance(PositionVector.RootPosition(Humanoid.Joints[0], first), PositionVector.RootPosition(Humanoid.Joints[0], second)));
    }

    private sealed record State(float[] Positions, float[] Velocities, float[] Controls);
}
