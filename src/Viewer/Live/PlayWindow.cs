using System.Globalization;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;
using Motion.Viewer.Sheets;
using Silk.NET.Input;

namespace Motion.Viewer.Live;

/// <summary>The window of a play: the picture, the panels, keyboard and mouse. Physics runs beside it and never waits for it.</summary>
public sealed class PlayWindow : IDisposable
{
    private const float ShoveForce = 250, BallSpeed = 8;
    private readonly PlayWindowOptions _options;
    private readonly WindowHost _host;
    private readonly LiveLoop _loop;
    private readonly PlayScene _scene;
    private readonly FrameBlend _blend = new();
    private readonly PlayRecorder _recorder;
    private readonly PlayMouse _mouse;
    private readonly PlayPanels _panels;
    private int _written;
    private bool _isDisposed;

    /// <summary>Opens it and lets the session run.</summary>
    /// <param name="session">The session; nothing else may touch it until the window is disposed.</param>
    /// <param name="options">How it is opened.</param>
    /// <exception cref="MotionException">There is no display or no OpenGL 3.3, or a library is missing: says which.</exception>
    public PlayWindow(LiveSession session, PlayWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _host = WindowHost.Open(new HostSettings { Title = options.Title, Width = options.Width, Height = options.Height, IsOffscreen = options.IsOffscreen, Samples = options.Samples });
        Character = session.Character;
        ControlRate = session.ControlRate;
        Drivers = [.. session.Drivers];
        Sentences = new SentencePanel(session);
        _scene = new PlayScene(Character);
        History = new PlayHistory(Character);
        _mouse = new PlayMouse(this);
        _panels = new PlayPanels(this);
        _loop = new LiveLoop(session);
        _recorder = new PlayRecorder(_loop, ControlRate, options.FilmProgram);
        if (options.RecordStem is { } stem)
        {
            _recorder.Start(stem, _host.Target.Width, _host.Target.Height);
        }
    }

    /// <summary>Version and maker of the OpenGL that draws.</summary>
    public string Graphics => _host.Version.ToString();

    /// <summary>Pictures that were drawn.</summary>
    public long Pictures { get; private set; }

    /// <summary>What is simulated in a second of the clock, s.</summary>
    public double RealTimeFactor => _loop.RealTimeFactor;

    internal Character Character { get; }

    internal int ControlRate { get; }

    internal IReadOnlyList<string> Drivers { get; }

    internal SentencePanel Sentences { get; }

    internal PlayHistory History { get; }

    internal PlayView View { get; } = new();

    internal FollowCamera Camera { get; } = new();

    internal WindowHost Host => _host;

    internal LiveFrame Frame => _loop.Frame;

    internal bool IsRecording => _recorder.IsOn;

    /// <summary>What a person should know besides the session's own error, or null.</summary>
    internal string? Message { get; private set; }

    /// <summary>Shows a play until its window is closed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">How the window is opened.</param>
    /// <param name="cancellation">Closes it.</param>
    /// <returns>The last message, such as which recording was written; null when there was none.</returns>
    /// <exception cref="MotionException">There is no display or no OpenGL 3.3, or a library is missing: says which.</exception>
    public static string? Show(LiveSession session, PlayWindowOptions options, CancellationToken cancellation)
    {
        using PlayWindow window = new(session, options);
        using CancellationTokenSource clock = options.Seconds is { } seconds ? new CancellationTokenSource(TimeSpan.FromSeconds(seconds)) : new CancellationTokenSource();
        using CancellationTokenRegistration closing = cancellation.Register(window.Close), late = clock.Token.Register(window.Close);
        window._host.Run(window.Draw);
        window.EndRecording();
        return window.Message;
    }

    /// <summary>Draws one picture, for scripts that keep their own time.</summary>
    /// <param name="seconds">Since the last one.</param>
    public void DrawOnce(double seconds) => _host.Frame(seconds, Draw);

    /// <summary>Closes the window after this picture.</summary>
    public void Close() => _host.Close();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        EndRecording();
        _loop.Dispose();
        _host.Dispose();
    }

    internal void Do(Action<LiveSession> command) => _loop.Do(command);

    internal T Ask<T>(Func<LiveSession, T> question) => _loop.Ask(question);

    internal void SwitchDriver()
    {
        int now = Drivers.ToList().IndexOf(Frame.Driver);
        string next = Drivers[(now + 1) % Drivers.Count];
        Do(session => session.SwitchTo(next));
    }

    internal void Shove()
    {
        Vector3 away = Frame.Places[0] - Camera.Eye;
        Vector3 force = ShoveForce * Vector3.Normalize(away with { Z = 0 });
        Do(session => session.Shove(0, force, 0.15));
    }

    internal void ThrowBall()
    {
        Vector3 chest = Frame.CentreOfMass + new Vector3(0, 0, 0.15f), way = Vector3.Normalize(chest - Camera.Eye);
        Vector3 start = chest - (way * MathF.Min(2, Camera.Distance - 0.3f));

        // It falls g·t²/2 on its way: aimed that much higher.
        float time = Vector3.Distance(chest, start) / BallSpeed;
        Vector3 velocity = (BallSpeed * way) + new Vector3(0, 0, 9.81f * time / 2);
        Do(session => session.Throw(start with { Z = MathF.Max(start.Z, LiveWorld.BallRadius) }, velocity));
    }

    internal void ToggleRecording()
    {
        if (_recorder.IsOn)
        {
            EndRecording();
        }
        else
        {
            Message = null;
            _recorder.Start(NextStem(), _host.Target.Width, _host.Target.Height);
        }
    }

    internal void WritePicture()
    {
        string path = NextStem() + ".png";
        try
        {
            PngFile.Write(path, _host.Target.Width, _host.Target.Height, Pixels());
            Message = $"{path} is written";
        }
        catch (MotionException problem)
        {
            Message = problem.Message;
        }
    }

    private void Draw(double seconds)
    {
        LiveFrame frame = Frame;
        History.Add(frame);
        _blend.Take(frame, seconds, ControlRate);
        Camera.Follow(History.Ahead(_blend.Places[0] with { Z = 0.85f }, frame.IsPaused ? 0 : ControlRate), (float)seconds);
        _scene.Fill(frame, _blend.Places, _blend.Rotations, View, History, ScrubbedPose());
        _host.Draw(_scene.Scenery, Camera);
        Record(frame);
        ObeyKeys();
        _mouse.Obey(_blend.Places, _blend.Rotations);
        _panels.Draw(frame, seconds);
        Pictures++;
    }

    private void ObeyKeys()
    {
        bool isShifted = _host.Input.Holds(Key.ShiftLeft) || _host.Input.Holds(Key.ShiftRight);
        foreach (Key pressed in _host.Input.Pressed)
        {
            PlayKey? key = PlayKeys.All.FirstOrDefault(known => known.Key == pressed && known.WithShift == isShifted)
                ?? PlayKeys.All.FirstOrDefault(known => known.Key == pressed && !known.WithShift);
            key?.Do(this);
        }
    }

    private void Record(LiveFrame frame)
    {
        if (!_recorder.IsOn)
        {
            return;
        }

        if (_recorder.IsOfOtherSize(_host.Target.Width, _host.Target.Height))
        {
            EndRecording();
            Message = $"the window changed its size, which ends a film; {Message}";
        }
        else if (_recorder.Wants(frame))
        {
            _recorder.Add(frame, Pixels(), _host.Target.Width);
        }

        Message = _recorder.Problem ?? Message;
    }

    private void EndRecording() => Message = _recorder.Stop() ?? Message;

    private byte[] Pixels()
    {
        byte[] pixels = new byte[_host.Target.Width * _host.Target.Height * 3];
        _host.Target.ReadPixels(pixels);
        return pixels;
    }

    private float[]? ScrubbedPose()
    {
        if (View.ScrubbedFrame is not { } frame || Frame.Reference is null)
        {
            return null;
        }

        return Ask(session =>
        {
            if (session.Driver.Reference is not { } reference)
            {
                return null;
            }

            float[] pose = new float[Character.PositionCount];
            reference.Pose(Math.Clamp(frame, 0, reference.Last), pose);
            return pose;
        });
    }

    private string NextStem()
    {
        string time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.Combine(_options.Folder, $"play-{time}{(_written++ == 0 ? "" : $"-{_written}")}");
    }
}
