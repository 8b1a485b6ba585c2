using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips.Npz;

public sealed class ClipNpzTests
{
    [Fact]
    public void Clip_comes_back_as_it_was_written()
    {
        RawClip read = Read(ClipNpz.ToArrays(SmallClip()));

        Assert.Equal("turn", read.Name);
        Assert.Equal(ClipFormat.Npz, read.Format);
        Assert.Equal("CMU-mocap", read.Licence);
        Assert.Equal(["a person turns"], read.Captions.ToArray());
        Assert.Equal(SmallClip().Skeleton.Joints.ToArray(), read.Skeleton.Joints.ToArray());
        Assert.Equal(30, read.FrameRate);
        Assert.Equal(SmallClip().RootPositions, read.RootPositions);
        Assert.Equal(1.0, read.MetresPerUnit);
        Assert.Equal(Vector3.UnitZ, read.Up);
        Assert.All(SmallClip().Rotations.Zip(read.Rotations), pair => Assert.True(Vector4.Distance(pair.First.AsVector4(), pair.Second.AsVector4()) < 1e-6f));
    }

    [Theory]
    [InlineData("format", "array 'format': wanted 'motion-clip 1', found 'motion-clip 9'")]
    [InlineData("joint_parents", "array 'joint_names': joint 1 has parent 1; wanted −1 for the first and an earlier joint for the others")]
    [InlineData("frame_rate", "array 'frame_rate': wanted 0.1 to 100000 frames a second, found 0")]
    [InlineData("root_positions", "array 'root_positions': wanted at least 1 frame, found 0")]
    [InlineData("rotations", "array 'rotations': wanted shape (2, 2, 4), found (1)")]
    public void Bad_arrays_are_named(string name, string problem)
    {
        NpyArray bad = name switch
        {
            "format" => NpyArray.Of("motion-clip 9"),
            "joint_parents" => NpyArray.Of((int[])[-1, 1], 2),
            "frame_rate" => NpyArray.Of(0.0),
            "root_positions" => NpyArray.Of(ReadOnlySpan<float>.Empty, 0, 3),
            _ => NpyArray.Of((float[])[1], 1),
        };

        InputException error = Assert.Throws<InputException>(() =>
            Read([.. ClipNpz.ToArrays(SmallClip()).Select(array => array.Key == name ? new(name, bad) : array)]));

        Assert.Equal("clip.npz: " + problem, error.Message);
    }

    private static RawClip Read(IReadOnlyList<KeyValuePair<string, NpyArray>> arrays)
    {
        MemoryStream stream = new();
        NpzWriter.Write(stream, arrays);
        using NpzFile file = NpzFile.Open(stream, "clip.npz");
        return ClipNpz.Read(file, ReaderLimits.Default);
    }

    private static Clip SmallClip() => new()
    {
        Name = "turn",
        Skeleton = new Skeleton([new("Hips", -1, Vector3.Zero), new("Spine", 0, new Vector3(0, 0, 0.25f), IsEnd: true)]),
        FrameRate = 30,
        RootPositions = [new(0, 0, 1), new(0.5f, 0, 1)],
        Rotations = [Quaternion.Identity, Quaternion.Identity, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1), Quaternion.Identity],
        Licence = "CMU-mocap",
        Captions = ["a person turns"],
    };
}
