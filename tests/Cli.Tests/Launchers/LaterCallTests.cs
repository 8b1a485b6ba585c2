using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>What later calls do: as little as possible.</summary>
public sealed class LaterCallTests : IAsyncLifetime, IDisposable
{
    private readonly FakeClone _clone = new();

    public async Task InitializeAsync()
    {
        await _clone.Run("motion", ["doctor"]);
        _clone.Calls();
    }

    [Fact]
    public async Task Nothing_is_installed_fetched_or_built_again()
    {
        await _clone.Run("motion", ["doctor"]);
        Assert.Equal(["dotnet motion.dll doctor"], _clone.Calls());
    }

    [Fact]
    public async Task Tests_fetch_their_node_packages_once()
    {
        await _clone.Run("test", []);
        Assert.Contains("npm ci", _clone.Calls());
        await _clone.Run("test", []);
        Assert.Equal(["dotnet Motion.Suite.dll --root"], _clone.Calls());
    }

    [Theory]
    [InlineData("src/a.cs")]
    [InlineData("src/new/b.cs")]
    [InlineData("tests/a.cs")]
    [InlineData("Directory.Packages.props")]
    public async Task An_edited_source_is_built_once(string source)
    {
        _clone.Edit(source);
        await _clone.Run("motion", ["doctor"]);
        await _clone.Run("motion", ["doctor"]);
        Assert.Equal(["dotnet build Motion.sln", "dotnet motion.dll doctor", "dotnet motion.dll doctor"], _clone.Calls());
    }

    [Fact]
    public async Task A_deleted_source_is_noticed()
    {
        File.Delete(Path.Combine(_clone.Root, "src/a.cs"));
        await _clone.Run("motion", ["doctor"]);
        Assert.Contains("dotnet build Motion.sln", _clone.Calls());
    }

    [Fact]
    public async Task A_build_that_fails_says_why_and_is_tried_again()
    {
        _clone.Edit("src/a.cs");
        ProgramResult failed = await _clone.Run("motion", ["bench"], ("FAKE_BUILD_FAILS", "yes"));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error CS1002: ; expected", failed.Error, StringComparison.Ordinal);
        _clone.Calls();
        await _clone.Run("motion", ["bench"]);
        Assert.Equal(["dotnet build Motion.sln", "dotnet motion.dll bench"], _clone.Calls());
    }

    [Fact]
    public async Task Two_calls_at_once_build_once()
    {
        _clone.Edit("src/a.cs");
        await Task.WhenAll(_clone.Run("motion", ["doctor"]), _clone.Run("motion", ["doctor"]));
        Assert.Single(_clone.Calls(), "dotnet build Motion.sln");
    }

    [Fact]
    public async Task A_program_that_runs_keeps_its_files_when_another_call_builds()
    {
        string before = Assert.Single(Directory.GetDirectories(Path.Combine(_clone.Root, "artifacts/programs"), "2*"));
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // programs are put in folders named by the second
        _clone.Edit("src/a.cs");
        await _clone.Run("motion", ["doctor"]);
        Assert.True(File.Exists(Path.Combine(before, "motion.dll")));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_clone.Root, "artifacts/programs"), "2*").Length);
    }

    [Fact]
    public async Task The_native_library_is_built_for_the_chosen_libtorch_and_its_path_handed_on()
    {
        _clone.Native("echo /built/for/${TORCH_DIR:-debian}.so");
        Assert.Equal("ran with /built/for/debian.so\n", (await _clone.Run("motion", ["doctor"])).Output);
        Assert.Equal("ran with /built/for/mine.so\n", (await _clone.Run("motion", ["doctor"], ("TORCH_DIR", "mine"))).Output);
    }

    [Fact]
    public async Task Without_a_native_library_only_the_doctor_runs()
    {
        _clone.Native("echo 'no compiler' >&2; exit 1");
        ProgramResult doctor = await _clone.Run("motion", ["doctor"]);
        Assert.Equal((0, "ran with no native library\n"), (doctor.ExitCode, doctor.Output));
        ProgramResult other = await _clone.Run("motion", ["bench"]);
        Assert.Equal((5, ""), (other.ExitCode, other.Output));
        Assert.Contains("no compiler", other.Error, StringComparison.Ordinal);
    }

    /// <summary>With as many source files as this repository has, and without the time of the command itself.</summary>
    [Fact]
    public async Task The_launcher_takes_less_than_a_second()
    {
        foreach (string file in new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories)))
        {
            _clone.Edit(Path.GetRelativePath(Repository.Root, file));
        }

        await _clone.Run("motion", ["doctor"]);
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            TimeSpan elapsed = (await _clone.Run("motion", ["doctor"])).Elapsed;
            fastest = elapsed < fastest ? elapsed : fastest;
        }

        Assert.True(fastest < TimeSpan.FromSeconds(1), $"it took {fastest}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _clone.Dispose();
}
