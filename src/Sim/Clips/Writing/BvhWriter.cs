using System.Globalization;
using System.Numerics;
using System.Text;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Writes a clip as BVH text: its skeleton's hierarchy with rest offsets, root position channels, and Zrotation Xrotation Yrotation of every joint, to a
/// millionth of a unit and of a degree. Angles run on from frame to frame without jumps of a full turn. BVH has no place
/// for a licence or captions.
/// </summary>
public static class BvhWriter
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>Writes a BVH file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clip">The clip; its rest pose becomes the file's.</param>
    /// <param name="axes">Unit and axes of the file; centimetres and Y up when null.</param>
    /// <exception cref="MotionException">The clip is not whole or the place cannot be written.</exception>
    public static void Write(string path, Clip clip, ExportAxes? axes = null)
    {
        ExportCheck.Demand(clip);
        AtomicFile.Write(path, stream => Write(stream, clip, axes));
    }

    /// <summary>Writes BVH text to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, Clip, ExportAxes?)"/>
    public static void Write(Stream stream, Clip clip, ExportAxes? axes = null)
    {
        ExportCheck.Demand(clip);
        axes ??= ExportAxes.CentimetresYUp;
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        int[] channelOrder = WriteHierarchy(writer, clip.Skeleton, axes);
        WriteFrames(writer, clip, axes, channelOrder);
    }

    /// <summary>Writes the joints and returns them in the order in which their channels follow one another.</summary>
    private static int[] WriteHierarchy(StreamWriter writer, Skeleton skeleton, ExportAxes axes)
    {
        string[] names = FileNames.Of(skeleton);
        ILookup<int, int> children = Enumerable.Range(1, skeleton.Joints.Length - 1).ToLookup(joint => skeleton.Joints[joint].Parent);
        List<int> order = [];
        // A stack of its own, not recursion: a rope of thousands of joints is a legal skeleton. −1 stands for a closing brace.
        Stack<(int Joint, int Depth)> open = new([(0, 0)]);
        writer.WriteLine("HIERARCHY");
        while (open.TryPop(out (int Joint, int Depth) next))
        {
            string indent = new('\t', next.Depth);
            if (next.Joint < 0)
            {
                writer.WriteLine($"{indent}}}");
                continue;
            }

            SkeletonJoint joint = skeleton.Joints[next.Joint];
            writer.WriteLine(joint.IsEnd ? $"{indent}End Site" : $"{indent}{(joint.Parent < 0 ? "ROOT" : "JOINT")} {names[next.Joint]}");
            writer.WriteLine($"{indent}{{");
            WriteOffset(writer, indent, joint.Offset, axes);
            open.Push((-1, next.Depth));
            if (joint.IsEnd)
            {
                continue;
            }

            order.Add(next.Joint);
            writer.Write($"{indent}\tCHANNELS ");
            writer.WriteLine(joint.Parent < 0 ? "6 Xposition Yposition Zposition Zrotation Xrotation Yrotation" : "3 Zrotation Xrotation Yrotation");
            if (!children[next.Joint].Any())
            {
                // Many tools want every chain closed; a mark of no length closes it without inventing a bone.
                writer.WriteLine($"{indent}\tEnd Site");
                writer.WriteLine($"{indent}\t{{");
                WriteOffset(writer, $"{indent}\t", Vector3.Zero, axes);
                writer.WriteLine($"{indent}\t}}");
            }

            foreach (int child in children[next.Joint].Reverse())
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return [.. order];
    }

    private static void WriteOffset(StreamWriter writer, string indent, Vector3 offset, ExportAxes axes)
    {
        StringBuilder row = new($"{indent}\tOFFSET");
        AppendPosition(row, offset, axes);
        writer.WriteLine(row);
    }

    private static void WriteFrames(StreamWriter writer, Clip clip, ExportAxes axes, int[] channelOrder)
    {
        writer.WriteLine("MOTION");
        writer.WriteLine(FormattableString.Invariant($"Frames: {clip.FrameCount}"));
        writer.WriteLine(FormattableString.Invariant($"Frame Time: {1 / clip.FrameRate:0.0###########}"));
        EulerAngles[] angles = new EulerAngles[clip.Skeleton.Joints.Length];
        StringBuilder row = new();
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            AppendPosition(row.Clear(), clip.RootPositions[frame], axes);
            ReadOnlySpan<Quaternion> rotations = clip.RotationsAt(frame);
            foreach (int joint in channelOrder)
            {
                angles[joint] = EulerAngles.Of(axes.Rotation(rotations[joint]), angles[joint]);
                AppendNumber(row, angles[joint].Z * DegreesPerRadian);
                AppendNumber(row, angles[joint].X * DegreesPerRadian);
                AppendNumber(row, angles[joint].Y * DegreesPerRadian);
            }

            writer.WriteLine(row);
        }
    }

    private static void AppendPosition(StringBuilder row, Vector3 metres, ExportAxes axes)
    {
        Vector3 position = axes.Direction(metres);
        AppendNumber(row, position.X * axes.UnitsPerMetre);
        AppendNumber(row, position.Y * axes.UnitsPerMetre);
        AppendNumber(row, position.Z * axes.UnitsPerMetre);
    }

    private static void AppendNumber(StringBuilder row, double value)
    {
        if (row.Length > 0)
        {
            row.Append(' ');
        }

        // Adding zero turns −0 into 0.
        row.Append(CultureInfo.InvariantCulture, $"{Math.Round(value, 6) + 0.0:0.######}");
    }
}
