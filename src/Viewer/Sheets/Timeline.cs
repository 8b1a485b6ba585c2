using System.Globalization;
using System.Numerics;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Viewer.Sheets;

/// <summary>The root's speed over a clip, and below it which heels and toes rest: 84 pixels high.</summary>
internal static class Timeline
{
    /// <summary>Draws it.</summary>
    /// <param name="picture">What is drawn on.</param>
    /// <param name="clip">The clip, with velocities.</param>
    /// <param name="place">Upper left corner, pixels.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="now">A time to mark, s, or null.</param>
    public static void Draw(Picture picture, CharacterClip clip, (int Left, int Top) place, int width, double? now = null)
    {
        (int left, int top) = place;
        float[] speeds = [.. Enumerable.Range(0, clip.FrameCount).Select(frame => new Vector2(clip.VelocitiesAt(frame)[0], clip.VelocitiesAt(frame)[1]).Length())];
        float most = Math.Max(1, MathF.Ceiling(speeds.Max()));
        float Row(float speed) => top + 48 - (44 * speed / most);
        float Column(float frame) => left + (width * frame / MathF.Max(1, clip.FrameCount - 1));
        picture.Line(left, Row(0), left + width, Row(0), Colour.Faint);
        picture.Text(left, top + 2, string.Create(CultureInfo.InvariantCulture, $"{most:0} m/s"), Colour.Middle);
        for (int frame = 1; frame < clip.FrameCount; frame++)
        {
            picture.Line(Column(frame - 1), Row(speeds[frame - 1]), Column(frame), Row(speeds[frame]), Colour.Ink);
            for (int part = 0; part < 4; part++)
            {
                if (clip.Contacts[frame].HasFlag((FootContacts)(1 << part)))
                {
                    int from = (int)Column(frame - 1);
                    picture.Fill(from, top + 53 + (7 * part), (int)Column(frame) - from + 1, 6, part < 2 ? Colour.Left : Colour.Right);
                }
            }
        }

        if (now is double time)
        {
            picture.Line(Column((float)(time * clip.FrameRate)), top + 2, Column((float)(time * clip.FrameRate)), top + 82, Colour.Ink);
        }
    }
}
