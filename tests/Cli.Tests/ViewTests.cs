using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Physics;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class ViewTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_clip_becomes_a_sheet_one_picture_or_a_folder_of_pictures()
    {
        Said sheet = await Terminal.Type("view", "walk_forward", "--out", folder.PathOf("sheet.png"), "--frames", "5", "--json");
        Said moment = await Terminal.Type("view", "walk_forward", "--out", folder.PathOf("moment.png"), "--at", "1.2", "--size", "320x200", "--json");
        Said pictures = await Terminal.Type("view", Repository.PathOf("motions", "jog.bvh"), "--out", folder.PathOf("pictures"), "--frames", "3", "--size", "160x160", "--json");

        Assert.Equal((0, 0, 0), (sheet.ExitCode, moment.ExitCode, pictures.ExitCode));
        Assert.Equal((758, 730), SizeOf("sheet.png"));
        Assert.Equal((320, 200), SizeOf("moment.png"));
        Assert.Equal(["00000.png", "00001.png", "00002.png"], Directory.EnumerateFiles(folder.PathOf("pictures")).Select(Path.GetFileName).Order());
        Assert.Equal((160, 160), SizeOf("pictures/00001.png"));
        Assert.True((bool)sheet.Json["recorded_beside"]!);
        Assert.Equal(2.6, (double)sheet.Json["duration_s"]!, 1e-6);
        Assert.Equal(3, (int)pictures.Json["pictures"]!);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("random")]
    public async Task Before_training_a_clip_is_seen_beside_what_no_controller_makes_of_it(string controller)
    {
        Said said = await Terminal.Type("view", "walk_forward", "--controller", controller, "--out", folder.PathOf("a.png"), "--at", "1", "--size", "320x200", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal($"walk_forward, {controller}", (string)said.Json["clip"]!);
        Assert.Equal((320, 200), SizeOf("a.png"));
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task A_clip_becomes_a_film()
    {
        Said said = await Terminal.Type("view", "jog", "--video", folder.PathOf("jog.mp4"), "--frames", "6", "--size", "160x160", "--json");

        Assert.True(said.ExitCode == 0, said.Error);
        ProgramResult probe = await ExternalProgram.Run(
            "ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=width,height,nb_read_frames", "-of", "csv=p=0", folder.PathOf("jog.mp4")]);
        Assert.Equal("160,160,6", probe.Output.Trim());
    }

    [Fact]
    public async Task Recordings_and_dumps_of_failed_worlds_are_shown_too()
    {
        Character humanoid = CharacterLibrary.Humanoid();
        MotionRecorder recorder = new(humanoid, 30);
        recorder.Add(PositionVector.Rest(humanoid));
        recorder.Add(PositionVector.Rest(humanoid));
        RecordingNpz.Write(folder.PathOf("runs/one.npz"), recorder.Finish("one"));
        WorldRecord Record(int step, float x)
        {
            float[] positions = PositionVector.Rest(humanoid);
            positions[0] = x;
            return new WorldRecord(step, positions, new float[humanoid.VelocityCount], [0]);
        }

        new WorldDump("humanoid", 7, 30, [Record(100, 0), Record(101, 0.1f), Record(102, float.NaN)]).Write(folder.PathOf("dump.npz"));

        Said recording = await Terminal.Type("view", folder.PathOf("runs"), "--out", folder.PathOf("a.png"), "--frames", "1", "--json");
        Said dump = await Terminal.Type("view", folder.PathOf("dump.npz"), "--beside", "jog", "--out", folder.PathOf("b.png"), "--at", "0", "--size", "320x200", "--json");

        // The humanoid rests with its soles on the ground.
        Assert.True(recording.ExitCode == 0, recording.Error);
        Assert.Equal(("one", 1.0), ((string)recording.Json["clip"]!, (double)recording.Json["contact_share"]!));
        Assert.True(dump.ExitCode == 0, dump.Error);
        Assert.Equal("control steps 100 to 101 of world 7; 1 more are not finite and not shown", (string)dump.Json["remark"]!);
        Assert.Equal((320, 200), SizeOf("b.png"));
    }

    [Theory]
    [InlineData(3, "--at shows one moment", "jog", "--at", "1", "--out", "folder")]
    [InlineData(3, "wanted even numbers", "jog", "--out", "a.png", "--size", "321x200")]
    [InlineData(3, "wanted a name that ends in .mp4", "jog", "--video", "a.avi")]
    [InlineData(3, "--frames 41: wanted 1 to 40", "jog", "--out", "a.png", "--frames", "41")]
    [InlineData(2, "--at 9: 'jog' lasts 1.37 s", "jog", "--out", "a.png", "--at", "9")]
    [InlineData(2, "jgo", "jgo", "--out", "a.png")]
    public async Task What_does_not_fit_is_refused_and_nothing_is_written(int exitCode, string problem, params string[] arguments)
    {
        string[] placed = [.. arguments.Select(argument => argument is "folder" or "a.png" or "a.avi" ? folder.PathOf(argument) : argument)];

        Said said = await Terminal.Type(["view", .. placed]);

        Assert.Equal(exitCode, said.ExitCode);
        Assert.Contains(problem, said.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    // Width and height stand big-endian in the bytes from 16 on.
    private (int Width, int Height) SizeOf(string name)
    {
        byte[] header = File.ReadAllBytes(folder.PathOf(name))[16..24];
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
    }
}
