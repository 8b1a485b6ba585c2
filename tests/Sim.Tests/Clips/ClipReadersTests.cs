using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips;

public sealed class ClipReadersTests
{
    [Theory]
    [InlineData("a.bvh")]
    [InlineData("a.BVH")]
    [InlineData("a.txt")]
    [InlineData("a")]
    public void Content_comes_before_the_extension(string name)
    {
        using TempFolder folder = new();

        Assert.Equal(ClipFormat.Bvh, ClipReaders.Open(folder.Write(name, "\n  " + BvhText.Small)).Format);
    }

    [Fact]
    public void Every_format_is_told()
    {
        using TempFolder folder = new();
        folder.Write("walk.asf", AcclaimText.Skeleton);
        string ours = folder.PathOf("clip.npz");
        ClipNpz.Write(ours, new Clip { Name = "c", Skeleton = new Skeleton([new("Hips", -1, Vector3.Zero)]), FrameRate = 30, RootPositions = [Vector3.Zero], Rotations = [Quaternion.Identity] });
        string amass = folder.PathOf("amass.npz");
        NpzWriter.Write(amass, [new("poses", NpyArray.Of(new float[72], 1, 72)), new("trans", NpyArray.Of(new float[3], 1, 3)), new("mocap_framerate", NpyArray.Of(60.0))]);

        Assert.Equal(ClipFormat.Acclaim, ClipReaders.Open(folder.Write("walk.amc", AcclaimText.Motion)).Format);
        Assert.Equal(ClipFormat.DeepMimic, ClipReaders.Open(folder.Write("walk.txt", DeepMimicText.Of(DeepMimicText.Row()))).Format);
        Assert.Equal(ClipFormat.Npz, ClipReaders.Open(ours).Format);
        Assert.Equal(ClipFormat.Smpl, ClipReaders.Open(amass).Format);
    }

    [Theory]
    [InlineData("a.fbx", "Kaydara FBX Binary  ", "this is an FBX file; convert it to BVH, with Blender for one")]
    [InlineData("a.glb", "glTF", "this is a glTF file; convert it to BVH, with Blender for one")]
    [InlineData("a.asf", ":version 1.10", "this is a skeleton without motion; give its .amc file")]
    [InlineData("a.mp4", "anything", "this is no kind of motion file that is known; wanted .bvh, .amc with .asf, DeepMimic .txt or .npz")]
    public void What_is_not_read_says_what_to_do(string name, string content, string problem)
    {
        using TempFolder folder = new();
        string path = folder.Write(name, content);

        Assert.Equal($"{path}: {problem}", Assert.Throws<InputException>(() => ClipReaders.Open(path)).Message);
    }

    [Fact]
    public void Pickles_and_single_arrays_are_never_read()
    {
        using TempFolder folder = new();
        string pickle = folder.PathOf("a.pkl");
        File.WriteAllBytes(pickle, [0x80, 4, 0x95]);
        string array = folder.PathOf("a.npy");
        File.WriteAllBytes(array, Npz.Zip.Npy("{}"));

        Assert.Equal($"{pickle}: this is a Python pickle, which is never read since it may run code; convert it to an .npz", Assert.Throws<InputException>(() => ClipReaders.Open(pickle)).Message);
        Assert.Equal($"{array}: this is a single NumPy array; convert it to an .npz with poses, trans and mocap_framerate", Assert.Throws<InputException>(() => ClipReaders.Open(array)).Message);
    }

    [Fact]
    public void Archive_of_something_else_lists_what_it_holds()
    {
        using TempFolder folder = new();
        string path = folder.PathOf("a.npz");
        NpzWriter.Write(path, [new("x", NpyArray.Of(1.0)), new("y", NpyArray.Of(1.0))]);

        Assert.Equal($"{path}: wanted an archive with poses and trans (AMASS) or format (this project's), found the arrays: x, y", Assert.Throws<InputException>(() => ClipReaders.Open(path)).Message);
    }

    [Fact]
    public void Missing_files_and_folders_are_told_apart()
    {
        using TempFolder folder = new();

        Assert.Equal($"{folder.PathOf("no.bvh")}: there is no such file", Assert.Throws<InputException>(() => ClipReaders.Open(folder.PathOf("no.bvh"))).Message);
        Assert.Equal($"{folder.Root}: this is a folder, not a file", Assert.Throws<InputException>(() => ClipReaders.Open(folder.Root)).Message);
    }

    [RequiresFact("corpus")]
    public void Whole_corpus_is_read()
    {
        string[] files = [.. Directory.EnumerateFiles(Requirement.Corpus, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".bvh" or ".amc" || file.EndsWith("humanoid3d_walk.txt", StringComparison.Ordinal)).Order()];
        Assert.True(files.Length >= 371, $"{files.Length} files");
        foreach (string file in files)
        {
            RawClip clip = ClipReaders.Open(file);
            Assert.True(clip.FrameCount > 10 && clip.FrameRate is >= 29 and <= 121, $"{file}: {clip.FrameCount} frames at {clip.FrameRate}");
            Assert.Equal(clip.FrameCount * clip.Skeleton.Joints.Length, clip.Rotations.Length);
            Assert.All(clip.Rotations, rotation => Assert.True(Math.Abs(rotation.LengthSquared() - 1) < 1e-5f));
        }
    }
}
