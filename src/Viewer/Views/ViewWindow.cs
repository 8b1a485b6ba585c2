using System.Globalization;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;
using Motion.Viewer.Sheets;
using Silk.NET.Input;

namespace Motion.Viewer.Views;

/// <summary>How the window of a motion is opened.</summary>
public sealed record ViewWindowOptions
{
    /// <summary>Pixels across at first.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Pixels down at first.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Whether it draws into memory, where there is no display.</summary>
    public bool IsOffscreen { get; init; }
}

/// <summary>
/// A window that shows a motion again and again: the character, and on its left the recording that it was made from or another motion, with resting feet marked and
/// speed and contacts below. Space pauses, the arrows go by frames, the mouse turns the camera and drags the time.
/// </summary>
public sealed class ViewWindow : IDisposable
{
    private const float Apart = 1.3f, Bone = 0.022f, High = 132;
    private readonly WindowHost _host;
    private readonly CharacterClip _clip;
    private readonly AnalysedClip? _recording;
    private readonly CharacterClip? _beside;
    private readonly CharacterSolids _figure;
    private readonly CharacterSolids? _figureBeside;
    private readonly Tint[] _bones;
    private readonly Vector3 _left;
    private readonly float[] _speeds;
    private readonly Scenery _scenery = new();
    private readonly FollowCamera _camera = new() { Distance = 4.6f };

    /// <param name="clip">The motion, with velocities and contacts.</param>
    /// <param name="recording">The recording that it was made from, or null.</param>
    /// <param name="beside">Another motion in place of a recording, or null.</param>
    /// <param name="options">How it is opened.</param>
    /// <exception cref="MotionException">There is no display or no OpenGL 3.3, or a library is missing: says which.</exception>
    public ViewWindow(CharacterClip clip, AnalysedClip? recording, CharacterClip? beside, ViewWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(options);
        (_clip, _recording, _beside) = (clip, beside is null ? recording : null, beside);
        _figure = new CharacterSolids(clip.Character);
        _figureBeside = _beside is null ? null : new CharacterSolids(_beside.Character);
        _bones = _recording is null ? [] : [.. FigureColours.Of(_recording.Clip.Skeleton, _recording.Roles).Select(colour => new Tint(colour.Red, colour.Green, colour.Blue))];
        float heading = new CharacterFigure(clip).StartHeading;
        _left = Apart * new Vector3(-MathF.Sin(heading), MathF.Cos(heading), 0);
        _camera.Heading = heading + MathF.PI - 0.5f;
        _speeds = [.. Enumerable.Range(0, clip.FrameCount).Select(frame => new Vector2(clip.VelocitiesAt(frame)[0], clip.VelocitiesAt(frame)[1]).Length())];
        _host = WindowHost.Open(new HostSettings { Title = clip.Name, Width = options.Width, Height = options.Height, IsOffscreen = options.IsOffscreen });
    }

    internal WindowHost Host => _host;

    /// <summary>The time that is shown, s.</summary>
    internal double Seconds { get; private set; }

    internal bool IsPaused { get; private set; }

    /// <summary>Shows a motion until its window is closed.</summary>
    /// <param name="clip">The motion, with velocities and contacts.</param>
    /// <param name="recording">The recording that it was made from, or null.</param>
    /// <param name="beside">Another motion in place of a recording, or null.</param>
    /// <param name="options">How the window is opened.</param>
    /// <param name="cancellation">Closes it.</param>
    /// <exception cref="MotionException">There is no display or no OpenGL 3.3, or a library is missing: says which.</exception>
    public static void Show(CharacterClip clip, AnalysedClip? recording, CharacterClip? beside, ViewWindowOptions options, CancellationToken cancellation)
    {
        using ViewWindow window = new(clip, recording, beside, options);
        using CancellationTokenRegistration closing = cancellation.Register(window._host.Close);
        window._host.Run(window.Draw);
    }

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();

    /// <summary>Draws one picture.</summary>
    /// <param name="seconds">Since the last one.</param>
    internal void DrawOnce(double seconds) => _host.Frame(seconds, Draw);

    private void Draw(double seconds)
    {
        Obey();
        Seconds = IsPaused ? Seconds : (Seconds + seconds) % Math.Max(_clip.Duration, 1e-3);
        int frame = Math.Clamp((int)Math.Round(Seconds * _clip.FrameRate), 0, _clip.FrameCount - 1);
        Vector3 root = Root(_clip, frame);
        bool isAlone = _recording is null && _beside is null;
        _camera.Follow((root + (isAlone ? default : _left / 2)) with { Z = 0.85f }, (float)seconds);
        _scenery.Clear();
        _scenery.Focus = root with { Z = 0.8f };
        AddCharacter(_figure, _clip, frame, default);
        if (_beside is not null)
        {
            int other = Math.Clamp((int)Math.Round(Seconds * _beside.FrameRate), 0, _beside.FrameCount - 1);
            AddCharacter(_figureBeside!, _beside, other, (Root(_clip, 0) - Root(_beside, 0)) with { Z = 0 } + _left);
        }

        if (_recording is not null)
        {
            AddRecording(_recording);
        }

        _host.Draw(_scenery, _camera);
        if (_host.Panels is { } gui)
        {
            DrawTime(gui, frame);
        }
    }

    private void Obey()
    {
        foreach (Key key in _host.Input.Pressed)
        {
            switch (key)
            {
                case Key.Space:
                    IsPaused = !IsPaused;
                    break;
                case Key.Left:
                    (IsPaused, Seconds) = (true, Math.Max(0, Seconds - (1 / _clip.FrameRate)));
                    break;
                case Key.Right:
                    (IsPaused, Seconds) = (true, Math.Min(_clip.Duration, Seconds + (1 / _clip.FrameRate)));
                    break;
                case Key.Escape:
                    _host.Close();
                    break;
                default:
                    break;
            }
        }

        _camera.Zoom(_host.Input.Scrolled);
        if (_host.Input.Holds(MouseButton.Left) || _host.Input.Holds(MouseButton.Right))
        {
            _camera.Turn(_host.Input.Moved);
        }
    }

    private void AddCharacter(CharacterSolids figure, CharacterClip clip, int frame, Vector3 shift)
    {
        Vector3[] places = new Vector3[clip.Character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[places.Length];
        ForwardKinematics.Compute(clip.Character, clip.PositionsAt(frame), places, rotations);
        places = [.. places.Select(place => place + shift)];
        figure.AddTo(_scenery.Solids, places, rotations);
        for (int body = 0; body < places.Length; body++)
        {
            string name = clip.Character.Bodies[body].Name;
            FootContacts side = name == "left_foot" ? FootContacts.Left : name == "right_foot" ? FootContacts.Right : FootContacts.None;
            if ((clip.Contacts[frame] & side) != 0)
            {
                _scenery.Discs.Add(new Disc(places[body] with { Z = 0 }, 0, 0.14f, (side == FootContacts.Left ? Tint.Left : Tint.Right).Faded(0.6f)));
            }
        }
    }

    private void AddRecording(AnalysedClip recording)
    {
        Vector3[] places = recording.Clip.PositionsWorld(recording.Clip.FrameAt(Seconds));
        Vector3 shift = (Root(_clip, 0) - recording.Clip.RootPositions[0]) with { Z = 0 } + _left;
        for (int joint = 1; joint < places.Length; joint++)
        {
            Vector3 from = places[recording.Clip.Skeleton.Joints[joint].Parent] + shift, to = places[joint] + shift;
            if (Vector3.DistanceSquared(from, to) > 1e-6f)
            {
                _scenery.Solids.Add(Solid.Capsule(from, to, Bone, _bones[joint]));
            }
        }
    }

    private void DrawTime(Gui gui, int frame)
    {
        gui.NextWindow(new Vector2(12, gui.Height - High - 12), new Vector2(gui.Width - 24, High), 0.86f);
        gui.BeginWindow("time", PanelFlags.Fixed | PanelFlags.NoScrollbar);
        if (gui.Button(IsPaused ? "play" : "pause", 60))
        {
            IsPaused = !IsPaused;
        }

        gui.SameLine();
        float shown = (float)Seconds;
        gui.NextWidth(-1);
        if (gui.SliderFloat("##time", ref shown, 0, (float)_clip.Duration, "%.2f s"))
        {
            (IsPaused, Seconds) = (true, Math.Clamp(shown, 0, _clip.Duration));
        }

        string left = _recording is not null ? "recorded, and performed by the character" : _beside is not null ? $"{_beside.Name}, and {_clip.Name}" : _clip.Name;
        gui.Text(string.Create(CultureInfo.InvariantCulture, $"{left}; {_speeds[frame]:0.00} m/s"));
        Vector2 corner = gui.Cursor;
        float wide = gui.Room.X;
        gui.PlotLines("##speed", _speeds, 0, new Vector2(0, 1.1f * Math.Max(0.1f, _speeds.Max())), new Vector2(wide, 34));
        float x = corner.X + (wide * frame / Math.Max(1, _clip.FrameCount - 1));
        DrawContacts(gui, corner + new Vector2(0, 38), wide);
        gui.Line(new Vector2(x, corner.Y), new Vector2(x, corner.Y + 52), Tint.Warning, 2);
        gui.EndWindow();
    }

    private void DrawContacts(Gui gui, Vector2 corner, float wide)
    {
        float each = wide / Math.Max(1, _clip.FrameCount - 1);
        for (int frame = 0; frame < _clip.FrameCount - 1; frame++)
        {
            foreach ((FootContacts side, float y, Tint colour) in new[] { (FootContacts.Left, 0f, Tint.Left), (FootContacts.Right, 8f, Tint.Right) })
            {
                if ((_clip.Contacts[frame] & side) != 0)
                {
                    Vector2 low = corner + new Vector2(frame * each, y);
                    gui.FillRectangle(low, low + new Vector2(each + 0.5f, 6), colour);
                }
            }
        }
    }

    private static Vector3 Root(CharacterClip clip, int frame) => PositionVector.RootPosition(clip.Character.Joints[0], clip.PositionsAt(frame));
}
