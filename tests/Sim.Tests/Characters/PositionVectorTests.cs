using System.Numerics;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

public class PositionVectorTests
{
    private readonly Character character = TestCharacters.Read("humanoid");

    [Fact]
    public void Rest_pose_has_the_root_where_the_file_puts_it_and_unit_quaternions()
    {
        Character ball = TestCharacters.Read("free_ball");

        // The file's quaternion 0.8 0.2 -0.4 0.4 has unit length already.
        float[] expected = [0.1f, -0.2f, 1.5f, 0.8f, 0.2f, -0.4f, 0.4f];
        Assert.All(expected.Zip(PositionVector.Rest(ball)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal([1f, 0f, 0f, 0f], PositionVector.Rest(character)[7..11]);
    }

    [Fact]
    public void Differentiating_undoes_integrating() => Prop.ForAll(
        Gen.Choose(-1000, 1000).ArrayOf(character.VelocityCount).Two().ToArbitrary(),
        pair =>
        {
            float[] start = PositionVector.Rest(character);
            PositionVector.Integrate(character, start, Scaled(pair.Item1, 0.002f), 1);
            float[] velocity = Scaled(pair.Item2, 0.03f);
            float[] end = [.. start];
            PositionVector.Integrate(character, end, velocity, 1f / 30);
            float[] found = new float[velocity.Length];
            PositionVector.Differentiate(character, start, end, 1f / 30, found);
            Assert.All(velocity.Zip(found), values => Assert.Equal(values.First, values.Second, 1e-3f));
        }).Holds();

    [Fact]
    public void Velocity_takes_the_short_way_when_quaternions_change_sign()
    {
        float[] from = PositionVector.Rest(character);
        float[] to = [.. from];
        Joint neck = character.Joints.Single(joint => joint.Name == "neck");
        PositionVector.SetRotation(neck, to, -Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.1f));
        float[] velocity = new float[character.VelocityCount];
        PositionVector.Differentiate(character, from, to, 0.5f, velocity);

        // A tenth of a radian in half a second about Y, whichever of the two quaternions tells it.
        Assert.Equal(0.2f, velocity[neck.VelocityIndex + 1], 1e-5f);
        Assert.Equal(0.2f, velocity.Sum(), 1e-5f);
    }

    [Fact]
    public void Angular_velocity_of_the_root_is_in_the_body_frame()
    {
        Joint root = character.Joints[0];
        float[] from = PositionVector.Rest(character);
        Quaternion lying = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 2);
        PositionVector.SetRotation(root, from, lying);
        float[] to = [.. from];
        PositionVector.SetRotation(root, to, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.3f) * lying);
        float[] velocity = new float[character.VelocityCount];
        PositionVector.Differentiate(character, from, to, 1, velocity);

        // Tipped forward by a right angle, the body's −X points up, so a turn about the world's Z is one about its −X.
        Assert.Equal(-0.3f, velocity[3], 1e-5f);
        Assert.Equal(0, velocity[4], 1e-5f);
        Assert.Equal(0, velocity[5], 1e-5f);
    }

    [Fact]
    public void Hinge_takes_the_part_of_a_rotation_that_is_about_its_axis()
    {
        Joint knee = character.Joints.Single(joint => joint.Name == "right_knee");
        float[] pose = PositionVector.Rest(character);
        PositionVector.SetRotation(knee, pose, -Quaternion.CreateFromAxisAngle(knee.Axis, 1.2f));
        Assert.Equal(1.2f, pose[knee.PositionIndex], 1e-5f);

        PositionVector.SetRotation(knee, pose, Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.5f) * Quaternion.CreateFromAxisAngle(knee.Axis, -0.7f));
        Assert.Equal(-0.7f, pose[knee.PositionIndex], 1e-5f);
        Assert.Equal(-0.7f, Rotations.ToVector(PositionVector.Rotation(knee, pose)).Y, 1e-5f);
    }

    [Fact]
    public void Rotation_vectors_and_quaternions_are_each_others_inverse() => Prop.ForAll(
        Gen.Choose(-1800, 1800).ArrayOf(3).ToArbitrary(),
        numbers =>
        {
            Vector3 vector = new Vector3(numbers[0], numbers[1], numbers[2]) / 1000;
            Assert.True(vector.Length() < MathF.PI);
            Assert.True(Vector3.Distance(vector, Rotations.ToVector(Rotations.FromVector(vector))) < 1e-5f);
        }).Holds();

    [Fact]
    public void Small_rotation_vectors_keep_their_precision()
    {
        Vector3 tiny = new(1e-7f, -2e-7f, 3e-7f);
        Assert.True(Vector3.Distance(tiny, Rotations.ToVector(Rotations.FromVector(tiny))) < 1e-12f);
        Assert.Equal(Vector3.Zero, Rotations.ToVector(Quaternion.Identity));
    }

    private static float[] Scaled(int[] numbers, float scale) => [.. numbers.Select(number => number * scale)];
}
