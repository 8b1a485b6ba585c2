using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Writing;

namespace Motion.Sim.Tests.Clips.Writing;

public sealed class CharacterSkeletonTests
{
    /// <summary>
    /// Arms hang at rest with bent elbows, one knee is bent, bodies are turned in their parents, and shoulders and knees turn about points
    /// beside their bodies' origins.
    /// </summary>
    private const string Slouching = """
        <mujoco model="slouching">
          <compiler angle="radian"/>
          <worldbody>
            <body name="pelvis" pos="0 0 0.9">
              <freejoint/>
              <geom type="sphere" size="0.1" mass="10"/>
              <body name="torso" pos="0 0 0.2" euler="0 0 0.3">
                <joint name="waist" type="ball"/>
                <geom type="capsule" fromto="0 0 0 0 0 0.3" size="0.1" mass="20"/>
                <body name="head" pos="0 0 0.45"><joint name="neck" type="ball"/><geom type="sphere" pos="0 0 0.1" size="0.1" mass="4"/></body>
                <body name="left_upper_arm" pos="0 0.2 0.35" euler="0.4 0.2 0"><joint name="left_shoulder" type="ball" pos="0 0 0.05"/>
                  <geom type="capsule" fromto="0 0 0 0 0 -0.25" size="0.04" mass="2"/>
                  <body name="left_lower_arm" pos="0 0 -0.28" euler="0 -0.9 0"><joint name="left_elbow" type="hinge" axis="0 1 0"/>
                    <geom type="capsule" fromto="0 0 0 0 0 -0.2" size="0.03" mass="1"/>
                    <body name="left_hand" pos="0 0 -0.25"><geom type="sphere" pos="0 0 -0.03" size="0.04" mass="0.5"/></body></body></body>
                <body name="right_upper_arm" pos="0 -0.2 0.35" euler="-0.4 0.2 0"><joint name="right_shoulder" type="ball" pos="0 0 0.05"/>
                  <geom type="capsule" fromto="0 0 0 0 0 -0.25" size="0.04" mass="2"/>
                  <body name="right_lower_arm" pos="0 0 -0.28" euler="0 -0.9 0"><joint name="right_elbow" type="hinge" axis="0 1 0"/>
                    <geom type="capsule" fromto="0 0 0 0 0 -0.2" size="0.03" mass="1"/>
                    <body name="right_hand" pos="0 0 -0.25"><geom type="sphere" pos="0 0 -0.03" size="0.04" mass="0.5"/></body></body></body>
              </body>
              <body name="left_thigh" pos="0 0.1 0"><joint name="left_hip" type="ball"/>
                <geom type="capsule" fromto="0 0 0 0 0 -0.4" size="0.06" mass="6"/>
                <body name="left_shin" pos="0 0 -0.42" euler="0 0.5 0"><joint name="left_knee" type="hinge" axis="0 1 0" pos="0 0 0.02"/>
                  <geom type="capsule" fromto="0 0 0 0 0 -0.4" size="0.05" mass="3"/>
                  <body name="left_foot" pos="0 0 -0.4" euler="0 -0.5 0"><joint name="left_ankle" type="ball"/>
                    <geom type="box" pos="0.05 0 -0.03" size="0.1 0.04 0.03" mass="1"/></body></body></body>
              <body name="right_thigh" pos="0 -0.1 0"><joint name="right_hip" type="ball"/>
                <geom type="capsule" fromto="0 0 0 0 0 -0.4" size="0.06" mass="6"/>
                <body name="right_shin" pos="0 0 -0.42"><joint name="right_knee" type="hinge" axis="0 1 0" pos="0 0 0.02"/>
                  <geom type="capsule" fromto="0 0 0 0 0 -0.4" size="0.05" mass="3"/>
                  <body name="right_foot" pos="0 0 -0.4"><joint name="right_ankle" type="ball"/>
                    <geom type="box" pos="0.05 0 -0.03" size="0.1 0.04 0.03" mass="1"/></body></body></body>
            </body>
          </worldbody>
        </mujoco>
        """;

    public static TheoryData<string> Characters { get; } = ["humanoid", "slouching"];

    [Theory]
    [MemberData(nameof(Characters))]
    public void The_rest_pose_is_a_true_T_pose(string name)
    {
        Skeleton skeleton = CharacterSkeleton.Of(Make(name)).Skeleton;
        Vector3[] rest = skeleton.RestPositions();
        Vector3 Place(string joint) => rest[skeleton.Joints.Select(at => at.Name).ToList().IndexOf(joint)];

        foreach ((string side, float sign) in new[] { ("left", 1f), ("right", -1f) })
        {
            AssertAlong(new Vector3(0, sign, 0), Place($"{side}_lower_arm") - Place($"{side}_upper_arm"));
            AssertAlong(new Vector3(0, sign, 0), Place($"{side}_hand") - Place($"{side}_lower_arm"));
            AssertAlong(-Vector3.UnitZ, Place($"{side}_shin") - Place($"{side}_thigh"));
            AssertAlong(-Vector3.UnitZ, Place($"{side}_foot") - Place($"{side}_shin"));
            Assert.True(Place($"{side}_foot_tip").X > Place($"{side}_foot").X + 0.1f, "toes point forward");
            Assert.True(sign * (Place($"{side}_hand_tip").Y - Place($"{side}_hand").Y) > 0.03f, "fingers point outward");
        }

        Assert.True(Place("head_tip").Z > Place("head").Z + 0.15f);
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public void Joints_are_where_the_bodies_turn_in_every_pose(string name)
    {
        Character character = Make(name);
        float[] positions = [.. Enumerable.Range(0, 5).SelectMany(seed => RandomPose(character, seed))];
        Clip clip = CharacterSkeleton.Of(character).ToClip("random", 30, positions);

        Vector3[] bodies = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[character.Bodies.Length];
        for (int frame = 0; frame < 5; frame++)
        {
            ForwardKinematics.Compute(character, positions.AsSpan(frame * character.PositionCount, character.PositionCount), bodies, rotations);
            Vector3[] joints = clip.PositionsWorld(frame);
            for (int body = 0; body < bodies.Length; body++)
            {
                Joint? joint = character.Joints.FirstOrDefault(joint => joint.Body == body && joint.Kind != JointKind.Free);
                Vector3 expected = bodies[body] + Vector3.Transform(joint?.Anchor ?? Vector3.Zero, rotations[body]);
                Assert.True(Vector3.Distance(expected, joints[body]) < 1e-4f, $"{character.Bodies[body].Name}: {joints[body]} is not {expected}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public void A_clip_on_the_skeleton_gives_the_positions_back(string name)
    {
        Character character = Make(name);
        CharacterSkeleton skeleton = CharacterSkeleton.Of(character);
        float[] positions = [.. Enumerable.Range(0, 5).SelectMany(seed => RandomPose(character, seed))];

        Clip clip = skeleton.ToClip("random", 30, positions);
        Clip again = skeleton.ToClip("random", 30, skeleton.ToPositions(clip));

        ClipDifference difference = ClipDifference.Between(clip, again);
        Assert.InRange(difference.LargestRotation, 0, 1e-5);
        Assert.InRange(difference.LargestPosition, 0, 1e-5);
    }

    [Fact]
    public void The_mesh_moves_with_the_bodies()
    {
        Character character = Make("slouching");
        CharacterSkeleton exchanged = CharacterSkeleton.Of(character);
        float[] pose = RandomPose(character, 3);
        Clip clip = exchanged.ToClip("random", 30, pose);
        Vector3[] bodies = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, pose, bodies, rotations);

        // The left hand is one sphere, radius 0.04 m, centred 0.03 m below its body's origin: its skinned vertices lie on that sphere.
        int hand = character.BodyIndex("left_hand");
        Vector3 center = bodies[hand] + Vector3.Transform(new Vector3(0, 0, -0.03f), rotations[hand]);
        Vector3[] places = clip.PositionsWorld(0);
        Quaternion[] world = new Quaternion[places.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[0], clip.RotationsAt(0), new Vector3[places.Length], world);
        Vector3 rest = exchanged.Skeleton.RestPositions()[hand];
        int[] vertices = [.. Enumerable.Range(0, exchanged.Mesh.Positions.Count).Where(vertex => exchanged.Mesh.Joints[vertex] == hand)];
        Assert.NotEmpty(vertices);
        Assert.All(vertices, vertex =>
            Assert.Equal(0.04f, Vector3.Distance(center, places[hand] + Vector3.Transform(exchanged.Mesh.Positions[vertex] - rest, world[hand])), 1e-4f));
    }

    [Theory]
    [MemberData(nameof(Characters))]
    public void Triangles_and_normals_of_the_mesh_look_the_same_way(string name)
    {
        ProxyMesh mesh = CharacterSkeleton.Of(Make(name)).Mesh;
        for (int at = 0; at < mesh.Triangles.Count; at += 3)
        {
            Vector3[] corners = [.. Enumerable.Range(at, 3).Select(corner => mesh.Positions[mesh.Triangles[corner]])];
            Vector3 facing = Vector3.Cross(corners[1] - corners[0], corners[2] - corners[0]);
            Assert.All(Enumerable.Range(at, 3), corner => Assert.True(Vector3.Dot(facing, mesh.Normals[mesh.Triangles[corner]]) > 0));
        }
    }

    [Fact]
    public void What_is_no_person_keeps_its_rest_pose_and_that_is_said()
    {
        CharacterSkeleton skeleton = CharacterSkeleton.Of(CharacterReader.Parse(
            """
            <mujoco model="arm">
              <worldbody>
                <body name="base" pos="0 0 1">
                  <joint name="yaw" type="hinge" axis="0 0 1"/>
                  <joint name="pitch" type="hinge" axis="0 1 0" pos="0 0 0.05"/>
                  <geom type="capsule" fromto="0 0 0 0 0 0.5" size="0.05" mass="1"/>
                </body>
              </worldbody>
            </mujoco>
            """, "arm.xml"));

        Assert.Contains(skeleton.Approximations, remark => remark.Contains("its own rest pose stands in for the T-pose", StringComparison.Ordinal));
        // The two axes are 50 mm apart; the bone turns about the point 25 mm up, and its far side is 0.55 − 0.025 m from there.
        Assert.Contains(skeleton.Approximations, remark => remark.Contains("points 50 mm apart", StringComparison.Ordinal));
        Assert.Equal(0.525f, skeleton.Skeleton.Joints[1].Offset.Z, 1e-5f);
        Assert.Equal(1.025f, skeleton.ToClip("rest", 30, new float[2]).RootPositions[0].Z, 1e-5f);
    }

    [Fact]
    public void Two_floating_bodies_are_no_skeleton()
    {
        Character humanoid = CharacterLibrary.Humanoid();
        Character torn = humanoid with { Bodies = humanoid.Bodies.SetItem(1, humanoid.Bodies[1] with { Parent = -1 }) };

        Assert.Contains("has 2 root bodies", Assert.Throws<MotionException>(() => CharacterSkeleton.Of(torn)).Message, StringComparison.Ordinal);
    }

    private static void AssertAlong(Vector3 direction, Vector3 bone) =>
        Assert.True(Vector3.Dot(direction, Vector3.Normalize(bone)) > 0.99999f, $"{bone} does not point along {direction}");

    private static Character Make(string name) => name == "humanoid" ? CharacterLibrary.Humanoid() : CharacterReader.Parse(Slouching, "slouching.xml");

    private static float[] RandomPose(Character character, int seed)
    {
        Random random = new(seed);
        float[] velocity = [.. Enumerable.Range(0, character.VelocityCount).Select(_ => 2 * (random.NextSingle() - 0.5f))];
        float[] pose = PositionVector.Rest(character);
        PositionVector.Integrate(character, pose, velocity, 1);
        return pose;
    }
}
