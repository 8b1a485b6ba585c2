using System.Collections.Immutable;
using System.IO.Compression;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Npz;

/// <summary>
/// A NumPy archive (.npz): named arrays in a zip. Nothing is ever unpacked to disk, pickled objects are refused, and entries whose
/// names lead out of the archive, which unpack to far more than they hold or fail their checksum are errors.
/// </summary>
public sealed class NpzFile : IDisposable
{
    private const long UnsuspectedBytes = 64L << 20;
    private readonly string file;
    private readonly ReaderLimits limits;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries;

    private NpzFile(string file, ReaderLimits limits, ZipArchive archive, Dictionary<string, ZipArchiveEntry> entries) =>
        (this.file, this.limits, this.archive, this.entries) = (file, limits, archive, entries);

    /// <summary>Names of the arrays, without ".npy", in the order of the archive.</summary>
    public ImmutableArray<string> Names => [.. entries.Keys];

    /// <summary>Opens an archive and checks its list of entries.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">It is not there or no good archive.</exception>
    public static NpzFile Open(string path, ReaderLimits? limits = null) => Open(ClipFiles.Open(path), path, limits);

    /// <summary>Opens an archive from a stream that can seek, and closes it in the end.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="limits">What it may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">It is no good archive.</exception>
    public static NpzFile Open(Stream stream, string file, ReaderLimits? limits = null)
    {
        limits ??= ReaderLimits.Default;
        ZipArchive? archive = null;
        try
        {
            if (stream.Length > limits.FileBytes)
            {
                throw new InputException(file, 0, 0, $"the file is longer than {limits.FileBytes} bytes");
            }

            archive = Guarded(file, "it is not a zip archive, which .npz files are", () => new ZipArchive(stream, ZipArchiveMode.Read));
            Dictionary<string, ZipArchiveEntry> entries = Guarded(
                file, "the zip archive's list of entries is broken", () => Entries(archive, file, limits));
            return new NpzFile(file, limits, archive, entries);
        }
        catch
        {
            archive?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is an array of this name.</summary>
    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, without ".npy".</param>
    /// <exception cref="InputException">There is none, or it is broken, pickled or too large.</exception>
    public NpyArray Read(string name)
    {
        if (!entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw Missing(name);
        }

        return Guarded(file, $"array '{name}': its packed data is broken", () =>
        {
            try
            {
                using ChecksumStream content = new(entry.Open());
                NpyArray array = NpyFormat.Read(content, limits.FileBytes);
                return content.Checksum == entry.Crc32 ? array : throw Wrong(name, "its checksum is wrong: the data is damaged");
            }
            catch (FormatException failure)
            {
                throw Wrong(name, failure.Message);
            }
        });
    }

    /// <summary>Reads an array of finite numbers of a given shape.</summary>
    /// <param name="name">Its name, without ".npy".</param>
    /// <param name="shape">The wanted length of each axis, −1 where any will do.</param>
    /// <exception cref="InputException">It is missing, broken, of another shape, or holds a number that is not finite.</exception>
    public double[] ReadNumbers(string name, params ReadOnlySpan<int> shape) => ReadNumbers(name, out _, shape);

    /// <summary>As <see cref="ReadNumbers(string, ReadOnlySpan{int})"/>, and says which shape it is.</summary>
    /// <param name="name">Its name, without ".npy".</param>
    /// <param name="found">The shape.</param>
    /// <param name="shape">The wanted length of each axis, −1 where any will do.</param>
    /// <exception cref="InputException">It is missing, broken, of another shape, or holds a number that is not finite.</exception>
    public double[] ReadNumbers(string name, out ImmutableArray<int> found, params ReadOnlySpan<int> shape)
    {
        NpyArray array = Read(name);
        found = array.Shape;
        bool fits = found.Length == shape.Length;
        for (int axis = 0; fits && axis < shape.Length; axis++)
        {
            fits = shape[axis] < 0 || shape[axis] == found[axis];
        }

        if (!fits)
        {
            string wanted = string.Join(", ", shape.ToArray().Select(length => length < 0 ? "any" : $"{length}"));
            throw Wrong(name, $"wanted shape ({wanted}), found ({string.Join(", ", found)})");
        }

        return CheckNumbers(name, array);
    }

    /// <summary>The numbers of an array that was read; all must be finite and no further than 1e9 from zero.</summary>
    /// <exception cref="InputException">One is not, or it holds texts.</exception>
    internal double[] CheckNumbers(string name, NpyArray array)
    {
        if (array.Kind is NpyKind.Text or NpyKind.Bytes)
        {
            throw Wrong(name, "wanted numbers, found text");
        }

        double[] values = array.ToDoubles();
        int bad = Array.FindIndex(values, value => !(Math.Abs(value) <= TextTokens.Largest));
        return bad < 0 ? values
            : throw Wrong(name, $"element {bad} is {(double.IsFinite(values[bad]) ? "beyond ±1e9" : "not finite")}; repair the recording");
    }

    /// <summary>Reads texts, or a single one.</summary>
    /// <exception cref="InputException">It is missing, broken or holds numbers.</exception>
    public string[] ReadTexts(string name)
    {
        NpyArray array = Read(name);
        return array.Kind is NpyKind.Text or NpyKind.Bytes ? array.ToTexts() : throw Wrong(name, "wanted text, found numbers");
    }

    /// <summary>The error for an array.</summary>
    public InputException Wrong(string name, string problem) => new(file, 0, 0, $"array '{name}': {problem}");

    /// <summary>The error for an array that is not there.</summary>
    public InputException Missing(string name) => Wrong(name, $"it is missing; there are: {string.Join(", ", entries.Keys.Take(32))}");

    /// <summary>Closes the archive and its stream.</summary>
    public void Dispose() => archive.Dispose();

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, string file, ReaderLimits limits)
    {
        Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
        long total = 0;
        if (archive.Entries.Count > limits.ArchiveEntries)
        {
            throw new InputException(file, 0, 0, $"the archive has more than {limits.ArchiveEntries} entries");
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = entry.FullName;
            if (name.Length == 0 || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl)
                || name.Split('/').Any(part => part is "" or "." or ".."))
            {
                throw new InputException(
                    file, 0, 0, $"the archive has an entry with a forbidden name, {Printable(name)}; wanted plain relative names");
            }

            // The highest bits hold the Unix mode, in which 0xA000 marks a link.
            if (((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000)
            {
                throw new InputException(file, 0, 0, $"the archive's entry {Printable(name)} is a link; wanted arrays only");
            }

            total += entry.Length;
            bool isBomb = entry.Length > UnsuspectedBytes && entry.Length / limits.ArchiveRatio > entry.CompressedLength;
            if (isBomb || total > limits.FileBytes)
            {
                string size = $"{entry.Length} bytes from {entry.CompressedLength}";
                throw new InputException(file, 0, 0, $"the archive's entry {Printable(name)} unpacks to {size}: that is refused as a bomb");
            }

            string plain = name.EndsWith(".npy", StringComparison.Ordinal) ? name[..^4] : name;
            if (!entries.TryAdd(plain, entry))
            {
                throw new InputException(file, 0, 0, $"the archive has two entries {Printable(name)}");
            }
        }

        return entries;
    }

    private static string Printable(string name) =>
        $"'{string.Concat(name.Take(80).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter))}'";

    /// <summary>What the zip code throws on broken archives becomes one error.</summary>
    private static T Guarded<T>(string file, string problem, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (
            failure is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InputException(file, 0, 0, problem, failure);
        }
    }
}
