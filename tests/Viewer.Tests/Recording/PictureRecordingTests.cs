using Motion.Testing;
using Motion.Viewer.Recording;

namespace Motion.Viewer.Tests.Recording;

public sealed class PictureRecordingTests : IDisposable
{
    private static readonly FilmFormat Small = new(64, 48, 30);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task A_film_holds_every_picture()
    {
        using PictureRecording recording = new(_folder.PathOf("new", "play"), Small);
        Add(recording, 45);
        Assert.Equal(_folder.PathOf("new", "play.mp4"), recording.Finish());
        Assert.Null(recording.Problem);
        Assert.Equal(45, await Frames(_folder.PathOf("new", "play.mp4")));
        Assert.Single(Directory.EnumerateFiles(_folder.PathOf("new")));
    }

    [Fact]
    public void Without_ffmpeg_there_are_pictures_and_a_message()
    {
        using PictureRecording recording = new(_folder.PathOf("play"), Small, program: "no-such-program");
        Add(recording, 3);
        Assert.Equal(_folder.PathOf("play"), recording.Finish());
        Assert.StartsWith("ffmpeg is not installed: pictures are written to", recording.Problem, StringComparison.Ordinal);
        string[] pictures = [.. Directory.EnumerateFiles(_folder.PathOf("play")).Order().Select(path => Path.GetFileName(path))];
        Assert.Equal(["00000.png", "00001.png", "00002.png"], pictures);
        Assert.Equal(64, Png.Read(_folder.PathOf("play", "00002.png")).Width);
    }

    [RequiresFact("ffmpeg", "ffprobe", "bash")]
    public async Task A_disk_that_fills_up_leaves_a_film_that_plays_and_says_so()
    {
        // A limit on the size of files makes the film's writer fail as a full disk does, in the middle.
        string ffmpeg = _folder.Write("small-disk", "#!/bin/bash\nulimit -f 4096\ntrap '' XFSZ\nffmpeg \"$@\"\n");
        File.SetUnixFileMode(ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using PictureRecording recording = new(_folder.PathOf("play"), new FilmFormat(320, 240, 30), ffmpeg);
        Random random = new(1);
        for (int picture = 0; picture < 120; picture++)
        {
            byte[] noise = new byte[320 * 240 * 3];
            random.NextBytes(noise);
            recording.Add(noise);
        }

        string? path = recording.Finish();
        Assert.Contains("cannot be written: ffmpeg says", recording.Problem, StringComparison.Ordinal);
        Assert.EndsWith("what was written until then is kept", recording.Problem, StringComparison.Ordinal);
        Assert.Equal(120, recording.Count);
        Assert.InRange(await Frames(path!), 1, 119);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said_and_nobody_waits()
    {
        _folder.Write("file", "");
        using PictureRecording recording = new(_folder.PathOf("file", "play"), Small);
        Add(recording, 100);
        Assert.Null(recording.Finish());
        Assert.NotNull(recording.Problem);
    }

    private static void Add(PictureRecording recording, int count)
    {
        for (int picture = 0; picture < count; picture++)
        {
            byte[] pixels = new byte[64 * 48 * 3];
            Array.Fill(pixels, (byte)(5 * picture));
            recording.Add(pixels);
        }
    }

    private static async Task<int> Frames(string film)
    {
        ProgramResult probed = await ExternalProgram.Run("ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", film]);
        Assert.True(probed.ExitCode == 0, probed.Error);
        return int.Parse(probed.Output.Trim().TrimEnd(','));
    }
}
