using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Viewer.Sheets;

/// <summary>
/// One image to judge a motion by: the recording's skeleton when there is one, the character obliquely and from its left, at some times along the clip, over the
/// ground line; below, the root's speed and which feet rest. Left is blue, right is red. Needs no window and no graphics driver.
/// </summary>
public static class CheckSheet
{
    private const int UsualColumns = 8;
    private const int ColumnWidth = 150;
    private const int RowHeight = 210;
    private const int Head = 16;
    private const int Foot = 84;
    private const int Margin = 4;

    // The camera sees the figure from the front and its left.
    private const float Oblique = 2.5f;

    /// <summary>Draws the sheet of one clip and writes it as PNG.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="recording">What was recorded, or null.</param>
    /// <param name="clip">What became of it, at any rate.</param>
    /// <param name="columns">At how many times it is shown, 1 to 40, from its start to its end.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, AnalysedClip? recording, CharacterClip clip, int columns = UsualColumns)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 40);
        int rows = recording is null ? 2 : 3;
        Picture picture = new((columns * ColumnWidth) + (2 * Margin), Head + (rows * RowHeight) + Foot);
        string understood = recording is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"  height {recording.Report.Height:0.00} m  sure {recording.Report.Confidence * 100:0} %");
        picture.Text(Margin, 5, string.Create(CultureInfo.InvariantCulture, $"{clip.Name}  {clip.Duration:0.00} s  {clip.FrameRate:0.##} fps{understood}"), Colour.Ink);
        CharacterFigure figure = new(clip);
        for (int column = 0; column < columns; column++)
        {
            double time = columns == 1 ? 0 : clip.Duration * column / (columns - 1);
            int left = Margin + (column * ColumnWidth);
            int top = Head;
            Panel Look(Vector3 root, float turn)
            {
                Panel panel = new(picture, left, top, (ColumnWidth, RowHeight), root, figure.StartHeading + turn);
                top += RowHeight;
                panel.Ground(Colour.Ink);
                return panel;
            }

            if (recording is not null)
            {
                int frame = recording.Clip.FrameAt(time);
                DrawRecording(Look(recording.Clip.RootPositions[frame], Oblique), recording, frame);
            }

            figure.Place(time);
            DrawCharacter(Look(figure.Root, Oblique), figure);
            DrawCharacter(Look(figure.Root, -MathF.PI / 2), figure);
            picture.Text(left + 4, Head + (rows * RowHeight) - 8, string.Create(CultureInfo.InvariantCulture, $"{time:0.00} s"), Colour.Middle);
        }

        Timeline.Draw(picture, clip, (Margin, Head + (rows * RowHeight)), columns * ColumnWidth);
        PngFile.Write(path, picture.Width, picture.Height, picture.Pixels);
    }

    private static void DrawRecording(Panel panel, AnalysedClip recording, int frame)
    {
        Skeleton skeleton = recording.Clip.Skeleton;
        ImmutableArray<Colour> colours = FigureColours.Of(skeleton, recording.Roles);
        Vector3[] positions = recording.Clip.PositionsWorld(frame);
        for (int joint = 1; joint < positions.Length; joint++)
        {
            panel.Bone(positions[skeleton.Joints[joint].Parent], positions[joint], colours[joint], 2.5f);
        }
    }

    private static void DrawCharacter(Panel panel, CharacterFigure figure)
    {
        figure.Draw(panel);
        foreach ((Vector3 place, Colour colour) in figure.RestingFeet)
        {
            panel.Mark(place with { Z = -0.06f }, colour, 3);
        }
    }
}
