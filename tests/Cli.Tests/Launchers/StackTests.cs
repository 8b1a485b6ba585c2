using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>Which packages stand behind the seams.</summary>
public sealed class StackTests : IAsyncLifetime, IDisposable
{
    private readonly FakeClone _clone = new();

    public async Task InitializeAsync()
    {
        await _clone.Run("motion", ["doctor"]);
        _clone.Calls();
    }

    [Theory]
    [InlineData("--stack nuget")]
    [InlineData("--stack=nuget")]
    public async Task The_other_stack_is_tested_besides(string options)
    {
        ProgramResult result = await _clone.Run("test", options.Split(' '));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["dotnet build Motion.sln", "npm ci", "dotnet Motion.Suite.dll --root"], _clone.Calls()[^3..]);
        Assert.True(File.Exists(Path.Combine(_clone.Root, "artifacts/nuget/bin/Motion.Cli/release/motion.dll")));
        Assert.DoesNotContain("nuget", _clone.Arguments());
    }

    [Theory]
    [InlineData("--stack|nuget|play|a person walks|--headless")]
    [InlineData("play|a person walks|--stack=nuget|--headless")]
    [InlineData("play|a person walks|--headless|--stack|nuget")]
    public async Task A_command_is_run_on_the_other_stack_wherever_that_is_said(string arguments)
    {
        ProgramResult result = await _clone.Run("motion", arguments.Split('|'));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["dotnet build Motion.sln", "dotnet motion.dll play"], _clone.Calls());
        Assert.Equal(["play", "a person walks", "--headless"], _clone.Arguments());
    }

    [Fact]
    public async Task What_follows_two_dashes_is_handed_on_as_it_is()
    {
        await _clone.Run("motion", ["play", "--", "--stack", "nuget"]);
        Assert.Equal(["dotnet motion.dll play"], _clone.Calls());
        Assert.Equal(["play", "--", "--stack", "nuget"], _clone.Arguments());
    }

    [Theory]
    [InlineData("motion", "--stack bepu", "bepu")]
    [InlineData("test", "--stack bepu", "bepu")]
    [InlineData("motion", "doctor --stack", "")]
    public async Task An_unknown_stack_is_refused(string launcher, string arguments, string found)
    {
        ProgramResult result = await _clone.Run(launcher, arguments.Split(' '));
        Assert.Equal((2, "", $"unknown stack '{found}': it is system or nuget\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Empty(_clone.Calls());
    }

    [Theory]
    [InlineData("motion")]
    [InlineData("test")]
    public async Task What_the_feed_lacks_is_named_at_once_with_the_stack_that_goes_without(string launcher)
    {
        (string, string)[] emptyFeed = _clone.RealBuild(
            "src/Sim/Motion.Sim.csproj", "src/Torch/Motion.Torch.csproj", "src/Language/Motion.Language.csproj", "src/Viewer/Motion.Viewer.csproj");
        ProgramResult result = await _clone.Run(launcher, ["--stack", "nuget"], [.. emptyFeed, ("TorchPackage", "TorchSharp-cpu")]);
        Assert.Equal(5, result.ExitCode);
        Assert.Equal(
            "the stack 'nuget' cannot be built: the package feed lacks Microsoft.ML.Tokenizers, Silk.NET.Input, Silk.NET.OpenGL, Silk.NET.Windowing, TorchSharp, TorchSharp-cpu "
            + $"(all it said is in {_clone.Root}/artifacts/logs/build-nuget.log). Go on with ./motion … or ./test …, the default stack, "
            + "which needs none of TorchSharp, Microsoft.ML.Tokenizers and Silk.NET",
            result.Error.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain("NU1101", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_clone.Root, "artifacts/nuget")));

        _clone.FakeDotnet();
        _clone.Calls();
        await _clone.Run("motion", ["doctor"]);
        Assert.Equal("dotnet motion.dll doctor", _clone.Calls()[^1]);
    }

    [Fact]
    public async Task Programs_of_one_stack_do_not_push_out_that_of_the_other()
    {
        string programs = Path.Combine(_clone.Root, "artifacts/programs");
        string system = Assert.Single(Directory.GetDirectories(programs, "2*"));
        string[] others = [.. Enumerable.Range(0, 6).Select(build => Directory.CreateDirectory(Path.Combine(programs, $"2999010{build}-000000")).FullName)];
        await _clone.Run("motion", ["--stack", "nuget", "doctor"]);
        Assert.True(File.Exists(Path.Combine(system, "motion.dll")));
        Assert.Equal(4, others.Count(Directory.Exists));
    }

    [Theory]
    [InlineData("TorchSharp-cuda-linux")]
    [InlineData("TorchSharp-cpu")]
    public async Task A_libtorch_can_be_chosen_for_the_package(string package) =>
        Assert.Equal(package, await TorchPackage($"-p:TorchPackage={package}"));

    [Fact]
    public async Task The_libtorch_for_graphics_cards_is_taken_where_there_is_one() => Assert.Equal(
        File.Exists("/dev/nvidiactl") || File.Exists("/usr/bin/nvidia-smi") ? "TorchSharp-cuda-linux" : "TorchSharp-cpu", await TorchPackage());

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _clone.Dispose();

    private static async Task<string> TorchPackage(params string[] arguments)
    {
        ProgramResult result = await ExternalProgram.Run(
            "dotnet", ["msbuild", Repository.PathOf("src/Torch/Motion.Torch.csproj"), "-nologo", "-p:Stack=nuget", "-getProperty:TorchPackage", .. arguments]);
        return result.Output.Trim();
    }
}
