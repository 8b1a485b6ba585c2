using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shipped_clip_goes_out_in_every_format_with_its_licence_said()
    {
        string[] files = [.. new[] { "bvh", "glb", "npz", "csv" }.Select(ending => _folder.PathOf($"walk.{ending}"))];

        Said said = await Terminal.Type("export", "walk_forward", "--out", string.Join(',', files), "--fps", "60", "--json");

        Assert.Equal(0, said.ExitCode);
        Assert.All(files, file => Assert.True(File.Exists(file)));
        // 79 frames at 30 per second last 2.6 s: at 60 that is 157 frames.
        Assert.Equal(157, (int)said.Json["frames"]!);
        Assert.Equal(157, BvhReader.Read(files[0]).FrameCount);
        Assert.Equal("CMU-mocap", (string)said.Json["licence"]!);
        Assert.Contains("please say: The data used in this project was obtained from mocap.cs.cmu.edu", said.Error, StringComparison.Ordinal);
        Assert.Equal(files[0] + ".json", (string)said.Json["files"]![1]!);
    }

    [Fact]
    public async Task A_file_without_a_licence_goes_out_and_that_is_said()
    {
        File.Copy(Repository.PathOf("motions", "bow.bvh"), _folder.PathOf("mine.bvh"));

        Said said = await Terminal.Type("export", _folder.PathOf("mine.bvh"), "--out", _folder.PathOf("out.glb"));

        Assert.Equal(0, said.ExitCode);
        Assert.Contains("licence: unknown", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder of its run")]
    public async Task A_recording_goes_out_on_the_character_that_it_names(string source)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        MotionRecorder recorder = new(humanoid, 30);
        float[] pose = PositionVector.Rest(humanoid);
        recorder.Add(pose);
        PositionVector.SetRootPosition(humanoid.Joints[0], pose, new(0.5f, 0.25f, 1));
        recorder.Add(pose);
        RecordingNpz.Write(_folder.PathOf("run", "recordings", "last.npz"), recorder.Finish("run"));

        Said said = await Terminal.Type("export", source == "file" ? _folder.PathOf("run", "recordings", "last.npz") : _folder.PathOf("run"), "--out", _folder.PathOf("out.bvh"));

        Assert.Equal(0, said.ExitCode);
        RawClip written = BvhReader.Read(_folder.PathOf("out.bvh"));
        Assert.Equal(humanoid.Bodies.Select(body => body.Name), written.Skeleton.Joints.Where(joint => !joint.IsEnd).Select(joint => joint.Name));
        // Half a metre forward and a quarter to the left, a metre up: 25, 100, 50 cm along the file's X, Y, Z.
        Assert.Equal(new(25, 100, 50), written.RootPositions[1]);
    }

    [Fact]
    public async Task What_was_exported_as_an_archive_can_be_exported_again_without_change()
    {
        await Terminal.Type("export", "bow", "--out", $"{_folder.PathOf("bow.npz")},{_folder.PathOf("first.bvh")}");

        Said said = await Terminal.Type("export", _folder.PathOf("bow.npz"), "--out", _folder.PathOf("second.bvh"), "--json");

        Assert.Equal("CMU-mocap", (string)said.Json["licence"]!);
        Clip first = ExportAxes.CentimetresYUp.Inside(BvhReader.Read(_folder.PathOf("first.bvh")));
        Clip second = ExportAxes.CentimetresYUp.Inside(BvhReader.Read(_folder.PathOf("second.bvh")));
        Assert.InRange(ClipDifference.Between(first, second).LargestPosition, 0, 1e-4);
    }

    [Fact]
    public async Task The_figure_stays_in_place_when_root_motion_is_off()
    {
        await Terminal.Type("export", "walk_forward", "--out", _folder.PathOf("out.bvh"), "--no-root-motion", "--z-up");

        RawClip written = BvhReader.Read(_folder.PathOf("out.bvh"));
        Assert.All(written.RootPositions, position => Assert.Equal((0, 0), (position.X, position.Y)));
        Assert.All(written.RootPositions, position => Assert.InRange(position.Z, 0.7f, 1.1f));
    }

    [Fact]
    public async Task A_motion_returns_to_the_rig_of_the_user_s_own_file()
    {
        string rig = Repository.PathOf("motions", "squats.bvh");

        Said said = await Terminal.Type("export", "walk_forward", "--out", _folder.PathOf("out.bvh"), "--skeleton", rig);

        Assert.Equal(0, said.ExitCode);
        RawClip own = BvhReader.Read(rig), written = BvhReader.Read(_folder.PathOf("out.bvh"));
        Assert.Equal(79, written.FrameCount);
        Assert.Equal(own.Skeleton.Joints.AsEnumerable(), written.Skeleton.Joints);
    }

    [Fact]
    public async Task What_is_read_is_never_written_over()
    {
        string mine = _folder.PathOf("mine.bvh");
        File.Copy(Repository.PathOf("motions", "bow.bvh"), mine);
        string before = File.ReadAllText(mine);

        Said said = await Terminal.Type("export", mine, "--out", Path.Combine(_folder.Root, ".", "mine.bvh"));

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("is read for this", said.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(mine));
    }

    [Theory]
    [InlineData("walk_forward", "out.fbx", 3, "nothing was written")]
    [InlineData("walk_forwards", "out.bvh", 2, "did you mean 'walk_forward'?")]
    [InlineData("no/such/file.bvh", "out.bvh", 2, "there is no such file")]
    public async Task What_cannot_be_done_is_said_and_leaves_nothing_behind(string source, string file, int code, string advice)
    {
        Said said = await Terminal.Type("export", source, "--out", _folder.PathOf(file));

        Assert.Equal(code, said.ExitCode);
        Assert.Contains(advice, said.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }
}
