using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Motion.Viewer.Recording;

/// <summary>What a film is made of.</summary>
/// <param name="Width">Pixels across, even.</param>
/// <param name="Height">Pixels down, even.</param>
/// <param name="FrameRate">Pictures a second.</param>
internal sealed record FilmFormat(int Width, int Height, double FrameRate);

/// <summary>Pictures that go through a pipe into ffmpeg, which writes a film in H.264 that every player takes.</summary>
internal sealed class FilmPipe : IDisposable
{
    private readonly string _path;
    private readonly Process _process;
    private readonly Task<string> _said;
    private bool _isBroken;
    private bool _isOver;

    /// <summary>Starts ffmpeg.</summary>
    /// <param name="path">Where it writes; ends in .mp4.</param>
    /// <param name="format">What the film is made of.</param>
    /// <param name="isLive">Whether the file shall be playable up to its last second however it ends, at the price of a slower start in browsers.</param>
    /// <param name="program">The program.</param>
    /// <exception cref="MotionException">ffmpeg is not installed.</exception>
    public FilmPipe(string path, FilmFormat format, bool isLive = false, string program = "ffmpeg")
    {
        _path = path;
        string rate = format.FrameRate.ToString("0.######", CultureInfo.InvariantCulture);
        string flags = isLive ? "+frag_keyframe+empty_moov+default_base_moof" : "+faststart";
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{format.Width}x{format.Height}", "-r", rate, "-i", "pipe:0",
            "-c:v", "libx264", "-crf", "18", "-preset", "veryfast", .. isLive ? new[] { "-g", Math.Ceiling(format.FrameRate).ToString(CultureInfo.InvariantCulture), "-threads", "1" } : [],
            "-pix_fmt", "yuv420p", "-movflags", flags, "-y", path,
        ];
        try
        {
            _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception problem)
        {
            throw new MotionException(ExitCode.MissingComponent, "films are written by ffmpeg, which is not installed: see './motion doctor'", problem);
        }

        _said = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether ffmpeg has ended early: what is added goes nowhere, and <see cref="Finish"/> says why.</summary>
    public bool IsBroken => _isBroken || _process.HasExited;

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">Red, green, blue from the top left: [height × width × 3].</param>
    public void Add(byte[] picture)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            _process.StandardInput.BaseStream.Write(picture);
        }
        catch (IOException)
        {
            // ffmpeg ended early: what it says is told at the end.
            _isBroken = true;
        }
    }

    /// <summary>Ends the film and waits until it is written.</summary>
    /// <exception cref="MotionException">ffmpeg could not write it; says what it said.</exception>
    public void Finish()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            _isBroken = true;
        }

        _process.WaitForExit();
        _isOver = true;
        if (_process.ExitCode != 0 || _isBroken)
        {
            string said = _said.Result.Trim();
            throw new MotionException(ExitCode.BadInput, $"{_path}: cannot be written: ffmpeg says {(said.Length > 0 ? said : $"nothing and ended with {_process.ExitCode}")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isOver && !_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
