using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips;

public sealed class SmplReaderTests
{
    private const int Frames = 2;

    [Theory]
    [InlineData(66)]
    [InlineData(72)]
    [InlineData(156)]
    [InlineData(165)]
    public void Poses_of_every_width_give_the_body(int width)
    {
        RawClip clip = Read(new() { ["poses"] = Standing(width), ["trans"] = Trans(), ["mocap_framerate"] = NpyArray.Of(120.0), ["betas"] = NpyArray.Of(new double[16], 16), });

        AssertStands(clip);
        Assert.Equal(120, clip.FrameRate);
        Assert.Equal(width > 66, clip.Notes.Contains($"{(width / 3) - 22} further joints (hands, fingers, jaw, eyes) were passed over."));
    }

    [Fact]
    public void Newer_layout_has_the_root_apart_and_another_name_for_the_rate()
    {
        double[] standing = Standing(66).ToDoubles();
        double[] root = [.. standing[..3], .. standing[66..69]];
        RawClip clip = Read(new()
        {
            ["root_orient"] = NpyArray.Of(root, Frames, 3),
            ["pose_body"] = NpyArray.Of(new double[Frames * 63], Frames, 63),
            ["pose_hand"] = NpyArray.Of(new double[Frames * 90], Frames, 90),
            ["trans"] = Trans(),
            ["mocap_frame_rate"] = NpyArray.Of([60.0], 1),
        });

        AssertStands(clip);
        Assert.Equal(60, clip.FrameRate);
        Assert.Contains("Everything but the body's joints was passed over: pose_hand.", clip.Notes);
    }

    [Fact]
    public void Joints_may_have_an_axis_of_their_own()
    {
        double[] poses = Standing(66).ToDoubles();
        AssertStands(Read(new() { ["poses"] = NpyArray.Of(poses, Frames, 22, 3), ["trans"] = Trans(), ["fps"] = NpyArray.Of(30.0) }));
    }

    [Fact]
    public void Body_that_stands_along_y_has_y_up()
    {
        RawClip clip = Read(new() { ["poses"] = NpyArray.Of(new double[Frames * 72], Frames, 72), ["trans"] = Trans(), ["fps"] = NpyArray.Of(30.0) });

        Assert.Equal(Vector3.UnitY, clip.Up);
        Assert.Equal(Vector3.UnitZ, clip.Forward);
        Assert.Contains("The body stands along y, so y was taken as up.", clip.Notes);
    }

    [Fact]
    public void Elbow_bends_about_the_body_s_own_axes()
    {
        // Left elbow (joint 18) by -90 degrees about the body's y: in the T-pose the forearm swings from +x to +z, the body's front,
        // which is -y of the world once the body is upright.
        double[] poses = Standing(66).ToDoubles();
        poses[(18 * 3) + 1] = -Math.PI / 2;
        RawClip clip = Read(new() { ["poses"] = NpyArray.Of(poses, Frames, 66), ["trans"] = Trans(), ["fps"] = NpyArray.Of(30.0) });

        Vector3 forearm = Position(clip, "left_wrist") - Position(clip, "left_elbow");

        Assert.True(Vector3.Distance(new Vector3(0, -0.25f, 0.01f), forearm) < 1e-5f, $"{forearm}");
    }

    [Fact]
    public void Missing_frame_rate_is_asked_for()
    {
        Dictionary<string, NpyArray> arrays = new() { ["poses"] = Standing(72), ["trans"] = Trans() };

        Assert.Equal(
            "walk.npz: array 'mocap_framerate': it is missing; tell the recorded frame rate, or save it as one number",
            Assert.Throws<InputException>(() => Read(arrays)).Message);
        Assert.Equal(50, Read(arrays, new ReaderOptions { FrameRate = 50 }).FrameRate);
    }

    [Theory]
    [InlineData("poses", 3, 72, "array 'trans': wanted shape (3, 3), found (2, 3)")]
    [InlineData("poses", 2, 63, "array 'poses': wanted at least 22 joints, found 21")]
    [InlineData("poses", 2, 70, "array 'poses': wanted shape (frames, 3 × joints), found (2, 70)")]
    [InlineData("trans", 2, 2, "array 'trans': wanted shape (2, 3), found (2, 2)")]
    [InlineData("mocap_framerate", 1, 2, "array 'mocap_framerate': wanted one number, found 2")]
    [InlineData("poses", 0, 72, "array 'poses': wanted at least 1 frame, found 0")]
    public void Wrong_shapes_are_named(string name, int rows, int columns, string problem)
    {
        Dictionary<string, NpyArray> arrays = new() { ["poses"] = Standing(72), ["trans"] = Trans(), ["mocap_framerate"] = NpyArray.Of(120.0) };
        arrays[name] = NpyArray.Of(new double[rows * columns], rows, columns);

        Assert.Equal("walk.npz: " + problem, Assert.Throws<InputException>(() => Read(arrays)).Message);
    }

    /// <summary>The body upright in a world with z up: the root turned by 90 degrees about x, as AMASS has it.</summary>
    private static NpyArray Standing(int width)
    {
        double[] poses = new double[Frames * width];
        for (int frame = 0; frame < Frames; frame++)
        {
            poses[frame * width] = Math.PI / 2;
        }

        return NpyArray.Of(poses, Frames, width);
    }

    private static NpyArray Trans() => NpyArray.Of([0f, 0, 1, 1, 0, 1], Frames, 3);

    private static RawClip Read(Dictionary<string, NpyArray> arrays, ReaderOptions? options = null)
    {
        MemoryStream stream = new();
        NpzWriter.Write(stream, [.. arrays]);
        using NpzFile file = NpzFile.Open(stream, "walk.npz");
        return SmplReader.Read(file, "walk.npz", options ?? ReaderOptions.Default);
    }

    private static void AssertStands(RawClip clip)
    {
        Assert.Equal("walk", clip.Name);
        Assert.Equal(Frames, clip.FrameCount);
        Assert.Equal((1.0, Vector3.UnitZ), (clip.MetresPerUnit, clip.Up));
        Assert.True(Vector3.Distance(-Vector3.UnitY, clip.Forward!.Value) < 1e-6f);
        Assert.True(Vector3.Distance(Vector3.UnitX, clip.RootPositions[1] - clip.RootPositions[0]) < 1e-6f);

        // Head over pelvis: 0.12 + 0.13 + 0.06 + 0.21 + 0.09 m; ankle below: 0.08 + 0.39 + 0.42 m.
        Vector3 pelvis = Position(clip, "pelvis");
        Assert.Equal(0.61f, Position(clip, "head").Z - pelvis.Z, 1e-5f);
        Assert.Equal(-0.89f, Position(clip, "left_ankle").Z - pelvis.Z, 1e-5f);
        Assert.True(Position(clip, "left_wrist").X > 0.6f);
        Assert.True(Position(clip, "left_foot").Y < Position(clip, "left_ankle").Y - 0.1f);
        Assert.All(clip.Rotations, rotation => Assert.True(Math.Abs(rotation.W) > 0.999999f));
    }

    private static Vector3 Position(RawClip clip, string name)
    {
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[0], clip.RotationsAt(0), positions, new Quaternion[positions.Length]);
        return positions[clip.Skeleton.Joints.ToList().FindIndex(joint => joint.Name == name)];
    }
}
