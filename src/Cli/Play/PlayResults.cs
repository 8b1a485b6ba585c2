using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Writing;
using Motion.Viewer.Live;
using Motion.Viewer.Sharing;
using Motion.Viewer.Sheets;

namespace Motion.Cli.Play;

/// <summary>What is written of a play without a window: film and picture while it is played, the motion after it.</summary>
internal sealed class PlayResults : IDisposable
{
    private readonly PlayRequest _request;
    private readonly PlayPictures? _pictures;
    private readonly long _shown;
    private byte[]? _picture;

    /// <summary>Made and used on one thread.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="session">The session that is played.</param>
    /// <exception cref="MotionException">Pictures were asked for, and nothing here draws.</exception>
    public PlayResults(PlayRequest request, LiveSession session)
    {
        _request = request;
        if (request.Film is null && request.Picture is null)
        {
            return;
        }

        _shown = Math.Max(1, (long)Math.Round((request.At ?? request.Seconds) * session.ControlRate));
        _pictures = new PlayPictures(session.Character, session.ControlRate, request.Size.Width, request.Size.Height);
        if (request.FilmStem is { } stem)
        {
            _pictures.Film(stem);
        }
    }

    /// <summary>Whether it wants to see the moments of the play.</summary>
    public bool Looks => _pictures is not null;

    /// <summary>Takes a moment.</summary>
    public void Look(LiveFrame frame)
    {
        _pictures!.Take(frame);
        if (frame.Step == _shown)
        {
            _picture = _pictures.Draw(frame);
        }
    }

    /// <summary>Writes everything else.</summary>
    /// <param name="recording">The motion.</param>
    /// <returns>The files, and what a person should know.</returns>
    /// <exception cref="MotionException">A place cannot be written.</exception>
    public (IReadOnlyList<string> Files, string? Problem) Write(MotionRecording recording)
    {
        List<string> files = [];
        string? problem = null;
        if (_request.Motions.ToArray() is { Length: > 0 } motions)
        {
            files.AddRange(MotionExport.Write(motions, recording.OnCharacter()));
        }

        foreach (string page in _request.Pages)
        {
            MotionPage.Write(page, recording, _request.Timeline);
            files.Add(page);
        }

        if (_request.Picture is { } path && _picture is not null)
        {
            PngFile.Write(path, _request.Size.Width, _request.Size.Height, _picture);
            files.Add(path);
        }

        if (_request.FilmStem is { } stem)
        {
            (string? film, problem) = _pictures!.Finish();
            RecordingNpz.Write(stem + ".npz", recording);
            files.AddRange([.. film is null ? Array.Empty<string>() : [film], stem + ".npz"]);
        }

        return (files, problem);
    }

    /// <inheritdoc/>
    public void Dispose() => _pictures?.Dispose();
}
