namespace Motion.Sim.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("motion-atomic-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_no_litter()
    {
        string path = Path.Combine(folder, "clip.txt");
        File.WriteAllText(path, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Missing_folders_are_made_and_the_content_is_whole()
    {
        string path = Path.Combine(folder, "a", "b", "clip.txt");

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Writing_nothing_is_an_error_that_says_so()
    {
        string path = Path.Combine(folder, "clip.txt");

        MotionException problem = Assert.Throws<MotionException>(() => AtomicFile.Write(path, _ => { }));

        Assert.Contains("nothing was written", problem.Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "not a folder");

        MotionException problem = Assert.Throws<MotionException>(() => AtomicFile.Write(Path.Combine(file, "clip.txt"), stream => stream.WriteByte(1)));

        Assert.Contains("cannot be written", problem.Message);
    }
}
