using System.CommandLine;
using Motion.Testing;

namespace Motion.Cli.Tests;

/// <summary>
/// Help pages are what people and scripts rely on, so each stands word for word in Expectations/. After a wanted change,
/// <c>MOTION_ACCEPT=1 ./test Cli --filter HelpTests</c> writes them anew.
/// </summary>
public class HelpTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Cli.Tests", "Expectations");

    public static TheoryData<string> Commands => [.. Paths(CommandLine.Root(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_reads_as_expected(string path)
    {
        Said said = await Terminal.Type([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, said.ExitCode);
        Assert.Empty(said.Error);

        string file = Path.Combine(Folder, $"{("help " + path).TrimEnd().Replace(' ', '-')}.txt");
        if (Environment.GetEnvironmentVariable("MOTION_ACCEPT") == "1")
        {
            File.WriteAllText(file, said.Output);
        }

        Assert.True(File.Exists(file), $"{file} is missing: see the remark on this class");
        Assert.Equal(File.ReadAllText(file), said.Output);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_and_option_is_described(string path)
    {
        Command command = path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(CommandLine.Root(), (parent, name) => parent.Subcommands.Single(child => child.Name == name));
        IEnumerable<Symbol> symbols = [command, .. command.Options, .. command.Arguments];
        Assert.DoesNotContain(symbols, symbol => string.IsNullOrWhiteSpace(symbol.Description));
    }

    [Fact]
    public void No_page_is_expected_of_a_command_that_is_gone()
    {
        IEnumerable<string> pages = Paths(CommandLine.Root(), "").Select(path => $"{("help " + path).TrimEnd().Replace(' ', '-')}.txt");
        Assert.Empty(Directory.EnumerateFiles(Folder, "help*.txt").Select(Path.GetFileName).Except(pages));
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(child => Paths(child, $"{path} {child.Name}".Trim())).Prepend(path);
}
