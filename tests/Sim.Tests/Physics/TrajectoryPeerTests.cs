using System.Numerics;
using System.Text.RegularExpressions;
using Motion.Sim.Characters;
using Motion.Sim.Tests.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Physics;

/// <summary>
/// A second of motion without contacts and joint limits in our steps of 1 ms, beside MuJoCo's Runge–Kutta integrator in steps of 0.1 ms: at 1 ms
/// MuJoCo's Euler integrators are themselves off by more than is asked here.
/// </summary>
[Trait("Category", "Peer")]
public sealed partial class TrajectoryPeerTests
{
    private const int Rate = 1000;
    private const int PeerRate = 10_000;

    public static IEnumerable<object[]> All => from engine in Engines.All from name in TestCharacters.Names select (object[])[engine.Name, name];

    public static IEnumerable<object[]> Driven => All.Where(row => TestCharacters.Read((string)row[1]).Actuators.Length > 0);

    [RequiresTheory("mujoco")]
    [MemberData(nameof(All))]
    public Task Limp_characters_move_as_in_MuJoCo(string engine, string name) => CompareLimp(engine, name, spin: 0.5f);

    [RequiresTheory("mujoco")]
    [MemberData(nameof(All))]
    public Task Tumbling_characters_move_as_in_MuJoCo(string engine, string name) => CompareLimp(engine, name, spin: 5);

    [RequiresTheory("mujoco")]
    [MemberData(nameof(Driven))]
    public async Task Driven_characters_move_as_in_MuJoCo(string engine, string name)
    {
        Character character = TestCharacters.Read(name);
        await Compare(engine, TestCharacters.PathOf(name), PositionVector.Rest(character), new float[character.VelocityCount], moves: 0.05);
    }

    private static async Task CompareLimp(string engine, string name, float spin)
    {
        using TempFolder folder = new();
        string file = folder.Write("limp.xml", Actuators().Replace(await File.ReadAllTextAsync(TestCharacters.PathOf(name)), ""));
        Character character = CharacterReader.Read(file);
        await Compare(engine, file, TestCharacters.RandomPose(character, 1, reach: 0.6f), Velocity(character, spin), moves: 0.1);
    }

    private static async Task Compare(string engine, string file, float[] pose, float[] velocity, double moves)
    {
        Character read = CharacterReader.Read(file);
        Character character = read with { Joints = [.. read.Joints.Select(joint => joint with { Limited = false })], TendonLimits = [] };
        double[] amplitude = [.. character.Actuators.Select(drive => Swing(character, drive))];
        double[] frequency = [.. amplitude.Select((_, index) => 0.5 + (0.1 * (index % 7)))];
        PeerState[] theirs = await MuJoCoPeer.Trajectory(file, new PeerRequest
        {
            Timestep = 1.0 / PeerRate,
            Steps = PeerRate,
            Every = PeerRate,
            Integrator = "rk4",
            Limits = false,
            Qpos = Doubles(pose),
            Qvel = Doubles(velocity),
            Amplitude = amplitude,
            Frequency = frequency,
            Phase = new double[amplitude.Length],
        });

        using TestWorlds worlds = new(engine, character, TestWorlds.At(Rate) with { Contacts = false });
        worlds.Place(pose, velocity);
        for (int step = 0; step < Rate; step++)
        {
            worlds.Control([.. amplitude.Select((most, drive) => (float)(most * Math.Sin(2 * Math.PI * frequency[drive] * step / Rate)))]);
            worlds.Run(1.0 / Rate);
        }

        float[] ours = worlds.Positions(), last = [.. theirs[^1].Qpos.Select(value => (float)value)];
        double difference = Difference(character, last, ours), moved = Difference(character, pose, ours);
        Assert.True(difference <= 1e-3, $"the joints are {difference} rad away in the mean");
        Assert.True(moved > moves, $"they moved only {moved} rad");
        if (character.Joints[0].Kind == JointKind.Free)
        {
            Assert.Equal(PositionVector.RootPosition(character.Joints[0], last), PositionVector.RootPosition(character.Joints[0], ours), (a, b) => Vector3.Distance(a, b) < 1e-3f);
        }
    }

    private static float[] Velocity(Character character, float spin)
    {
        Random random = new(2);
        float[] velocity = new float[character.VelocityCount];
        for (int dof = 0; dof < velocity.Length; dof++)
        {
            velocity[dof] = 2 * (random.NextSingle() - 0.5f);
        }

        if (character.Joints[0].Kind == JointKind.Free)
        {
            (velocity[3], velocity[4], velocity[5]) = (0.3f * spin, spin, -0.2f * spin);
        }

        return velocity;
    }

    /// <summary>
    /// Amplitude of an actuator's sine: 0.2 rad for a drive, a little torque for a motor. Of a ball joint's drives only one swings, since MuJoCo
    /// subtracts rotation vectors where we take the rotation that is left: the same about one axis alone.
    /// </summary>
    private static double Swing(Character character, Actuator actuator) =>
        actuator.Kp == 0 ? 0.02
        : character.Joints[actuator.Joint].Kind == JointKind.Ball && actuator.Axis != 1 ? 0
        : 0.2 * actuator.Kp / actuator.Gain;

    /// <summary>Root mean square difference of all joints: angles of hinges, rotation vectors of ball and free joints.</summary>
    private static double Difference(Character character, float[] theirs, float[] ours)
    {
        List<double> squares = [];
        foreach (Joint joint in character.Joints)
        {
            Quaternion between = Quaternion.Conjugate(PositionVector.Rotation(joint, theirs)) * PositionVector.Rotation(joint, ours);
            int axes = joint.Kind == JointKind.Hinge ? 1 : 3;
            squares.AddRange(Enumerable.Repeat((double)Rotations.ToVector(between).LengthSquared() / axes, axes));
        }

        return Math.Sqrt(squares.Average());
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    [GeneratedRegex("<actuator>.*</actuator>", RegexOptions.Singleline)]
    private static partial Regex Actuators();
}
