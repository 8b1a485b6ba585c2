using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Writing;
using Motion.Viewer.Recording;

namespace Motion.Viewer.Live;

/// <summary>
/// Records a play: a film of what is drawn, a picture for every control step, and the motion, under one stem. What is stepped back over leaves the motion; the
/// film keeps it, as it was seen.
/// </summary>
internal sealed class PlayRecorder(LiveLoop loop, int controlRate, string program) : IDisposable
{
    private PictureRecording? _film;
    private FilmFormat? _format;

    /// <summary>Whether it records.</summary>
    public bool IsOn => _film is not null;

    /// <summary>What went wrong while it records, or null.</summary>
    public string? Problem => _film?.Problem;

    /// <summary>Begins; nothing happens when it records.</summary>
    /// <param name="stem">Path without an ending.</param>
    /// <param name="width">Pixels across of what is drawn.</param>
    /// <param name="height">Pixels down.</param>
    public void Start(string stem, int width, int height)
    {
        if (_film is null)
        {
            _format = new FilmFormat(width & ~1, height & ~1, controlRate);
            _film = new PictureRecording(stem, _format, program);
            loop.Do(session => session.StartRecording());
        }
    }

    /// <summary>Whether the film wants a picture of this frame.</summary>
    public bool Wants(LiveFrame frame) => _film is not null && frame.RecordedSeconds is { } seconds && Math.Round(seconds * controlRate) > _film.Count;

    /// <summary>Whether pictures of another size come, which the film cannot take.</summary>
    public bool IsOfOtherSize(int width, int height) => _format is not null && ((width & ~1) != _format.Width || (height & ~1) != _format.Height);

    /// <summary>Takes a picture, as often as steps have passed.</summary>
    /// <param name="frame">The moment it shows.</param>
    /// <param name="pixels">Red, green, blue from the top left: [height × width × 3].</param>
    /// <param name="width">Pixels across.</param>
    public void Add(LiveFrame frame, byte[] pixels, int width)
    {
        byte[] picture = Even(pixels, width, _format!);
        for (int wanted = (int)Math.Round(frame.RecordedSeconds!.Value * controlRate) - _film!.Count; wanted > 0; wanted--)
        {
            _film.Add(picture);
        }
    }

    /// <summary>Ends it and writes the motion.</summary>
    /// <returns>What a person should know: the files, and what went wrong. Null when it did not record.</returns>
    public string? Stop()
    {
        if (_film is null)
        {
            return null;
        }

        string stem = _film.Stem;
        List<string> said = [];
        MotionRecording? motion = loop.Ask(session => session.StopRecording(Path.GetFileName(stem)));
        if (_film.Finish() is { } film)
        {
            said.Add($"{film} is written");
        }

        if (_film.Problem is { } problem)
        {
            said.Add(problem);
        }

        _film.Dispose();
        (_film, _format) = (null, null);
        try
        {
            said.AddRange(motion is null ? ["no step was made: there is no motion"] : WriteMotion(stem, motion).Select(path => $"{path} is written"));
        }
        catch (MotionException fault)
        {
            said.Add(fault.Message);
        }

        return string.Join("; ", said);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static IEnumerable<string> WriteMotion(string stem, MotionRecording motion)
    {
        RecordingNpz.Write(stem + ".npz", motion);
        return MotionExport.Write([stem + ".bvh"], motion.OnCharacter()).Take(1).Prepend(stem + ".npz");
    }

    // Films have even sides; a window may have any.
    private static byte[] Even(byte[] pixels, int width, FilmFormat format)
    {
        if (width == format.Width && pixels.Length == format.Width * format.Height * 3)
        {
            return pixels;
        }

        byte[] even = new byte[format.Width * format.Height * 3];
        for (int row = 0; row < format.Height; row++)
        {
            pixels.AsSpan(row * width * 3, format.Width * 3).CopyTo(even.AsSpan(row * format.Width * 3));
        }

        return even;
    }
}
