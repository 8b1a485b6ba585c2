using System.Diagnostics;
using Motion.Sim.Clips.Recording;
using Motion.Testing;

namespace Motion.Cli.Tests;

/// <summary>The program with a real window on a display in memory.</summary>
public sealed class WindowTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "motion");
    private readonly TempFolder _folder = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }

        _folder.Dispose();
    }

    [RequiresFact("Xvfb", "xdotool", "glfw", "imgui", "ffmpeg", "ffprobe")]
    public async Task A_person_types_two_sentences_at_the_window_pauses_steps_back_records_and_quits()
    {
        string display = Display();
        Process play = Start(Program, display, "play", "--size", "640x360", "--threads", "1");
        string window = (await Tool(display, "search", "--sync", "--onlyvisible", "--name", "^Motion$")).Split('\n')[0];
        await Tool(display, "windowfocus", "--sync", window);
        await Tool(display, "key", "F9");
        foreach (string sentence in new[] { "a person walks forward", "a person walks backwards" })
        {
            await Tool(display, "key", "Return");
            await Tool(display, "type", "--delay", "20", sentence);
            await Tool(display, "key", "Return");
            await Task.Delay(2500);
        }

        await Tool(display, "key", "--delay", "300", "space", "Left", "space");
        await Task.Delay(1500);
        await Tool(display, "key", "F9");
        string recorded = await Until(() => Directory.Exists(_folder.PathOf("runs", "play")) ? Directory.EnumerateFiles(_folder.PathOf("runs", "play"), "*.npz").FirstOrDefault() : null);
        await Tool(display, "key", "Escape");
        await play.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(play.ExitCode == 0, await play.StandardError.ReadToEndAsync());
        MotionRecording motion = RecordingNpz.Read(recorded);
        Assert.Equal(["a person walks forward", "a person walks backwards"], motion.Captions.AsEnumerable());
        Assert.True(await Frames(Path.ChangeExtension(recorded, ".mp4")) > 0);
    }

    [RequiresFact("Xvfb", "xdotool", "glfw", "imgui", "ffmpeg", "ffprobe")]
    public async Task A_window_that_is_closed_while_it_records_leaves_a_film_that_plays()
    {
        string film = _folder.PathOf("closed.mp4");
        Process play = Start(Program, Display(), "play", "a person walks forward", "--size", "320x240", "--threads", "1", "--record", film, "--seconds", "6");
        await play.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(play.ExitCode == 0, await play.StandardError.ReadToEndAsync());
        Assert.True(await Frames(film) > 0);
        Assert.True(RecordingNpz.Read(Path.ChangeExtension(film, ".npz")).FrameCount > 0);
    }

    [RequiresTheory("glfw")]
    [InlineData("--headless plays without a window", "play")]
    [InlineData("name what to write: --out sheet.png", "view", "jog")]
    public async Task Without_a_display_it_is_said_what_to_do_instead(string advice, params string[] arguments)
    {
        Process run = Start(Program, null, arguments);
        string said = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains(advice, said, StringComparison.Ordinal);
    }

    private string Display()
    {
        Process server = Start("Xvfb", null, "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp");
        return $":{server.StandardOutput.ReadLine()}";
    }

    private async Task<string> Tool(string display, params string[] arguments)
    {
        Process tool = Start("xdotool", display, arguments);
        string said = await tool.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await tool.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(tool.ExitCode == 0, $"xdotool {string.Join(' ', arguments)}: {await tool.StandardError.ReadToEndAsync()}");
        return said.Trim();
    }

    private Process Start(string program, string? display, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYLAND_DISPLAY");
        start.Environment.Remove("DISPLAY");
        if (display is not null)
        {
            start.Environment["DISPLAY"] = display;
        }

        Process process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    private static async Task<string> Until(Func<string?> found)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            if (found() is { } result)
            {
                return result;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("no recording came");
    }

    private static async Task<int> Frames(string film)
    {
        ProgramResult probed = await ExternalProgram.Run("ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", film]);
        Assert.True(probed.ExitCode == 0, probed.Error);
        return int.Parse(probed.Output.Trim().TrimEnd(','));
    }
}
