using System.Collections.Concurrent;
using System.Globalization;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Recording;

/// <summary>
/// A film of what is drawn, written on a thread of its own while it is drawn. Without ffmpeg it becomes a folder of pictures. However it ends, by a full disk
/// or a closed window, what was written until then is kept and can be played.
/// </summary>
internal sealed class PictureRecording : IDisposable
{
    private const int MostWaiting = 16;
    private readonly string _stem;
    private readonly FilmFormat _format;
    private readonly string _program;
    private readonly BlockingCollection<byte[]> _waiting = new(MostWaiting);
    private readonly Task _writer;
    private volatile string? _problem;
    private volatile string? _path;

    /// <summary>Begins.</summary>
    /// <param name="stem">Path without an ending: .mp4 is added, or nothing for a folder.</param>
    /// <param name="format">What it is made of.</param>
    /// <param name="program">The program that writes films.</param>
    public PictureRecording(string stem, FilmFormat format, string program = "ffmpeg")
    {
        (_stem, _format, _program) = (stem, format, program);
        _writer = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Path without an ending.</summary>
    public string Stem => _stem;

    /// <summary>Pictures that were added.</summary>
    public int Count { get; private set; }

    /// <summary>What a person should know: why there is no film, or why it is cut short; null when all is well.</summary>
    public string? Problem => _problem;

    /// <summary>Adds a picture; waits when the disk is slower than what is drawn.</summary>
    /// <param name="picture">Red, green, blue from the top left: [height × width × 3]; not changed afterwards.</param>
    public void Add(byte[] picture)
    {
        Count++;
        _waiting.Add(picture);
    }

    /// <summary>Ends it and waits until everything is written.</summary>
    /// <returns>The film or the folder of pictures; null when nothing could be written.</returns>
    public string? Finish()
    {
        if (!_waiting.IsAddingCompleted)
        {
            _waiting.CompleteAdding();
        }

        _writer.Wait();
        return _path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        _waiting.Dispose();
    }

    private void Write()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_stem))!);
            WriteFilm();
        }
        catch (MotionException problem) when (problem.ExitCode == ExitCode.MissingComponent)
        {
            _problem = $"ffmpeg is not installed: pictures are written to {_stem}/ instead of a film";
            Keep(WritePictures);
        }
        catch (Exception problem)
        {
            _problem = problem.Message;
        }

        // Whoever draws shall never wait for what cannot be written.
        foreach (byte[] _ in _waiting.GetConsumingEnumerable())
        {
        }
    }

    private void WriteFilm()
    {
        string path = _stem + ".mp4", beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_stem))!, $".{Path.GetFileName(_stem)}.{Guid.NewGuid():N}.mp4");
        using FilmPipe pipe = new(beside, _format, isLive: true, _program);
        foreach (byte[] picture in _waiting.GetConsumingEnumerable())
        {
            pipe.Add(picture);
            if (pipe.IsBroken)
            {
                break;
            }
        }

        try
        {
            pipe.Finish();
        }
        catch (MotionException problem)
        {
            _problem = problem.Message.Replace(beside, path, StringComparison.Ordinal);
        }

        if (File.Exists(beside) && new FileInfo(beside).Length > 0)
        {
            File.Move(beside, path, overwrite: true);
            _path = path;
            _problem = _problem is null ? null : $"{_problem}; what was written until then is kept";
        }
    }

    private void WritePictures()
    {
        int count = 0;
        Directory.CreateDirectory(_stem);
        foreach (byte[] picture in _waiting.GetConsumingEnumerable())
        {
            PngFile.Write(Path.Combine(_stem, (count++).ToString("00000", CultureInfo.InvariantCulture) + ".png"), _format.Width, _format.Height, picture);
            _path = _stem;
        }
    }

    private void Keep(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem)
        {
            _problem = problem.Message;
        }
    }
}
