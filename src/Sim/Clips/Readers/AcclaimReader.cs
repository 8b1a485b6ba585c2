using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// Reads Acclaim motion (.amc) on its skeleton (.asf). The files tell no frame rate: 120 frames a second are assumed, as most of
/// the CMU database has, unless <see cref="ReaderOptions.FrameRate"/> tells.
/// </summary>
public static class AcclaimReader
{
    private const double UsualFrameRate = 120;

    /// <summary>Reads a motion file; its skeleton is looked for beside it unless the options name it.</summary>
    /// <param name="path">The .amc file.</param>
    /// <param name="options">What is known beside it; nothing when null.</param>
    /// <exception cref="InputException">A file is not there or not good, or the two do not fit.</exception>
    public static RawClip Read(string path, ReaderOptions? options = null)
    {
        options ??= ReaderOptions.Default;
        using FileStream motion = ClipFiles.Open(path);
        string skeletonFile = options.SkeletonFile ?? FindSkeleton(path);
        using FileStream skeleton = ClipFiles.Open(skeletonFile);
        return Read(motion, path, skeleton, skeletonFile, options);
    }

    /// <summary>Reads motion and skeleton from streams, which stay open.</summary>
    /// <param name="motion">The motion's text.</param>
    /// <param name="motionFile">Its name, for errors and the clip.</param>
    /// <param name="skeleton">The skeleton's text.</param>
    /// <param name="skeletonFile">Its name, for errors.</param>
    /// <param name="options">What is known beside them; nothing when null.</param>
    /// <exception cref="InputException">A text is not good, or the two do not fit.</exception>
    public static RawClip Read(Stream motion, string motionFile, Stream skeleton, string skeletonFile, ReaderOptions? options = null)
    {
        options ??= ReaderOptions.Default;
        AcclaimSkeleton bones = AcclaimSkeleton.Read(skeleton, skeletonFile, options.Limits);
        AcclaimMotion frames = AcclaimMotion.Read(motion, motionFile, bones, options.Limits);
        List<string> notes = [$"The skeleton is that of {Path.GetFileName(skeletonFile)}.", .. frames.Notes];
        if (options.FrameRate is null)
        {
            notes.Add(FormattableString.Invariant($"The file tells no frame rate; {UsualFrameRate} frames a second were assumed."));
        }

        return new RawClip
        {
            Name = ClipFiles.NameOf(motionFile),
            Format = ClipFormat.Acclaim,
            Skeleton = bones.Skeleton,
            FrameRate = options.FrameRate ?? UsualFrameRate,
            RootPositions = frames.RootPositions,
            Rotations = frames.Rotations,
            MetresPerUnit = bones.MetresPerUnit,
            Up = Vector3.UnitY,
            Notes = [.. notes],
        };
    }

    /// <summary>The skeleton of 07_01.amc is 07_01.asf, 07.asf, or the only one in the folder.</summary>
    private static string FindSkeleton(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] skeletons = [.. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file).Equals(".asf", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        string name = ClipFiles.NameOf(path);
        IEnumerable<string> fitting = skeletons.Where(file => name.StartsWith(ClipFiles.NameOf(file), StringComparison.OrdinalIgnoreCase));
        return fitting.MaxBy(file => file.Length) ?? (skeletons is [string only] ? only
            : throw new InputException(
                path, 0, 0, $"its skeleton is missing: wanted {name}.asf in the same folder, found {skeletons.Length} other .asf files"));
    }
}
