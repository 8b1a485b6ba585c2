using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Npz;

/// <summary>
/// This project's own archive of a clip: metres, Z up. Arrays: <c>format</c> (<see cref="FormatName"/>), <c>name</c>, <c>licence</c>
/// (texts), <c>captions</c> [caption], <c>joint_names</c> [joint], <c>joint_parents</c> [joint] (−1 for the root, parents first),
/// <c>joint_offsets</c> [joint, 3], <c>joint_is_end</c> [joint] (0 or 1), <c>frame_rate</c> (frames a second),
/// <c>root_positions</c> [frame, 3], <c>rotations</c> [frame, joint, 4] (unit quaternions w, x, y, z in the parent's frame).
/// Further arrays are passed over.
/// </summary>
public static class ClipNpz
{
    /// <summary>What the array <c>format</c> says.</summary>
    public const string FormatName = "motion-clip 1";

    private const double UnitTolerance = 1e-3;

    /// <summary>The arrays of a clip, in the order they are written.</summary>
    public static IReadOnlyList<KeyValuePair<string, NpyArray>> ToArrays(Clip clip)
    {
        ImmutableArray<SkeletonJoint> joints = clip.Skeleton.Joints;
        float[] rotations = [.. clip.Rotations.SelectMany(rotation => new[] { rotation.W, rotation.X, rotation.Y, rotation.Z })];
        return
        [
            new("format", NpyArray.Of(FormatName)),
            new("name", NpyArray.Of(clip.Name)),
            new("licence", NpyArray.Of(clip.Licence)),
            new("captions", NpyArray.Of(clip.Captions)),
            new("joint_names", NpyArray.Of([.. joints.Select(joint => joint.Name)])),
            new("joint_parents", NpyArray.Of([.. joints.Select(joint => joint.Parent)], joints.Length)),
            new("joint_offsets", NpyArray.Of(Flat(joints.Select(joint => joint.Offset)), joints.Length, 3)),
            new("joint_is_end", NpyArray.Of([.. joints.Select(joint => joint.IsEnd ? 1 : 0)], joints.Length)),
            new("frame_rate", NpyArray.Of(clip.FrameRate)),
            new("root_positions", NpyArray.Of(Flat(clip.RootPositions), clip.FrameCount, 3)),
            new("rotations", NpyArray.Of(rotations, clip.FrameCount, joints.Length, 4)),
        ];
    }

    /// <summary>Writes a clip, whole or not at all.</summary>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, Clip clip) => NpzWriter.Write(path, ToArrays(clip));

    /// <summary>Reads a clip's archive.</summary>
    /// <exception cref="InputException">It is not there or not a good archive of this kind.</exception>
    public static RawClip Read(string path, ReaderLimits? limits = null)
    {
        using NpzFile archive = NpzFile.Open(path, limits);
        return Read(archive, limits ?? ReaderLimits.Default);
    }

    /// <summary>Reads a clip from an open archive.</summary>
    /// <exception cref="InputException">It is not a good archive of this kind.</exception>
    public static RawClip Read(NpzFile archive, ReaderLimits limits)
    {
        string format = OneText(archive, "format");
        if (format != FormatName)
        {
            throw archive.Wrong("format", $"wanted '{FormatName}', found '{format}'");
        }

        ImmutableArray<SkeletonJoint> joints = Joints(archive, limits);
        double[] root = archive.ReadNumbers("root_positions", out ImmutableArray<int> shape, -1, 3);
        int frames = shape[0];
        if (ClipLimits.FrameProblem(frames, joints.Length, limits) is { } problem)
        {
            throw archive.Wrong("root_positions", problem);
        }

        double rate = archive.ReadNumbers("frame_rate")[0];
        return new RawClip
        {
            Name = OneText(archive, "name"),
            Format = ClipFormat.Npz,
            Skeleton = new Skeleton(joints),
            FrameRate = ClipLimits.IsFrameRate(rate) ? rate : throw archive.Wrong("frame_rate", ClipLimits.WrongFrameRate(rate)),
            RootPositions = Vectors(root),
            Rotations = Rotations(archive, frames, joints.Length),
            MetresPerUnit = 1,
            Up = Vector3.UnitZ,
            Licence = OneText(archive, "licence"),
            Captions = [.. archive.ReadTexts("captions")],
        };
    }

    private static string OneText(NpzFile archive, string name) => archive.ReadTexts(name) is [string text] ? text
        : throw archive.Wrong(name, "wanted one text, found a list");

    private static ImmutableArray<SkeletonJoint> Joints(NpzFile archive, ReaderLimits limits)
    {
        string[] names = archive.ReadTexts("joint_names");
        double[] parents = archive.ReadNumbers("joint_parents", names.Length);
        if (!Array.TrueForAll(parents, double.IsInteger))
        {
            throw archive.Wrong("joint_parents", "wanted whole numbers");
        }

        double[] offsets = archive.ReadNumbers("joint_offsets", names.Length, 3);
        double[] isEnd = archive.ReadNumbers("joint_is_end", names.Length);
        return ClipLimits.CheckJoints(
            [.. names.Select((name, i) => new SkeletonJoint(name, (int)parents[i], Vectors(offsets.AsSpan(i * 3, 3))[0], isEnd[i] != 0))],
            limits,
            problem => archive.Wrong("joint_names", problem));
    }

    private static Quaternion[] Rotations(NpzFile archive, int frames, int joints)
    {
        double[] values = archive.ReadNumbers("rotations", frames, joints, 4);
        Quaternion[] rotations = new Quaternion[frames * joints];
        for (int i = 0; i < rotations.Length; i++)
        {
            ReadOnlySpan<double> value = values.AsSpan(4 * i, 4);
            Quaternion rotation = new((float)value[1], (float)value[2], (float)value[3], (float)value[0]);
            rotations[i] = Math.Abs(rotation.Length() - 1) <= UnitTolerance ? Quaternion.Normalize(rotation)
                : throw archive.Wrong(
                    "rotations", $"the quaternion of frame {i / joints}, joint {i % joints} has length {rotation.Length()}, wanted 1");
        }

        return rotations;
    }

    private static Vector3[] Vectors(ReadOnlySpan<double> values)
    {
        Vector3[] vectors = new Vector3[values.Length / 3];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = new Vector3((float)values[3 * i], (float)values[(3 * i) + 1], (float)values[(3 * i) + 2]);
        }

        return vectors;
    }

    private static float[] Flat(IEnumerable<Vector3> vectors) => [.. vectors.SelectMany(vector => new[] { vector.X, vector.Y, vector.Z })];
}
