using Motion.Sim.Characters;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;
using Motion.Viewer.Recording;

namespace Motion.Viewer.Live;

/// <summary>Pictures of a play without a window, as the window would show them but for its panels. Made, used and disposed on one thread.</summary>
public sealed class PlayPictures : IDisposable
{
    private readonly WindowHost _host;
    private readonly PlayScene _scene;
    private readonly PlayHistory _history;
    private readonly PlayView _view = new();
    private readonly FollowCamera _camera = new();
    private readonly int _controlRate;
    private PictureRecording? _film;

    /// <param name="character">Who is shown.</param>
    /// <param name="controlRate">Frames a second.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="MotionException">Nothing here draws without a display: says which packages bring it.</exception>
    public PlayPictures(Character character, int controlRate, int width, int height)
    {
        _host = WindowHost.Open(new HostSettings { IsOffscreen = true, HasPanels = false, Width = width, Height = height });
        (_scene, _history, _controlRate) = (new PlayScene(character), new PlayHistory(character), controlRate);
    }

    /// <summary>Films every frame that is taken from now on.</summary>
    /// <param name="stem">Path without an ending: .mp4 is added, or it becomes a folder of pictures where ffmpeg is missing.</param>
    public void Film(string stem) => _film ??= new PictureRecording(stem, new FilmFormat(_host.Target.Width, _host.Target.Height, _controlRate));

    /// <summary>Goes on to the next frame; it is drawn only where a film wants it.</summary>
    public void Take(LiveFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _history.Add(frame);
        _camera.Follow(_history.Ahead(frame.Places[0] with { Z = 0.85f }, _controlRate), 1f / _controlRate);
        _film?.Add(Draw(frame));
    }

    /// <summary>Draws the frame that was taken last.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>Red, green, blue from the top left: [height × width × 3].</returns>
    public byte[] Draw(LiveFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        byte[] pixels = new byte[_host.Target.Width * _host.Target.Height * 3];
        _scene.Fill(frame, frame.Places, frame.Rotations, _view, _history);
        _host.Draw(_scene.Scenery, _camera);
        _host.Target.ReadPixels(pixels);
        return pixels;
    }

    /// <summary>Ends the film.</summary>
    /// <returns>The film or the folder of pictures, null when nothing was written; and what a person should know, null when all is well.</returns>
    public (string? Path, string? Problem) Finish()
    {
        string? path = _film?.Finish();
        return (path, _film?.Problem);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _film?.Dispose();
        _host.Dispose();
    }
}
