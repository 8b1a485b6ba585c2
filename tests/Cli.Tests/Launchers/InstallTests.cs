using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>What the first call installs, and what it says when it may not.</summary>
public sealed class InstallTests : IDisposable
{
    private const string AptLine = "apt-get install --yes --no-install-recommends";

    private readonly FakeClone _clone = new();

    [Fact]
    public async Task Root_installs_what_is_missing_builds_and_runs()
    {
        ProgramResult result = await _clone.Run("motion", ["doctor"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["apt-get update", $"{AptLine} cmake libtorch-dev ffmpeg", "dotnet build Motion.sln", "dotnet motion.dll doctor"],
            _clone.Calls());
        Assert.Equal("ran with no native library\n", result.Output);
    }

    [Fact]
    public async Task Sudo_without_a_password_installs_too()
    {
        await _clone.Run("motion", ["doctor"], ("FAKE_USER", "1000"), ("FAKE_SUDO", "yes"));
        Assert.Equal(
            ["sudo", "apt-get update", "sudo", $"{AptLine} cmake libtorch-dev ffmpeg", "dotnet build Motion.sln", "dotnet motion.dll doctor"],
            _clone.Calls());
    }

    [Theory]
    [InlineData("motion", "cmake libtorch-dev ffmpeg")]
    [InlineData("test", "cmake libtorch-dev ffmpeg blender")]
    public async Task Without_root_and_sudo_the_exact_line_is_printed_and_the_exit_code_is_5(string launcher, string packages)
    {
        ProgramResult result = await _clone.Run(launcher, [], ("FAKE_USER", "1000"));
        Assert.Equal(5, result.ExitCode);
        Assert.Equal($"{AptLine} {packages}", result.Error.TrimEnd().Split('\n')[^1]);
        Assert.Empty(_clone.Calls());
    }

    [Fact]
    public async Task Another_libtorch_needs_no_package_for_it()
    {
        ProgramResult result = await _clone.Run("motion", [], ("FAKE_USER", "1000"), ("TORCH_DIR", "/opt/torch"));
        Assert.Equal($"{AptLine} cmake ffmpeg", result.Error.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_libtorch_chosen_first_does_not_hide_that_the_package_is_missing_later()
    {
        await _clone.Run("motion", ["doctor"], ("TORCH_DIR", "/opt/torch"));
        _clone.Calls();
        await _clone.Run("motion", ["doctor"]);
        Assert.Contains($"{AptLine} libtorch-dev ", _clone.Calls().Select(call => $"{call} "));
    }

    [Fact]
    public async Task A_program_that_is_there_by_other_means_is_not_installed()
    {
        await _clone.Run("test", []);
        Assert.Contains($"{AptLine} cmake libtorch-dev ffmpeg blender", _clone.Calls());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_installed_from_its_package()
    {
        _clone.Remove("node");
        await _clone.Run("test", []);
        Assert.Contains($"{AptLine} cmake libtorch-dev ffmpeg blender nodejs", _clone.Calls());
    }

    [Fact]
    public async Task An_optional_package_that_cannot_be_had_stops_nothing()
    {
        ProgramResult result = await _clone.Run("motion", ["doctor"], ("FAKE_BROKEN", "ffmpeg"));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("ffmpeg could not be installed; going on without it", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{AptLine} cmake libtorch-dev", _clone.Calls());
    }

    [Fact]
    public async Task A_needed_package_that_cannot_be_had_ends_with_5()
    {
        ProgramResult result = await _clone.Run("motion", ["doctor"], ("FAKE_BROKEN", "cmake"));
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("E: Unable to locate package cmake", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet build Motion.sln", _clone.Calls());
    }

    [Fact]
    public async Task Only_optional_packages_missing_and_no_rights_is_a_remark()
    {
        _clone.Packages("run", "ffmpeg optional");
        ProgramResult result = await _clone.Run("motion", ["doctor"], ("FAKE_USER", "1000"));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{AptLine} ffmpeg\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_sdk_it_says_where_to_get_it()
    {
        _clone.Remove("dotnet");
        ProgramResult result = await _clone.Run("motion", ["doctor"]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("https://dotnet.microsoft.com/download", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _clone.Dispose();
}
