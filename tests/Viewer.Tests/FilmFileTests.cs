using Motion.Testing;
using Motion.Viewer.Views;

namespace Motion.Viewer.Tests;

public sealed class FilmFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task A_film_has_every_picture_at_its_rate()
    {
        string path = folder.PathOf("a film's name; and more.mp4");
        FilmFile.Write(path, 64, 48, 25, Enumerable.Range(0, 13).Select(at => Enumerable.Repeat((byte)(20 * at), 64 * 48 * 3).ToArray()));

        ProgramResult probe = await ExternalProgram.Run(
            "ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=codec_name,width,height,nb_read_frames,r_frame_rate", "-of", "csv=p=0", path]);
        Assert.Equal("h264,64,48,25/1,13", probe.Output.Trim());
        Assert.Equal([path], Directory.EnumerateFiles(folder.Root));
    }

    [RequiresFact("ffmpeg")]
    public void A_film_that_stops_midway_leaves_nothing()
    {
        IEnumerable<byte[]> Failing()
        {
            yield return new byte[64 * 48 * 3];
            throw new OperationCanceledException();
        }

        Assert.Throws<OperationCanceledException>(() => FilmFile.Write(folder.PathOf("a.mp4"), 64, 48, 25, Failing()));
        Assert.Empty(Directory.EnumerateFiles(folder.Root));
    }

    [RequiresFact("ffmpeg")]
    public void A_place_that_cannot_be_written_is_said()
    {
        string path = Path.Combine(folder.Write("file", ""), "a.mp4");
        MotionException problem = Assert.Throws<MotionException>(() => FilmFile.Write(path, 64, 48, 25, [new byte[64 * 48 * 3]]));
        Assert.StartsWith($"{path}: cannot be written", problem.Message, StringComparison.Ordinal);
    }
}
