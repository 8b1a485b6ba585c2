using System.Globalization;
using System.Numerics;
using System.Text;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Writes where every joint is as a table: <c>frame</c>, <c>time</c> (s), then for each joint its place in the world <c>name.x name.y name.z</c>
/// (m, Z up) and its rotation in the parent's frame <c>name.qw name.qx name.qy name.qz</c>. End sites have a place and no rotation.
/// Lines before the heading start with # and tell name, rate, licence and captions.
/// </summary>
public static class CsvJointsWriter
{
    /// <summary>Writes a table, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clip">The clip.</param>
    /// <exception cref="MotionException">The clip is not whole or the place cannot be written.</exception>
    public static void Write(string path, Clip clip)
    {
        ExportCheck.Demand(clip);
        AtomicFile.Write(path, stream => Write(stream, clip));
    }

    /// <summary>Writes a table to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, Clip)"/>
    public static void Write(Stream stream, Clip clip)
    {
        ExportCheck.Demand(clip);
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# clip: {OneLine(clip.Name)}");
        writer.WriteLine(FormattableString.Invariant($"# metres, seconds, Z up; {clip.FrameRate} frames per second"));
        writer.WriteLine($"# licence: {(clip.Licence.Length > 0 ? OneLine(clip.Licence) : "unknown")}");
        foreach (string caption in clip.Captions)
        {
            writer.WriteLine($"# caption: {OneLine(caption)}");
        }

        string[] names = FileNames.Of(clip.Skeleton);
        StringBuilder row = new("frame,time");
        for (int joint = 0; joint < names.Length; joint++)
        {
            string name = names[joint];
            row.Append(CultureInfo.InvariantCulture, $",{name}.x,{name}.y,{name}.z");
            if (!clip.Skeleton.Joints[joint].IsEnd)
            {
                row.Append(CultureInfo.InvariantCulture, $",{name}.qw,{name}.qx,{name}.qy,{name}.qz");
            }
        }

        writer.WriteLine(row);
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            Vector3[] places = clip.PositionsWorld(frame);
            ReadOnlySpan<Quaternion> rotations = clip.RotationsAt(frame);
            row.Clear().Append(CultureInfo.InvariantCulture, $"{frame},{frame / clip.FrameRate:0.######}");
            for (int joint = 0; joint < names.Length; joint++)
            {
                Append(row, places[joint].X, places[joint].Y, places[joint].Z);
                if (!clip.Skeleton.Joints[joint].IsEnd)
                {
                    Append(row, rotations[joint].W, rotations[joint].X, rotations[joint].Y, rotations[joint].Z);
                }
            }

            writer.WriteLine(row);
        }
    }

    private static void Append(StringBuilder row, params ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            row.Append(CultureInfo.InvariantCulture, $",{Math.Round((double)value, 7) + 0.0:0.#######}");
        }
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
