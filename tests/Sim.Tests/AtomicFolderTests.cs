using Motion.Testing;

namespace Motion.Sim.Tests;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void Folder_appears_with_everything_in_it()
    {
        AtomicFolder.Write(folder.PathOf("a"), _ => false, place => File.WriteAllText(Path.Combine(place, "x"), "1"));

        Assert.Equal("1", File.ReadAllText(folder.PathOf("a", "x")));
        Assert.Equal(["a"], Left());
    }

    [Fact]
    public void Empty_folder_is_filled()
    {
        Directory.CreateDirectory(folder.PathOf("a"));

        AtomicFolder.Write(folder.PathOf("a") + Path.DirectorySeparatorChar, _ => false, place => File.WriteAllText(Path.Combine(place, "x"), "1"));

        Assert.True(File.Exists(folder.PathOf("a", "x")));
    }

    [Fact]
    public void Failure_leaves_what_was_there()
    {
        folder.Write("a/old", "1");

        Assert.Throws<InvalidDataException>(() => AtomicFolder.Write(folder.PathOf("a"), _ => true, place =>
        {
            File.WriteAllText(Path.Combine(place, "new"), "2");
            throw new InvalidDataException();
        }));

        Assert.Equal(["a"], Left());
        Assert.Equal([folder.PathOf("a", "old")], Directory.EnumerateFileSystemEntries(folder.PathOf("a")));
    }

    [Fact]
    public void Folder_that_may_go_is_replaced_whole()
    {
        folder.Write("a/old", "1");

        AtomicFolder.Write(folder.PathOf("a"), place => File.Exists(Path.Combine(place, "old")), place => File.WriteAllText(Path.Combine(place, "new"), "2"));

        Assert.Equal([folder.PathOf("a", "new")], Directory.EnumerateFileSystemEntries(folder.PathOf("a")));
        Assert.Equal(["a"], Left());
    }

    [Fact]
    public void Folder_that_may_not_go_and_a_file_in_the_way_are_refused()
    {
        folder.Write("a/old", "1");
        folder.Write("b", "1");

        Assert.Equal($"{folder.PathOf("a")}: something is there already; name another folder", Refusal("a"));
        Assert.Equal($"{folder.PathOf("b")}: a file is there; name a folder", Refusal("b"));
        Assert.Equal(["a", "b"], Left());
    }

    [Fact]
    public void Place_that_cannot_be_written_is_told()
    {
        folder.Write("b", "1");

        Assert.StartsWith($"{folder.PathOf("b", "c")}: cannot be written: ", Refusal("b", "c"), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Refusal(params string[] place) =>
        Assert.Throws<MotionException>(() => AtomicFolder.Write(folder.PathOf(place), _ => false, _ => { })).Message;

    private string[] Left() => [.. Directory.EnumerateFileSystemEntries(folder.Root).Select(path => Path.GetFileName(path)).Order()];
}
