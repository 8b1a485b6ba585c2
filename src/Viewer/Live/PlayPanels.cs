using System.Globalization;
using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;

namespace Motion.Viewer.Live;

/// <summary>The panels over the picture: what is said, what is in charge, what is shown, the timeline, curves and help.</summary>
internal sealed class PlayPanels(PlayWindow window)
{
    private const float Wide = 268, Edge = 12;
    private readonly TimelinePanel _timeline = new(window);
    private readonly PlotPanel _plots = new(window);
    private double _drawn;
    private int _pictures;
    private double _rate;

    /// <summary>Draws them.</summary>
    /// <param name="frame">The moment.</param>
    /// <param name="seconds">Since the last picture.</param>
    public void Draw(LiveFrame frame, double seconds)
    {
        Count(seconds);
        if (window.Host.Panels is not { } gui)
        {
            return;
        }

        if (window.View.Panels)
        {
            window.Sentences.Draw(window, frame);
            DrawControls(gui, frame);
            _plots.Draw(gui);
            _timeline.Draw(gui, frame);
        }

        DrawMessages(gui, frame);
        if (window.View.Help)
        {
            DrawHelp(gui);
        }
    }

    private void Count(double seconds)
    {
        (_drawn, _pictures) = (_drawn + seconds, _pictures + 1);
        if (_drawn >= 0.5)
        {
            (_rate, _drawn, _pictures) = (_pictures / _drawn, 0, 0);
        }
    }

    private void DrawControls(Gui gui, LiveFrame frame)
    {
        gui.NextWindow(new Vector2(gui.Width - Wide - Edge, Edge), new Vector2(Wide, 0), 0.86f);
        gui.BeginWindow("play", PanelFlags.Fixed | PanelFlags.FitContents | PanelFlags.NoFocusOnAppearing);
        gui.Text(string.Create(CultureInfo.InvariantCulture, $"{frame.Seconds,7:0.00} s   real time × {window.RealTimeFactor:0.00}   {_rate:0} fps"));
        int driver = window.Drivers.ToList().IndexOf(frame.Driver);
        gui.NextWidth(-1);
        if (gui.Combo("##driver", ref driver, [.. window.Drivers]))
        {
            string name = window.Drivers[driver];
            window.Do(session => session.SwitchTo(name));
        }

        gui.Text($"does: {frame.Doing}", isWrapped: true);
        if (frame.Plan is { } plan)
        {
            gui.Text(string.Create(CultureInfo.InvariantCulture, $"plan in {plan.Milliseconds:0} ms; {plan.Overruns} too late"));
            if (plan.Wanted.IsEmpty)
            {
                gui.Text("click on the ground to send it there", Tint.Middle);
            }
        }

        DrawTime(gui, frame);
        DrawActs(gui, frame);
        DrawToggles(gui);
        if (frame.Reference is { } reference)
        {
            DrawReference(gui, reference);
        }

        if (gui.Button("keys (F1)", -1))
        {
            window.View.Help = true;
        }

        gui.EndWindow();
    }

    private void DrawTime(Gui gui, LiveFrame frame)
    {
        Press(gui, frame.IsPaused ? "play" : "pause", 56, session => session.SetPaused(!session.IsPaused));
        gui.SameLine();
        Press(gui, "back", 52, session => session.StepBack());
        gui.SameLine();
        Press(gui, "step", 52, session => session.StepOnce());
        gui.SameLine();
        Press(gui, "restart", 64, session => session.Restart());
        float pace = (float)frame.Pace;
        gui.NextWidth(-60);
        if (gui.SliderFloat("speed", ref pace, (float)LiveSession.SlowestPace, (float)LiveSession.FastestPace, "× %.2f"))
        {
            window.Do(session => session.SetPace(pace));
        }
    }

    private void DrawActs(Gui gui, LiveFrame frame)
    {
        if (gui.Button("throw a ball", 116))
        {
            window.ThrowBall();
        }

        gui.SameLine();
        if (gui.Button("push", 116))
        {
            window.Shove();
        }

        if (gui.Button(frame.RecordedSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"stop recording ({seconds:0.0} s)###record") : "record###record", -1))
        {
            window.ToggleRecording();
        }
    }

    private void DrawToggles(Gui gui)
    {
        PlayView view = window.View;
        view.Ghost = Tick(gui, "ghost", view.Ghost);
        gui.SameLine(92);
        view.Joints = Tick(gui, "joints", view.Joints);
        gui.SameLine(176);
        view.Contacts = Tick(gui, "contacts", view.Contacts);
        view.Centre = Tick(gui, "centre", view.Centre);
        gui.SameLine(92);
        view.Forces = Tick(gui, "forces", view.Forces);
        gui.SameLine(176);
        view.Trail = Tick(gui, "trail", view.Trail);
    }

    private void DrawReference(Gui gui, FollowedClip reference)
    {
        gui.Separator();
        int shown = window.View.ScrubbedFrame ?? reference.Frame;
        gui.Text(string.Create(CultureInfo.InvariantCulture, $"{reference.Clip}, frame {shown} of {reference.Last}"));
        gui.NextWidth(-1);
        if (gui.SliderInt("##scrub", ref shown, 0, reference.Last))
        {
            window.View.ScrubbedFrame = shown;
        }

        gui.BeginDisabled(window.View.ScrubbedFrame is null);
        if (gui.Button("start here", 116) && window.View.ScrubbedFrame is { } start)
        {
            window.Do(session => session.StartAt(start));
            window.View.ScrubbedFrame = null;
        }

        gui.SameLine();
        if (gui.Button("let go", 116))
        {
            window.View.ScrubbedFrame = null;
        }

        gui.EndDisabled();
    }

    private void DrawMessages(Gui gui, LiveFrame frame)
    {
        string[] said = [.. new[] { frame.Error, window.Message, frame.IsFallen ? "it has fallen: Home begins anew" : null }.OfType<string>()];
        if (said.Length == 0 && !frame.IsPaused)
        {
            return;
        }

        // Between the panels at the top; where these leave no room, low in the picture, though a fallen character lies there.
        float between = gui.Width - SentencePanel.Wide - Wide - (4 * Edge);
        (Vector2 place, float wide) = between >= 240
            ? (new Vector2(SentencePanel.Wide + (2 * Edge), Edge), between)
            : (new Vector2((gui.Width - 420) / 2, gui.Height - TimelinePanel.High - 84), 420);
        gui.NextWindow(place, new Vector2(wide, 0), 0.8f);
        gui.BeginWindow("message", PanelFlags.Fixed | PanelFlags.FitContents | PanelFlags.NoFocusOnAppearing);
        if (frame.IsPaused)
        {
            gui.Text(string.Create(CultureInfo.InvariantCulture, $"paused; {frame.RewindSeconds:0.0} s can be stepped back"));
        }

        foreach (string line in said)
        {
            gui.PushColour(GuiPart.Text, Tint.Warning);
            gui.Text(line, isWrapped: true);
            gui.PopColour();
        }

        gui.EndWindow();
    }

    private void DrawHelp(Gui gui)
    {
        const float Room = 880;
        bool isOpen = true;
        (string Shown, string Help)[] keys = [.. PlayKeys.All.Select(key => (key.Shown, key.Help)), .. PlayKeys.Mouse];
        int rows = (keys.Length + 1) / 2;
        gui.NextWindow(new Vector2(Math.Max(Edge, (gui.Width - Room) / 2), 40), default, 0.95f, isAlways: false);
        if (gui.BeginWindow("keys", ref isOpen, PanelFlags.FitContents) && gui.BeginTable("keys", 4))
        {
            for (int row = 0; row < rows; row++)
            {
                gui.NextRow();
                foreach ((string shown, string help) in keys.Where((_, place) => place % rows == row))
                {
                    gui.NextColumn();
                    gui.Text(shown);
                    gui.NextColumn();
                    gui.Text(help + "   ");
                }
            }

            gui.EndTable();
        }

        gui.EndWindow();
        window.View.Help = isOpen;
    }

    private void Press(Gui gui, string label, float width, Action<LiveSession> act)
    {
        if (gui.Button(label, width))
        {
            window.Do(act);
        }
    }

    private static bool Tick(Gui gui, string label, bool isOn)
    {
        gui.Checkbox(label, ref isOn);
        return isOn;
    }
}
