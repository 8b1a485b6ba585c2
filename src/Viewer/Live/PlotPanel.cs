using System.Globalization;
using System.Numerics;
using Motion.Viewer.Interface;

namespace Motion.Viewer.Live;

/// <summary>Curves of the latest ten seconds: speed, the feet's contact, and the reward's terms where a clip is followed.</summary>
internal sealed class PlotPanel(PlayWindow window)
{
    private const float Wide = 300, High = 34;
    private readonly float[] _values = new float[PlayHistory.Most];

    /// <summary>Draws it.</summary>
    public void Draw(Gui gui)
    {
        int terms = window.History.TermNames.Length;
        float height = 16 + ((3 + terms) * (High + 6));
        gui.NextWindow(new Vector2(12, gui.Height - TimelinePanel.High - height - 20), new Vector2(Wide, height), 0.7f);
        gui.BeginWindow("curves", PanelFlags.Fixed | PanelFlags.NoScrollbar | PanelFlags.NoFocusOnAppearing);
        Curve(gui, "speed", "m/s", sample => sample.Speed, 0);
        Curve(gui, "left foot", "N", sample => sample.LeftForce, 0);
        Curve(gui, "right foot", "N", sample => sample.RightForce, 0);
        for (int term = 0; term < terms; term++)
        {
            int index = term;
            Curve(gui, window.History.TermNames[term], "", sample => index < sample.Terms.Length ? sample.Terms[index] : 0, 0.1f);
        }

        gui.EndWindow();
    }

    private void Curve(Gui gui, string name, string unit, Func<PlaySample, float> value, float least)
    {
        IReadOnlyList<PlaySample> samples = window.History.Samples;
        Array.Clear(_values);
        float most = Math.Max(least, 1e-3f);
        for (int index = 0; index < samples.Count; index++)
        {
            float now = value(samples[index]);
            most = Math.Max(most, now);
            _values[_values.Length - samples.Count + index] = now;
        }

        string shown = samples.Count == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {_values[^1]:0.##} {unit}");
        gui.PlotLines($"##{name}", _values, 0, new Vector2(0, 1.1f * most), new Vector2(Wide - 18, High), shown);
    }
}
