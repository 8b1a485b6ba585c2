using System.IO.Compression;

namespace Motion.Sim.Clips.Npz;

/// <summary>Writes NumPy archives (.npz); the same arrays give the same bytes.</summary>
public static class NpzWriter
{
    private static readonly DateTimeOffset FirstZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="arrays">The arrays with their names, in the order to write them.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, NpyArray>> arrays) =>
        AtomicFile.Write(path, stream => Write(stream, arrays));

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays with their names, in the order to write them.</param>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, NpyArray>> arrays)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.Optimal);
            entry.LastWriteTime = FirstZipTime;
            using Stream content = entry.Open();
            NpyFormat.Write(array, content);
        }
    }
}
