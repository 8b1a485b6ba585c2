using System.Globalization;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Viewer.Sheets;

/// <summary>
/// One image to judge an import by: the recording's skeleton, the character obliquely and from its left, at eight times along the clip, over the
/// ground line; below, the root's speed and which feet rest. Left is blue, right is red. Needs no window and no graphics driver.
/// </summary>
public static class CheckSheet
{
    private const int Columns = 8;
    private const int ColumnWidth = 150;
    private const int RowHeight = 210;
    private const int Head = 16;
    private const int Foot = 84;
    private const int Margin = 4;

    /// <summary>Draws the sheet of one clip and writes it as PNG.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="recording">What was recorded.</param>
    /// <param name="clip">What became of it, at any rate.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, AnalysedClip recording, CharacterClip clip)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(clip);
        Picture picture = new((Columns * ColumnWidth) + (2 * Margin), Head + (3 * RowHeight) + Foot);
        picture.Text(Margin, 5, string.Create(
            CultureInfo.InvariantCulture,
            $"{clip.Name}  {clip.Duration:0.00} s  {clip.FrameRate:0.##} fps  height {recording.Report.Height:0.00} m  sure {recording.Report.Confidence * 100:0} %"), Colour.Ink);
        Vector3[] positions = new Vector3[clip.Character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[positions.Length];
        float heading = StartHeading(clip);
        for (int column = 0; column < Columns; column++)
        {
            double time = clip.Duration * column / (Columns - 1);
            int frame = Math.Clamp((int)Math.Round(time * clip.FrameRate), 0, clip.FrameCount - 1);
            int recorded = Math.Clamp((int)Math.Round(time * recording.Clip.FrameRate), 0, recording.Clip.FrameCount - 1);
            int left = Margin + (column * ColumnWidth);
            DrawRecording(new Panel(picture, left, Head, (ColumnWidth, RowHeight), recording.Clip.RootPositions[recorded], heading + 2.5f), recording, recorded);
            ForwardKinematics.Compute(clip.Character, clip.PositionsAt(frame), positions, rotations);
            Vector3 root = positions[0];
            DrawCharacter(new Panel(picture, left, Head + RowHeight, (ColumnWidth, RowHeight), root, heading + 2.5f), clip, frame, positions, rotations);
            DrawCharacter(new Panel(picture, left, Head + (2 * RowHeight), (ColumnWidth, RowHeight), root, heading - (MathF.PI / 2)), clip, frame, positions, rotations);
            picture.Text(left + 4, Head + (3 * RowHeight) - 8, string.Create(CultureInfo.InvariantCulture, $"{time:0.00} s"), Colour.Middle);
        }

        DrawTimeline(picture, clip);
        PngFile.Write(path, picture.Width, picture.Height, picture.Pixels);
    }

    private static float StartHeading(CharacterClip clip)
    {
        Vector3 forward = Vector3.Transform(Vector3.UnitX, PositionVector.Rotation(clip.Character.Joints.First(joint => joint.Kind == JointKind.Free), clip.PositionsAt(0)));
        return MathF.Atan2(forward.Y, forward.X);
    }

    private static void DrawRecording(Panel panel, AnalysedClip recording, int frame)
    {
        panel.Ground(Colour.Ink);
        Skeleton skeleton = recording.Clip.Skeleton;
        Vector3[] positions = recording.Clip.PositionsWorld(frame);
        for (int joint = 1; joint < positions.Length; joint++)
        {
            panel.Bone(positions[skeleton.Joints[joint].Parent], positions[joint], SideOf(skeleton, recording.Roles, joint), 2.5f);
        }
    }

    private static Colour SideOf(Skeleton skeleton, JointRoles roles, int joint)
    {
        for (; joint >= 0; joint = skeleton.Joints[joint].Parent)
        {
            int role = roles.Joints.IndexOf(joint);
            if (role >= 0)
            {
                return (JointRole)role < JointRole.LeftClavicle ? Colour.Middle : ((JointRole)role).IsLeft() ? Colour.Left : Colour.Right;
            }
        }

        return Colour.Middle;
    }

    private static void DrawCharacter(Panel panel, CharacterClip clip, int frame, Vector3[] positions, Quaternion[] rotations)
    {
        panel.Ground(Colour.Ink);
        JointRoles roles = RoleFinder.Find(SkeletonOf(clip.Character));
        foreach (Shape shape in clip.Character.Shapes.Where(shape => shape.Body >= 0))
        {
            Solids.Draw(panel, shape, positions[shape.Body], rotations[shape.Body], SideOf(SkeletonOf(clip.Character), roles, shape.Body));
        }

        FootContacts contacts = clip.Contacts[frame];
        for (int side = 0; side < 2; side++)
        {
            if ((contacts & (side == 0 ? FootContacts.Left : FootContacts.Right)) != 0)
            {
                panel.Mark(positions[roles[JointRole.LeftFoot + side]] with { Z = -0.06f }, side == 0 ? Colour.Left : Colour.Right, 3);
            }
        }
    }

    private static Skeleton SkeletonOf(Character character) =>
        new([.. character.Bodies.Select(body => new SkeletonJoint(body.Name, body.Parent, body.Position))]);

    private static void DrawTimeline(Picture picture, CharacterClip clip)
    {
        int top = Head + (3 * RowHeight);
        int width = Columns * ColumnWidth;
        float[] speeds = [.. Enumerable.Range(0, clip.FrameCount).Select(frame => new Vector2(clip.VelocitiesAt(frame)[0], clip.VelocitiesAt(frame)[1]).Length())];
        float most = Math.Max(1, MathF.Ceiling(speeds.Max()));
        float Row(float speed) => top + 48 - (44 * speed / most);
        float Column(int frame) => Margin + (width * frame / MathF.Max(1, clip.FrameCount - 1));
        picture.Line(Margin, Row(0), Margin + width, Row(0), Colour.Faint);
        picture.Text(Margin, top + 2, string.Create(CultureInfo.InvariantCulture, $"{most:0} m/s"), Colour.Middle);
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
    }
}
