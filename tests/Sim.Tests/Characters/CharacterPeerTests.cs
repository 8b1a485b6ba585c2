using System.Numerics;
using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

/// <summary>What we read of a character against what MuJoCo reads of the same file.</summary>
[Trait("Category", "Peer")]
public class CharacterPeerTests
{
    public static TheoryData<string> All => TestCharacters.All;

    [RequiresTheory("mujoco")]
    [MemberData(nameof(All))]
    public Task Masses_and_joint_space_inertia_are_those_of_MuJoCo(string name) => Compare(TestCharacters.PathOf(name));

    [RequiresTheory("mujoco")]
    [InlineData("quat='0.3 -2 0.5 1'", "local", "xyz")]
    [InlineData("axisangle='1 2 -1 70'", "local", "xyz")]
    [InlineData("xyaxes='1 0.2 0 0.3 1 -0.4'", "local", "xyz")]
    [InlineData("zaxis='-1 0.5 -2'", "local", "xyz")]
    [InlineData("euler='20 -50 130'", "local", "xyz")]
    [InlineData("euler='20 -50 130'", "local", "zyx")]
    [InlineData("euler='20 -50 130'", "local", "XYZ")]
    [InlineData("euler='20 -50 130'", "local", "zXy")]
    [InlineData("quat='0.3 -2 0.5 1'", "global", "xyz")]
    [InlineData("euler='20 -50 130'", "global", "YZX")]
    public async Task Orientations_and_coordinates_are_read_as_MuJoCo_reads_them(string orientation, string coordinate, string sequence)
    {
        using TempFolder folder = new();
        await Compare(folder.Write("tree.xml", $"""
            <mujoco>
              <compiler angle="degree" coordinate="{coordinate}" eulerseq="{sequence}" autolimits="true"/>
              <worldbody>
                <body name="base" pos="0.4 0.1 1" {orientation}>
                  <freejoint/>
                  <geom type="box" size="0.1 0.2 0.3" pos="0.5 0.2 0.9" {orientation}/>
                  <geom type="box" size="0.1 0.1 0.2"/>
                  <geom type="capsule" size="0.05" fromto="0.1 0.2 0.3 0.5 0.4 0.2"/>
                  <body name="arm" pos="0.6 0.3 0.8" {orientation}>
                    <joint name="turn" axis="1 2 3"/>
                    <joint name="swing" axis="-1 0 1" range="-40 30"/>
                    <geom type="box" size="0.05" fromto="0.2 0.3 0.1 0.4 0.1 0.5"/>
                    <body name="hand" pos="0.7 0.1 0.7">
                      <joint name="wrist" type="ball" pos="0.1 0 0" range="0 80"/>
                      <inertial pos="0.7 0.2 0.6" mass="2" diaginertia="0.1 0.2 0.25" {orientation}/>
                    </body>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """));
    }

    [RequiresTheory("mujoco")]
    [InlineData("""inertiafromgeom="true" """)]
    [InlineData("""inertiafromgeom="auto" """)]
    [InlineData("""inertiafromgeom="false" """)]
    [InlineData("""settotalmass="12" """)]
    public async Task Compiler_options_for_mass_do_what_they_do_in_MuJoCo(string option)
    {
        using TempFolder folder = new();
        await Compare(folder.Write("masses.xml", $"""
            <mujoco>
              <compiler angle="radian" {option}/>
              <worldbody>
                <body name="trunk" pos="0 0 1">
                  <freejoint/>
                  <inertial pos="0.1 0 0.2" mass="3" fullinertia="0.3 0.2 0.25 0.01 -0.02 0.03"/>
                  <geom size="0.1" density="500"/>
                  <geom type="capsule" size="0.05 0.2" pos="0.1 0.1 0" mass="0.7"/>
                  <body pos="0.3 0 0">
                    <inertial pos="0 0 0.1" mass="1" diaginertia="0.02 0.02 0.03"/>
                    <geom type="box" size="0.1 0.1 0.2"/>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """));
    }

    [RequiresTheory("mujoco")]
    [InlineData("humanoid")]
    [InlineData("three_hinges")]
    [InlineData("classes")]
    [InlineData("many_hinges")]
    public async Task What_MuJoCo_lets_touch_may_touch_here_with_the_same_friction(string name)
    {
        Character character = TestCharacters.Read(name);
        int world = character.WorldShapes.Length;
        Dictionary<(int, int), float> pairs = CollisionPairs.Among(character).ToDictionary(pair => (world + pair.First, world + pair.Second), pair => pair.Friction);
        foreach (ShapePair pair in CollisionPairs.WithWorld(character))
        {
            pairs.Add((pair.Second, world + pair.First), pair.Friction);
        }

        int found = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            // Joints far beyond their limits and the root in the ground: as many contacts as can be.
            float[] pose = TestCharacters.RandomPose(character, seed, reach: 4);
            pose[2] = 0.2f;
            PeerMass peer = await MuJoCoPeer.Mass(TestCharacters.PathOf(name), [.. pose.Select(value => (double)value)]);
            for (int at = 0; at < peer.Contacts.Length; at += 3, found++)
            {
                (int first, int second) = ((int)peer.Contacts[at], (int)peer.Contacts[at + 1]);
                Assert.True(pairs.TryGetValue((Math.Min(first, second), Math.Max(first, second)), out float friction), $"{first} and {second} do not meet");
                Assert.Equal(peer.Contacts[at + 2], friction, 1e-6);
            }
        }

        Assert.True(found > 50, $"only {found} contacts");
    }

    private static async Task Compare(string file)
    {
        Character character = CharacterReader.Read(file);
        for (int seed = 0; seed < 3; seed++)
        {
            float[] pose = seed == 0 ? PositionVector.Rest(character) : TestCharacters.RandomPose(character, seed);
            double[] positions = [.. pose.Select(value => (double)value)];
            PeerMass peer = await MuJoCoPeer.Mass(file, positions);
            CompareInertia(character, positions, peer);
            CompareFrames(character, pose, peer);
            CompareShapes(character, pose, peer);
        }
    }

    private static void CompareInertia(Character character, double[] positions, PeerMass peer)
    {
        ReferenceInertia reference = new(character, positions);
        Assert.Equal(peer.Mass, reference.Mass, 1e-4 * peer.Mass);
        Assert.All(Enumerable.Range(0, 3), axis => Assert.Equal(peer.Center[axis], reference.Center[axis], 1e-4));

        // An entry counts against the two diagonal entries that it couples: their units differ from joint to joint.
        double[,] inertia = reference.JointSpace();
        int count = character.VelocityCount;
        Assert.Equal(count * count, peer.Inertia.Length);
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                double scale = Math.Sqrt(peer.Inertia[(row * count) + row] * peer.Inertia[(column * count) + column]);
                Assert.Equal(peer.Inertia[(row * count) + column], inertia[row, column], 1e-4 * scale);
            }
        }
    }

    private static void CompareFrames(Character character, float[] pose, PeerMass peer)
    {
        Vector3[] positions = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, pose, positions, rotations);
        Assert.Equal(character.Bodies.Length, peer.BodyMass.Length);
        for (int body = 0; body < positions.Length; body++)
        {
            Vector3 position = VectorAt(peer.BodyPositions, 3 * body);
            Quaternion rotation = new(VectorAt(peer.BodyRotations, (4 * body) + 1), (float)peer.BodyRotations[4 * body]);
            Assert.True(Vector3.Distance(position, positions[body]) < 1e-5f, $"{character.Bodies[body].Name}: {positions[body]} instead of {position}");
            Assert.True(MathF.Abs(Quaternion.Dot(rotation, rotations[body])) > 1 - 1e-6f, $"{character.Bodies[body].Name}: {rotations[body]} instead of {rotation}");
            Assert.Equal(peer.BodyMass[body], character.Bodies[body].Mass, 1e-5 * peer.Mass);
        }
    }

    private static void CompareShapes(Character character, float[] pose, PeerMass peer)
    {
        Vector3[] positions = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, pose, positions, rotations);

        // MuJoCo numbers the world's geoms first, then those of each body.
        int geom = character.WorldShapes.Length;
        foreach (Shape shape in character.Shapes)
        {
            Vector3 center = positions[shape.Body] + Vector3.Transform(shape.Position, rotations[shape.Body]);
            Assert.True(Vector3.Distance(center, VectorAt(peer.GeomPositions, 3 * geom)) < 1e-5f, $"{shape.Name} at {center}");
            Vector3 axis = Vector3.Transform(Vector3.UnitZ, rotations[shape.Body] * shape.Rotation);
            Vector3 peerAxis = new((float)peer.GeomMatrices[(9 * geom) + 2], (float)peer.GeomMatrices[(9 * geom) + 5], (float)peer.GeomMatrices[(9 * geom) + 8]);
            bool isRound = shape.Kind == ShapeKind.Sphere || shape.Name.EndsWith("_hand", StringComparison.Ordinal);
            Assert.True(isRound || Vector3.Distance(axis, peerAxis) < 1e-4f, $"{shape.Name} along {axis} instead of {peerAxis}");
            geom++;
        }
    }

    private static Vector3 VectorAt(double[] values, int at) => new((float)values[at], (float)values[at + 1], (float)values[at + 2]);
}
