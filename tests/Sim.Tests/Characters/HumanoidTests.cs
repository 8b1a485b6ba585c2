using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

public class HumanoidTests
{
    private readonly Character humanoid = CharacterLibrary.Humanoid();

    [Fact]
    public void Humanoid_has_fifteen_bodies_and_twenty_eight_internal_degrees_of_freedom()
    {
        Assert.Equal(15, humanoid.Bodies.Length);

        // Six of the root; abdomen, neck, two shoulders, two hips, two ankles of three; two elbows, two knees: 6 + 24 + 4.
        Assert.Equal(34, humanoid.VelocityCount);

        // 7 of the root, eight quaternions, four angles: 7 + 32 + 4.
        Assert.Equal(43, humanoid.PositionCount);
        Assert.Equal(28, humanoid.Actuators.Length);
        Assert.Empty(humanoid.Approximations);
    }

    [Fact]
    public void Humanoid_weighs_fifty_kilograms() => Assert.Equal(50.0, humanoid.TotalMass, 0.001);

    [Theory]
    [InlineData("abdomen", 1000, 100, 200, .02, 3)]
    [InlineData("neck", 100, 10, 50, .01, 3)]
    [InlineData("right_shoulder", 400, 40, 100, .02, 3)]
    [InlineData("left_shoulder", 400, 40, 100, .02, 3)]
    [InlineData("right_elbow", 300, 30, 70, .01, 1)]
    [InlineData("left_elbow", 300, 30, 70, .01, 1)]
    [InlineData("right_hip", 500, 50, 200, .02, 3)]
    [InlineData("left_hip", 500, 50, 200, .02, 3)]
    [InlineData("right_knee", 500, 50, 150, .02, 1)]
    [InlineData("left_knee", 500, 50, 150, .02, 1)]
    [InlineData("right_ankle", 400, 40, 90, .01, 3)]
    [InlineData("left_ankle", 400, 40, 90, .01, 3)]
    public void Humanoid_joints_have_their_gains(string name, float kp, float kd, float torque, float armature, int axes)
    {
        Joint joint = humanoid.Joints.Single(candidate => candidate.Name == name);
        Assert.Equal(armature, joint.Armature);
        Assert.Equal(axes, joint.VelocityCount);
        Actuator[] drives = [.. humanoid.Actuators.Where(actuator => humanoid.Joints[actuator.Joint] == joint)];
        Assert.Equal(Enumerable.Range(0, axes), drives.Select(drive => drive.Axis));
        Assert.All(drives, drive =>
        {
            Assert.Equal((kp, kp, kd, 1f, 0f), (drive.Gain, drive.Kp, drive.Kd, drive.Gear, drive.Bias));
            Assert.Equal((-torque, torque), (drive.ForceLower, drive.ForceUpper));
        });
    }

    [Fact]
    public void Humanoid_stands_at_ease_with_its_hands_beside_its_hips()
    {
        (Vector3[] positions, _) = Pose(PositionVector.Stand(humanoid));
        foreach (string side in (string[])["right", "left"])
        {
            Vector3 hand = positions[humanoid.BodyIndex($"{side}_hand")], hip = positions[humanoid.BodyIndex($"{side}_thigh")];
            Assert.InRange(MathF.Abs(hand.Y), MathF.Abs(hip.Y) + 0.1f, MathF.Abs(hip.Y) + 0.3f);
            Assert.InRange(hand.Z, hip.Z - 0.3f, hip.Z + 0.1f);
            Assert.Equal(0.06f, positions[humanoid.BodyIndex($"{side}_foot")].Z, 0.01f);
        }
    }

    [Fact]
    public void Humanoid_stands_on_the_ground_with_its_head_at_one_metre_sixty_three()
    {
        (Vector3[] positions, Quaternion[] rotations) = Pose(PositionVector.Rest(humanoid));
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        foreach (Shape shape in humanoid.Shapes)
        {
            Vector3 center = positions[shape.Body] + Vector3.Transform(shape.Position, rotations[shape.Body]);
            Vector3 axis = Vector3.Transform(Vector3.UnitZ, rotations[shape.Body] * shape.Rotation);
            float reach = shape.Kind == ShapeKind.Box ? shape.Size.Z : shape.Size.X + (shape.Size.Y * MathF.Abs(axis.Z));
            lowest = MathF.Min(lowest, center.Z - reach);
            highest = MathF.Max(highest, center.Z + reach);
        }

        // Pelvis 0.89 = thigh 0.42 + shin 0.41 + ankle above sole 0.06. Head: 0.89 + 0.22 + 0.27 + 0.16 + 0.092 = 1.632.
        Assert.Equal(0, lowest, 1e-5f);
        Assert.Equal(1.632f, highest, 1e-4f);
    }

    [Fact]
    public void Knees_bend_backward_and_elbows_forward_at_positive_angles()
    {
        float[] pose = PositionVector.Rest(humanoid);
        foreach (string name in (string[])["right_knee", "left_knee", "right_elbow", "left_elbow"])
        {
            Joint joint = humanoid.Joints.Single(candidate => candidate.Name == name);
            Assert.Equal(0, joint.Lower);
            pose[joint.PositionIndex] = 1;
        }

        (Vector3[] positions, _) = Pose(pose);

        // A shin of 0.41 m turned by one radian swings its ankle 0.41·sin 1 = 0.345 m backward; a forearm of 0.26 m its hand 0.219 m forward.
        Assert.Equal(-0.345f, positions[humanoid.BodyIndex("right_foot")].X, 1e-3f);
        Assert.Equal(-0.345f, positions[humanoid.BodyIndex("left_foot")].X, 1e-3f);
        Assert.Equal(-0.01f + 0.219f, positions[humanoid.BodyIndex("right_hand")].X, 1e-3f);
        Assert.Equal(-0.01f + 0.219f, positions[humanoid.BodyIndex("left_hand")].X, 1e-3f);
    }

    [Fact]
    public void Humanoid_meets_itself_where_it_matters_and_nowhere_within_a_limb()
    {
        HashSet<(string, string)> pairs = [.. CollisionPairs.Among(humanoid).Select(pair => (Name(pair.First), Name(pair.Second)))];
        Assert.Contains(("left_foot", "right_foot"), pairs.Select(Sorted));
        Assert.Contains(("left_thigh", "right_hand"), pairs.Select(Sorted));
        Assert.Contains(("chest", "right_lower_arm"), pairs.Select(Sorted));
        Assert.Contains(("left_hand", "right_hand"), pairs.Select(Sorted));
        Assert.Contains(("head", "left_upper_arm"), pairs.Select(Sorted));
        Assert.DoesNotContain(pairs, pair => pair.Item1.Split('_')[0] == pair.Item2.Split('_')[0] && Limb(pair.Item1) == Limb(pair.Item2));
        Assert.Equal(17, CollisionPairs.WithWorld(humanoid).Length);

        string Name(int shape) => humanoid.Shapes[shape].Name;

        static string Limb(string name) => name.EndsWith("arm", StringComparison.Ordinal) || name.EndsWith("hand", StringComparison.Ordinal) ? "arm"
            : name.Contains('_', StringComparison.Ordinal) ? "leg" : name;

        static (string, string) Sorted((string A, string B) pair) =>
            string.CompareOrdinal(pair.A, pair.B) < 0 ? pair : (pair.B, pair.A);
    }

    private (Vector3[] Positions, Quaternion[] Rotations) Pose(float[] pose)
    {
        Vector3[] positions = new Vector3[humanoid.Bodies.Length];
        Quaternion[] rotations = new Quaternion[humanoid.Bodies.Length];
        ForwardKinematics.Compute(humanoid, pose, positions, rotations);
        return (positions, rotations);
    }
}
