using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.BadInput;

/// <summary>A folder of broken files, and messages.txt with what is said about each: the file, a tab, the message after its path.</summary>
public sealed class BadInputTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Sim.Tests", "Clips", "BadInput");

    public static IEnumerable<object[]> Messages => File.ReadLines(Path.Combine(Folder, "messages.txt")).Select(line => line.Split('\t'));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Broken_file_is_refused_with_its_message(string file, string message)
    {
        string path = Path.Combine(Folder, "Files", file);

        InputException error = Assert.Throws<InputException>(() => ClipReaders.Open(path));

        Assert.Equal(message, error.Message.Replace(Path.Combine(Folder, "Files") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.Equal(ExitCode.BadInput, error.ExitCode);
        Assert.Equal(error.Line > 0, error.Column > 0);
    }

    [Fact]
    public void Every_broken_file_has_its_message()
    {
        string[] told = [.. Messages.Select(row => (string)row[0])];
        string[] skeletons = [.. told.Where(file => file.EndsWith(".amc", StringComparison.Ordinal)).Select(file => Path.ChangeExtension(file, ".asf"))];
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Folder, "Files")).Select(file => Path.GetFileName(file)).Except(skeletons).Order(StringComparer.Ordinal)];

        Assert.Equal(files, told.Order(StringComparer.Ordinal));
    }
}
