using System.Text.RegularExpressions;
using System.Xml.Linq;
using Motion.Testing;

namespace Motion.Architecture.Tests;

/// <summary>How source files are kept.</summary>
public partial class FilesTests
{
    private const int LongestFile = 400;

    /// <summary>The four seams: only there may the two package stacks differ.</summary>
    private static readonly string[] Seams = ["src/Torch/", "src/Sim/Physics/", "src/Language/Tokens/", "src/Viewer/Platform/"];

    /// <summary>What only the default stack compiles, and the tests of just that.</summary>
    private static readonly string[] StandIns = ["src/Torch/", "src/Language/Tokens/Package/", "src/Viewer/Platform/Package/", "tests/Torch.Tests/Native/"];

    [Fact]
    public void No_file_is_longer_than_400_lines() => Rule.Holds(
        "a file past 400 lines is a sign that two things share a room",
        Code().Select(file => (File: Source.Relative(file), Lines: File.ReadLines(file).Count())).Where(file => file.Lines > LongestFile));

    [Fact]
    public void Only_seams_are_compiled_conditionally() => Rule.Holds(
        "the package stacks differ at the four seams only",
        Code().Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Where(file => !Seams.Any(Source.Relative(file).StartsWith))
            .Where(file => File.ReadLines(file).Any(line => Conditional().IsMatch(line))).Select(Source.Relative));

    [Fact]
    public void Only_seams_and_their_tests_ask_which_stack_is_built() => Rule.Holds(
        "the package stacks differ at the four seams only",
        Projects().Where(project => File.ReadAllText(project).Contains("$(Stack)", StringComparison.Ordinal)).Select(Source.Relative)
            .Except(["src/Torch/Motion.Torch.csproj", "src/Language/Motion.Language.csproj", "src/Viewer/Motion.Viewer.csproj", "tests/Torch.Tests/Motion.Torch.Tests.csproj"]));

    [Fact]
    public void Outside_the_seams_nothing_names_what_only_stands_in_for_a_package() => Rule.Holds(
        "the other stack does not have it: use the package's own name",
        Code().Where(file => !Source.Relative(file).StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .Where(file => !StandIns.Any(Source.Relative(file).StartsWith))
            .Where(file => StandInName().IsMatch(File.ReadAllText(file))).Select(Source.Relative));

    [Theory]
    [InlineData("#if NUGET", true)]
    [InlineData("  # elif X", true)]
    [InlineData("#nullable disable", false)]
    [InlineData("// see #if", false)]
    public void Conditional_compilation_is_told_from_the_rest(string line, bool conditional) =>
        Assert.Equal(conditional, Conditional().IsMatch(line));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.PathOf("Motion.sln")).Replace('\\', '/');
        Rule.Holds("add it to Motion.sln", Projects().Select(Source.Relative).Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Rule.Holds(
        "versions stand in Directory.Packages.props",
        Projects().Where(project => XDocument.Load(project).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null))
            .Select(Source.Relative));

    [Fact]
    public void No_project_of_the_product_switches_warnings_off() => Rule.Holds(
        "repair what the warning says, or silence it in .editorconfig with a reason",
        Projects().Where(project => Source.Relative(project).StartsWith("src/", StringComparison.Ordinal))
            .Where(project => XDocument.Load(project).Descendants("NoWarn").Any()).Select(Source.Relative));

    [Fact]
    public void Every_dependency_is_justified_in_a_line_of_contributing()
    {
        string contributing = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"));
        IEnumerable<string> packages = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("ItemGroup").First()
            .Elements("PackageVersion").Select(package => package.Attribute("Include")!.Value)
            .Concat(DebianPackages("packages-run.txt"))
            .Concat(DebianPackages("packages-test.txt"));
        Rule.Holds("say in one line of CONTRIBUTING.md what it is for", packages.Where(package => !contributing.Contains($"`{package}`", StringComparison.Ordinal)));
    }

    /// <summary>
    /// <c>dotnet format</c> has three parts. Style and analysers are errors of the build already; the layout is checked here, and
    /// <see cref="Imports_are_in_order"/> is what the build leaves out.
    /// </summary>
    [Fact]
    public async Task Layout_is_what_dotnet_format_makes_of_it()
    {
        ProgramResult format = await ExternalProgram.Run(
            "dotnet", ["format", "whitespace", "Motion.sln", "--verify-no-changes", "--no-restore"], patience: TimeSpan.FromMinutes(8));
        Assert.True(format.ExitCode == 0, $"run 'dotnet format Motion.sln'\n{format.Output}{format.Error}");
    }

    [Fact]
    public void Imports_are_in_order() => Rule.Holds(
        "run 'dotnet format Motion.sln'",
        Code().Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Where(file => !AreInOrder(Imports(file))).Select(Source.Relative));

    [Theory]
    [InlineData("System.Text System.Xml Motion.Sim Motion.Sim.Clips Xunit", true)]
    [InlineData("Motion.Sim System.Text", false)]
    [InlineData("Motion.Sim.Clips Motion.Sim", false)]
    public void Order_of_imports_is_system_first_then_by_name(string imports, bool inOrder) => Assert.Equal(inOrder, AreInOrder(imports.Split(' ')));

    private static IEnumerable<string> Imports(string file) =>
        File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace", StringComparison.Ordinal))
            .Select(line => Import().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    private static bool AreInOrder(IEnumerable<string> imports)
    {
        string[] found = [.. imports];
        return found.SequenceEqual(found.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Code() =>
        Source.Files("src", "*.cs").Concat(Source.Files("tests", "*.cs")).Concat(Source.Files("native", "*.cpp")).Concat(Source.Files("native", "*.h"));

    private static IEnumerable<string> Projects() => Source.ProjectFiles("src").Concat(Source.ProjectFiles("tests"));

    private static IEnumerable<string> DebianPackages(string list) =>
        File.ReadLines(Repository.PathOf("scripts", list))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2)[0].Split('=')[^1]);

    [GeneratedRegex(@"^using ([\w.]+);")]
    private static partial Regex Import();

    [GeneratedRegex(@"\b(Motion\.Torch\.Native|TorchException|TorchLibrary|ByteCharacters|Glfw(Window|Context|Input)?)\b")]
    private static partial Regex StandInName();

    [GeneratedRegex(@"^\s*#\s*(if|elif|else|endif|define)\b")]
    private static partial Regex Conditional();
}
