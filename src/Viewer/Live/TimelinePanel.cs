using System.Globalization;
using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;

namespace Motion.Viewer.Live;

/// <summary>The timeline: a block for every sentence that can be dragged, deleted and retyped; a click above the blocks goes back to there.</summary>
internal sealed class TimelinePanel(PlayWindow window)
{
    /// <summary>Pixels down.</summary>
    public const float High = 92;

    private const float BlockTop = 22, BlockHigh = 30, LeastSeconds = 20;
    private static readonly Tint s_block = new(70, 120, 180), s_held = new(110, 160, 220), s_now = new(255, 200, 80), s_rule = new(150, 156, 164);

    // A click is no move, though the pixels of a block give its time only to a few digits, s.
    private const double LeastMove = 1e-3;
    private (int Id, float Offset, double Seconds)? _dragged;
    private (int Id, string Text)? _retyped;
    private bool _wantsFocus;

    /// <summary>Draws it.</summary>
    public void Draw(Gui gui, LiveFrame frame)
    {
        gui.NextWindow(new Vector2(12, gui.Height - High - 12), new Vector2(gui.Width - 24, High), 0.86f);
        gui.BeginWindow("timeline", PanelFlags.Fixed | PanelFlags.NoScrollbar | PanelFlags.NoFocusOnAppearing);
        double end = Math.Max(LeastSeconds, Math.Max(frame.Seconds, frame.Timeline.LastSeconds) + 5);
        Vector2 corner = gui.Cursor;
        Strip strip = new(corner, gui.Room.X, end);
        DrawRule(gui, strip);
        foreach (Prompt prompt in frame.Timeline.Prompts)
        {
            DrawBlock(gui, strip, prompt, frame);
        }

        DrawNow(gui, strip, frame);
        gui.Cursor = corner + new Vector2(0, BlockTop + BlockHigh + 4);
        DrawRetyping(gui);
        gui.EndWindow();
    }

    private static void DrawRule(Gui gui, Strip strip)
    {
        double each = strip.End > 120 ? 30 : strip.End > 45 ? 10 : 5;
        for (double mark = 0; mark < strip.End; mark += each)
        {
            float x = strip.At(mark);
            gui.Line(new Vector2(x, strip.Corner.Y), new Vector2(x, strip.Corner.Y + BlockTop + BlockHigh), s_rule.Faded(0.4f));
            gui.Label(new Vector2(x + 3, strip.Corner.Y), string.Create(CultureInfo.InvariantCulture, $"{mark:0} s"), s_rule);
        }
    }

    private void DrawBlock(Gui gui, Strip strip, Prompt prompt, LiveFrame frame)
    {
        double seconds = _dragged is { } dragged && dragged.Id == prompt.Id ? dragged.Seconds : prompt.Seconds;
        double next = frame.Timeline.Prompts.Where(other => other.Seconds > prompt.Seconds).Select(other => other.Seconds).DefaultIfEmpty(strip.End).First();
        float left = strip.At(seconds), wide = Math.Max(26, Math.Min(strip.At(next) - strip.At(prompt.Seconds), 240) - 3);
        Vector2 low = new(left, strip.Corner.Y + BlockTop), high = new(left + wide, strip.Corner.Y + BlockTop + BlockHigh);
        gui.Cursor = low;
        gui.InvisibleButton($"##block{prompt.Id}", wide, BlockHigh);
        gui.FillRectangle(low, high, gui.IsItemHovered || gui.IsItemActive ? s_held : s_block, 5);
        gui.Label(low + new Vector2(6, 7), prompt.Sentence, Tint.White, low, high - new Vector2(4, 0));
        Drag(gui, strip, prompt);
        if (gui.IsItemHovered)
        {
            gui.Tooltip(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s: {(prompt.Sentence.Length <= 120 ? prompt.Sentence : prompt.Sentence[..120] + "...")}"));
            if (gui.IsMouseClicked(1))
            {
                window.Do(session => session.Timeline = session.Timeline.Without(prompt.Id));
            }
            else if (gui.IsItemDoubleClicked)
            {
                (_retyped, _wantsFocus) = ((prompt.Id, prompt.Sentence), true);
            }
        }
    }

    private void Drag(Gui gui, Strip strip, Prompt prompt)
    {
        if (gui.IsItemActivated)
        {
            _dragged = (prompt.Id, gui.Pointer.X - strip.At(prompt.Seconds), prompt.Seconds);
        }

        if (_dragged is not { } dragged || dragged.Id != prompt.Id)
        {
            return;
        }

        if (gui.IsItemActive)
        {
            _dragged = dragged with { Seconds = Math.Clamp(strip.SecondsAt(gui.Pointer.X - dragged.Offset), 0, strip.End) };
        }
        else
        {
            if (Math.Abs(dragged.Seconds - prompt.Seconds) > LeastMove)
            {
                window.Do(session => session.Timeline = session.Timeline.Moved(dragged.Id, dragged.Seconds));
            }

            _dragged = null;
        }
    }

    private void DrawNow(Gui gui, Strip strip, LiveFrame frame)
    {
        float x = strip.At(frame.Seconds);
        gui.FillRectangle(
            new Vector2(strip.At(Math.Max(0, frame.Seconds - frame.RewindSeconds)), strip.Corner.Y + BlockTop - 4), new Vector2(x, strip.Corner.Y + BlockTop - 2), s_now.Faded(0.5f));
        gui.Line(new Vector2(x, strip.Corner.Y), new Vector2(x, strip.Corner.Y + BlockTop + BlockHigh), s_now, 2);
        gui.Cursor = strip.Corner;
        if (gui.InvisibleButton("##back", strip.Wide, BlockTop) && strip.SecondsAt(gui.Pointer.X) is double wanted && wanted < frame.Seconds)
        {
            window.Do(session => session.StepBack(Math.Max(1, (int)Math.Round((session.Seconds - wanted) * session.ControlRate))));
        }
    }

    private void DrawRetyping(Gui gui)
    {
        if (_retyped is not { } retyped)
        {
            gui.Text("drag a block, double click retypes it, right click deletes it; click above the blocks to go back", s_rule);
            return;
        }

        string text = retyped.Text;
        gui.NextWidth(-1);
        if (_wantsFocus)
        {
            gui.FocusNext();
            _wantsFocus = false;
        }

        bool isEntered = gui.InputText("##retype", "what it shall do", ref text, capacity: SentencePanel.Capacity);
        _retyped = (retyped.Id, text);
        if (isEntered)
        {
            _retyped = null;
            if (text.Trim().Length > 0)
            {
                window.Do(session => session.Timeline = session.Timeline.Retyped(retyped.Id, text));
            }
        }
    }

    /// <summary>Where times lie.</summary>
    private readonly record struct Strip(Vector2 Corner, float Wide, double End)
    {
        public float At(double seconds) => Corner.X + (float)(seconds / End * Wide);

        public double SecondsAt(float x) => Math.Clamp((x - Corner.X) / Wide, 0, 1) * End;
    }
}
