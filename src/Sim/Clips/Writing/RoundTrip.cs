using System.Globalization;
using System.Numerics;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Writing;

/// <summary>What a motion loses on its way through each kind of file.</summary>
/// <param name="Bvh">Through BVH in centimetres, Y up.</param>
/// <param name="BvhZUp">Through BVH in metres, Z up.</param>
/// <param name="Gltf">Through binary glTF.</param>
/// <param name="Npz">Through the archive of a clip.</param>
/// <param name="CsvPosition">Largest distance between a joint's place and the table's, m.</param>
public sealed record RoundTrip(ClipDifference Bvh, ClipDifference BvhZUp, ClipDifference Gltf, ClipDifference Npz, double CsvPosition)
{
    /// <summary>Most that a joint may turn through BVH or glTF, rad.</summary>
    public const double RotationLimit = 1e-4;

    /// <summary>Most that a joint may move through any file, m.</summary>
    public const double PositionLimit = 1e-4;

    /// <summary>Whether every difference is within the limits.</summary>
    public bool IsWithinLimits => CsvPosition <= PositionLimit
        && new[] { Bvh, BvhZUp, Gltf, Npz }.All(difference => difference.LargestRotation <= RotationLimit && difference.LargestPosition <= PositionLimit);

    /// <summary>Writes a motion in every format, reads it back and compares.</summary>
    /// <param name="motion">The motion; its rig is not regarded.</param>
    /// <param name="folder">Where the files are left.</param>
    /// <exception cref="MotionException">A file could not be written, or came back with other joints or frames.</exception>
    public static RoundTrip Measure(ExportMotion motion, string folder)
    {
        ArgumentNullException.ThrowIfNull(motion);
        Clip clip = motion.Clip;
        string PathOf(string ending) => Path.Combine(folder, clip.Name + ending);
        string[] paths = [.. MotionExport.Endings.Select(PathOf)];
        MotionExport.Write(paths, motion with { Rig = null });
        BvhWriter.Write(PathOf("_z_up.bvh"), clip, ExportAxes.MetresZUp);
        return new RoundTrip(
            ClipDifference.Between(clip, ExportAxes.CentimetresYUp.Inside(BvhReader.Read(PathOf(".bvh")))),
            ClipDifference.Between(clip, ExportAxes.MetresZUp.Inside(BvhReader.Read(PathOf("_z_up.bvh")))),
            ClipDifference.Between(clip, GltfReadBack.Read(PathOf(".glb"))),
            ClipDifference.Between(clip, ExportAxes.MetresZUp.Inside(ClipNpz.Read(PathOf(".npz")))),
            CsvDifference(clip, PathOf(".csv")));
    }

    private static double CsvDifference(Clip clip, string path)
    {
        string[][] rows = [.. File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(','))];
        string[] names = FileNames.Of(clip.Skeleton);
        int[] columns = [.. names.Select(name => Array.IndexOf(rows[0], $"{name}.x"))];
        if (rows.Length != clip.FrameCount + 1 || columns.Contains(-1))
        {
            throw new MotionException(ExitCode.NumericFailure, $"{path}: wanted {clip.FrameCount} rows and a column for each of {names.Length} joints");
        }

        double largest = 0;
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            float Number(int column) => float.Parse(rows[frame + 1][column], CultureInfo.InvariantCulture);
            Vector3[] places = clip.PositionsWorld(frame);
            for (int joint = 0; joint < places.Length; joint++)
            {
                Vector3 read = new(Number(columns[joint]), Number(columns[joint] + 1), Number(columns[joint] + 2));
                largest = Math.Max(largest, Vector3.Distance(places[joint], read));
            }
        }

        return largest;
    }
}
