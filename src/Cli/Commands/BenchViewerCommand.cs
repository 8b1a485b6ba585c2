using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Cli.Play;
using Motion.Viewer.Live;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench viewer</c>: how fast a play is drawn while physics and policy keep real time.</summary>
/// <remarks>
/// Keys of the JSON object: <c>frames_per_second_median</c>, <c>real_time_factor</c> (simulated seconds in a second of the clock), <c>first_frame_seconds</c> (from the
/// start of <c>./motion</c>, or of the program where that is not known), <c>frames</c>, <c>slowest_frame_seconds</c>, <c>memory_mib</c>, <c>memory_mib_per_hour</c>,
/// <c>seconds</c>, <c>width</c>, <c>height</c>, <c>window</c>, <c>graphics</c>.
/// </remarks>
internal static class BenchViewerCommand
{
    /// <summary>Set by ./motion: when it was started, seconds since 1970.</summary>
    private const string StartedVariable = "MOTION_STARTED";

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "how long to measure",
        HelpName = "number",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<double?> Soak = new("--soak")
    {
        Description = "measure for so many minutes instead, for the slope of memory",
        HelpName = "minutes",
    };

    private static readonly Option<bool> InWindow = new("--window")
    {
        Description = "draw in a window; into memory when not given",
    };

    private static readonly Option<string> Controller = new Option<string>("--controller")
    {
        Description = "what moves the character",
        HelpName = string.Join('|', Stage.Controllers),
        DefaultValueFactory = _ => Stage.UsualController(),
    }.AcceptOnlyFromAmong(Stage.Controllers);

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("viewer", "pictures a second of a play, beside physics and policy in real time; first picture; memory")
    {
        Seconds, Soak, InWindow, Controller,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        double seconds = context.Value(Soak) is { } minutes ? 60 * minutes : context.Value(Seconds);
        if (seconds is not (>= 1 and <= 86400))
        {
            throw new MotionException(ExitCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"it shall measure for {seconds} s: wanted 1 to 86400"));
        }

        PlayWindowOptions options = new() { IsOffscreen = !context.Value(InWindow) };
        context.ReadyTorch(besideEachOther: 2); // as in a play
        using Stage stage = new(context.Value(Controller)!, new StagePlaces(null, null, null, "humanoid", "walk_forward", context.Seed));
        LiveSession session = new(stage.World, stage.Drivers, new PromptTimeline());
        ViewerBenchResult result = null!;
        string graphics = "";
        await context.Output.Progress("drawing", (long)seconds, "s", progress =>
        {
            // OpenGL is bound to the thread that opens it.
            using PlayWindow window = new(session, options);
            graphics = window.Graphics;
            result = ViewerBench.Run(window, Started(), seconds, now => progress.Report(new ProgressReport((long)Math.Min(seconds, now), "")), context.Cancellation);
            return Task.FromResult(0);
        });
        context.Output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.FramesPerSecond:0.0} frames/s of {options.Width}x{options.Height}, real-time factor {result.RealTimeFactor:0.000}, first picture after {result.FirstFrame:0.00} s"));
        context.Output.Line(string.Create(
            CultureInfo.InvariantCulture, $"memory {result.Memory[^1].Bytes / (1 << 20):0} MiB, {result.BytesPerHour / (1 << 20):+0.0;-0.0} MiB an hour; drawn by {graphics}"));
        return new JsonObject
        {
            ["frames_per_second_median"] = result.FramesPerSecond,
            ["real_time_factor"] = result.RealTimeFactor,
            ["first_frame_seconds"] = result.FirstFrame,
            ["frames"] = result.FrameSeconds.Count,
            ["slowest_frame_seconds"] = result.FrameSeconds.Max(),
            ["memory_mib"] = result.Memory[^1].Bytes / (1 << 20),
            ["memory_mib_per_hour"] = result.BytesPerHour / (1 << 20),
            ["seconds"] = seconds,
            ["width"] = options.Width,
            ["height"] = options.Height,
            ["window"] = context.Value(InWindow),
            ["graphics"] = graphics,
        };
    }

    private static DateTime Started()
    {
        if (double.TryParse(Environment.GetEnvironmentVariable(StartedVariable), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return DateTime.UnixEpoch.AddSeconds(seconds);
        }

        using Process process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
