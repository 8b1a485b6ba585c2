using System.Globalization;
using Motion.Sim.Clips.Writing;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>What <c>./motion play</c> was asked for.</summary>
internal sealed record PlayRequest
{
    private const double UsualSeconds = 10;
    private const double LongestSeconds = 3600;
    private const string Page = ".html";

    /// <summary>Whether there shall be no window.</summary>
    public required bool Headless { get; init; }

    /// <summary>How long to play without a window, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>When the window closes by itself, s; never when null.</summary>
    public double? ClosesAfter { get; init; }

    /// <summary>What is said when.</summary>
    public required PromptTimeline Timeline { get; init; }

    /// <summary>A film to write, or null.</summary>
    public string? Film { get; init; }

    /// <summary>Files of the motion to write.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>A picture to write, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>The picture's moment, s; the end when null.</summary>
    public double? At { get; init; }

    /// <summary>Path of film and recording without an ending, or null.</summary>
    public string? FilmStem => Film is null ? null : Path.ChangeExtension(Film, null);

    /// <summary>Pixels across and down.</summary>
    public required (int Width, int Height) Size { get; init; }

    /// <summary>Files of the motion that are pages.</summary>
    public IEnumerable<string> Pages => Exports.Where(IsPage);

    /// <summary>Files of the motion for other programs.</summary>
    public IEnumerable<string> Motions => Exports.Where(path => !IsPage(path));

    /// <summary>Checks what was asked for on the command line, before anything is loaded.</summary>
    /// <param name="sentence">What is said at the start, or null.</param>
    /// <param name="prompts">File of a timeline, or null.</param>
    /// <param name="given">The rest, as given.</param>
    /// <exception cref="MotionException">It does not fit together.</exception>
    public static PlayRequest Check(string? sentence, string? prompts, GivenOptions given)
    {
        PromptTimeline timeline = prompts is null ? new PromptTimeline() : PromptFile.Read(prompts);
        timeline = sentence is null ? timeline : timeline.With(0, sentence);
        double seconds = given.Seconds ?? (prompts is null ? UsualSeconds : timeline.LastSeconds + UsualSeconds);
        if (!(seconds > 0 && seconds <= LongestSeconds))
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"--seconds {seconds}: wanted more than 0, up to {LongestSeconds}"));
        }

        if (!given.Headless && (given.Exports ?? given.Picture) is not null)
        {
            throw Wrong("--export and --screenshot go with --headless; in the window F9 records film and motion and F12 writes a picture");
        }

        if (given.At is not null && given.Picture is null)
        {
            throw Wrong("--at is the moment of --screenshot FILE: name the file");
        }

        if (given.At is { } at && !(at >= 0 && at <= seconds))
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"--at {at}: wanted 0 to {seconds}, the length of the play"));
        }

        Demand(given.Film, ".mp4", "--record");
        Demand(given.Picture, ".png", "--screenshot");
        string[] exports = (given.Exports ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] motions = [.. exports.Where(path => !IsPage(path))];
        if (given.Exports is not null && (motions.Length > 0 || exports.Length == 0))
        {
            MotionExport.DemandNames(motions);
        }

        return new PlayRequest
        {
            Headless = given.Headless,
            Seconds = seconds,
            ClosesAfter = given.Seconds,
            Timeline = timeline,
            Film = given.Film,
            Exports = exports,
            Picture = given.Picture,
            At = given.At,
            Size = Sizes(given.Size),
        };
    }

    private static bool IsPage(string path) => path.EndsWith(Page, StringComparison.OrdinalIgnoreCase);

    private static void Demand(string? path, string ending, string option)
    {
        if (path?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == false)
        {
            throw Wrong($"{option} {path}: wanted a name that ends in {ending}");
        }
    }

    private static (int Width, int Height) Sizes(string size)
    {
        string[] sides = size.Split('x');
        return sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && width is >= 160 and <= 3840 && height is >= 160 and <= 2160 && width % 2 == 0 && height % 2 == 0
            ? (width, height)
            : throw Wrong($"--size {size}: wanted even numbers from 160x160 to 3840x2160, like 1280x720");
    }

    private static MotionException Wrong(string problem) => new(ExitCode.BadConfiguration, problem);
}

/// <summary>Options of <c>./motion play</c> as they were given.</summary>
internal sealed record GivenOptions(bool Headless, double? Seconds, string? Film, string? Exports, string? Picture, double? At, string Size);
