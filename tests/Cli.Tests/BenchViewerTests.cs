using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class BenchViewerTests
{
    private static readonly string[] s_command = [Path.Combine(AppContext.BaseDirectory, "motion.dll"), "bench", "viewer", "--seconds", "1", "--json"];

    [RequiresFact("egl", "imgui")]
    public async Task A_play_is_timed_without_a_display()
    {
        ProgramResult result = await Run([], new() { ["DISPLAY"] = null, ["MOTION_STARTED"] = null });
        Assert.True(result.ExitCode == 0, result.Error);
        JsonNode measured = JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
        Assert.False((bool)measured["window"]!);
        Assert.Equal((1280, 720), ((int)measured["width"]!, (int)measured["height"]!));
        Assert.InRange((double)measured["frames_per_second_median"]!, 0.1, 61);
        Assert.InRange((double)measured["real_time_factor"]!, 0.01, 1.2);
        Assert.InRange((double)measured["first_frame_seconds"]!, 0.01, result.Elapsed.TotalSeconds);
        Assert.True((double)measured["memory_mib"]! > 50 && (int)measured["frames"]! > 0);
    }

    [RequiresFact("Xvfb", "glfw", "imgui")]
    public async Task A_play_is_timed_in_a_window()
    {
        using VirtualDisplay display = new();
        ProgramResult result = await Run(["--window"], new() { ["DISPLAY"] = display.Name });
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True((bool)JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!["window"]!);
    }

    [RequiresFact("glfw")]
    public async Task A_window_without_a_display_ends_with_5_and_says_what_to_do()
    {
        ProgramResult result = await Run(["--window"], new() { ["DISPLAY"] = null, ["WAYLAND_DISPLAY"] = null });
        Assert.Equal((int)ExitCode.MissingComponent, result.ExitCode);
        Assert.Contains("no window: X11: The DISPLAY environment variable is missing: set DISPLAY to a running X server", result.Error, StringComparison.Ordinal);
    }

    [RequiresFact("egl")]
    public async Task Opengl_that_is_too_old_ends_with_5_and_says_what_is_needed()
    {
        // Mesa can be told to be no newer than it says.
        ProgramResult result = await Run([], new() { ["MESA_GL_VERSION_OVERRIDE"] = "2.1" });
        Assert.Equal((int)ExitCode.MissingComponent, result.ExitCode);
        Assert.Contains("the driver offers no OpenGL 3.3 core", result.Error, StringComparison.Ordinal);
    }

    [RequiresFact("Xvfb", "glfw")]
    public async Task A_window_with_opengl_that_is_too_old_ends_with_5()
    {
        using VirtualDisplay display = new();
        ProgramResult result = await Run(["--window"], new() { ["DISPLAY"] = display.Name, ["MESA_GL_VERSION_OVERRIDE"] = "2.1" });
        Assert.Equal((int)ExitCode.MissingComponent, result.ExitCode);
        Assert.Contains("no window with OpenGL 3.3: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_cannot_be_measured_ends_with_2() => Assert.Equal(2, (await Terminal.Type("bench", "viewer", "--seconds", "0")).ExitCode);

    [Fact]
    public void The_middle_frame_counts_and_the_slope_of_memory_is_that_of_its_line()
    {
        // Frames of 10, 20 and 50 ms: the middle one makes 50 a second. Memory of 1000 bytes more every 100 s, after a jump in the first tenth of the time, which
        // does not count: 36 000 an hour.
        ViewerBenchResult result = new(1, [0.05, 0.01, 0.02], 1, [(0, 0), (100, 8000), (200, 9000), (300, 10000), (400, 11000)]);
        Assert.Equal(50, result.FramesPerSecond, 1e-9);
        Assert.Equal(36000, result.BytesPerHour, 1e-6);
    }

    private static Task<ProgramResult> Run(IEnumerable<string> arguments, Dictionary<string, string?> environment) =>
        ExternalProgram.Run("dotnet", [.. s_command, .. arguments], environment: environment, patience: TimeSpan.FromMinutes(4));
}
