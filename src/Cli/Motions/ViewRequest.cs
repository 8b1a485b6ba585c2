using System.Globalization;

namespace Motion.Cli.Motions;

/// <summary>What <c>./motion view</c> shall write.</summary>
/// <param name="Sheet">A sheet of the whole motion, or null.</param>
/// <param name="Picture">A picture of one moment, or null.</param>
/// <param name="Folder">A folder of pictures, or null.</param>
/// <param name="Film">A film, or null.</param>
/// <param name="Frames">How many times to show, or null.</param>
/// <param name="At">The moment, s, or null.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record ViewRequest(string? Sheet, string? Picture, string? Folder, string? Film, int? Frames, double? At, int Width, int Height)
{
    private const int UsualColumns = 8;
    private const int MostColumns = 40;
    private const int MostFrames = 100_000;

    /// <summary>Whether nothing is written: it is shown in a window.</summary>
    public bool IsShown => Sheet is null && Picture is null && Folder is null && Film is null;

    /// <summary>Columns of the sheet.</summary>
    public int Columns => Frames ?? UsualColumns;

    /// <summary>Checks what was asked for on the command line.</summary>
    /// <exception cref="MotionException">It does not fit together.</exception>
    public static ViewRequest Check(string? outName, string? film, int? frames, double? at, string size)
    {
        if (film is not null && !film.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"--video {film}: wanted a name that ends in .mp4");
        }

        bool isPicture = outName?.EndsWith(".png", StringComparison.OrdinalIgnoreCase) == true;
        if (at is not null && (!isPicture || film is not null || frames is not null || !(at >= 0)))
        {
            throw Wrong("--at shows one moment, 0 s or later: it goes with --out picture.png alone");
        }

        if (frames is < 1 || frames > (isPicture && film is null ? MostColumns : MostFrames) || (film is not null && frames == 1))
        {
            throw Wrong($"--frames {frames}: wanted 1 to {MostColumns} on a sheet, 2 to {MostFrames} in a film");
        }

        string[] sides = size.Split('x');
        if (sides.Length != 2 || !int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            || width is < 160 or > 3840 || height is < 160 or > 2160 || width % 2 != 0 || height % 2 != 0)
        {
            throw Wrong($"--size {size}: wanted even numbers from 160x160 to 3840x2160, like 960x540");
        }

        return new ViewRequest(
            isPicture && at is null ? outName : null, isPicture && at is not null ? outName : null, isPicture ? null : outName, film, frames, at, width, height);
    }

    /// <summary>The times to show in a folder or film.</summary>
    /// <param name="duration">How long the motion lasts, s.</param>
    /// <param name="rate">Pictures a second when no number was told.</param>
    public double[] Times(double duration, double rate)
    {
        int count = Frames ?? Math.Max(2, (int)Math.Round(duration * rate) + 1);
        return [.. Enumerable.Range(0, count).Select(index => count == 1 ? 0 : duration * index / (count - 1))];
    }

    private static MotionException Wrong(string problem) => new(ExitCode.BadConfiguration, problem);
}
