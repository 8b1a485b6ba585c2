using System.Collections.Immutable;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Catalog;

/// <summary>
/// The clips of a folder, from its <c>clips.json</c>: <c>{"format": "motion-catalogue 1", "licences": […], "clips": […]}</c>. Each
/// clip is a row with <c>id</c> and <c>file</c>, and if wanted <c>span</c> [first frame, frame after the last], <c>frameRate</c>,
/// <c>captions</c>, <c>category</c>, <c>flags</c>, <c>licence</c>, <c>captionLicence</c>, <c>split</c> (train or val), <c>loop</c> and
/// <c>source</c>.
/// </summary>
public sealed record ClipCatalog
{
    /// <summary>Name of the file in its folder.</summary>
    public const string FileName = "clips.json";

    /// <summary>What the key <c>format</c> says.</summary>
    public const string FormatName = "motion-catalogue 1";

    /// <summary>The folder that the clips' files are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>The clips, in the order of the file.</summary>
    public required ImmutableArray<CatalogEntry> Entries { get; init; }

    /// <summary>The licences whose terms are known.</summary>
    public ImmutableArray<ClipLicence> Licences { get; init; } = [];

    /// <summary>Reads a catalogue; the motion files are not touched.</summary>
    /// <param name="path">The file, or the folder that holds <c>clips.json</c>.</param>
    /// <exception cref="InputException">It is not there or not good; a key that is not known names the nearest.</exception>
    public static ClipCatalog Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        using FileStream stream = ClipFiles.Open(file);
        return Read(stream, file);
    }

    /// <summary>Reads a catalogue from a stream.</summary>
    /// <param name="stream">The text; it stays open.</param>
    /// <param name="file">Its path, for errors and for the folder.</param>
    /// <exception cref="InputException">It is not good.</exception>
    public static ClipCatalog Read(Stream stream, string file) => CatalogText.Read(stream, file);

    /// <summary>Writes <c>clips.json</c> into <see cref="Folder"/>, whole or not at all: a row a clip, always the same bytes.</summary>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public void Write() => AtomicFile.Write(Path.Combine(Folder, FileName), stream => stream.Write(CatalogText.Write(this)));

    /// <summary>Finds a clip.</summary>
    /// <param name="id">Its identity.</param>
    /// <exception cref="InputException">There is none; the nearest is named.</exception>
    public CatalogEntry Find(string id)
    {
        if (Entries.FirstOrDefault(entry => entry.Id == id) is { } found)
        {
            return found;
        }

        string hint = NearestName.Find(id, Entries.Select(entry => entry.Id)) is { } near ? $"; did you mean '{near}'?" : "";
        throw new InputException(Path.Combine(Folder, FileName), 0, 0, $"there is no clip '{id}'{hint}");
    }

    /// <summary>Reads a clip's motion, cut to its span, with its captions and licence.</summary>
    /// <param name="entry">The clip.</param>
    /// <param name="limits">What its file may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">The file is not there or not good, or is shorter than the span.</exception>
    public RawClip ReadMotion(CatalogEntry entry, ReaderLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string path = Path.Combine(Folder, entry.File);
        RawClip whole = ClipReaders.Open(path, new ReaderOptions { FrameRate = entry.FrameRate, Limits = limits ?? ReaderLimits.Default });
        FrameSpan span = entry.Span ?? new FrameSpan(0, whole.FrameCount);
        if (span.End > whole.FrameCount)
        {
            throw new InputException(
                Path.Combine(Folder, FileName), 0, 0, $"clip '{entry.Id}' ends at frame {span.End}, {entry.File} has {whole.FrameCount}");
        }

        return whole.Cut(span.Start, span.Count) with
        {
            Name = entry.Id,
            Captions = entry.Captions.IsEmpty ? whole.Captions : entry.Captions,
            Licence = entry.Licence.Length == 0 ? whole.Licence : entry.Licence,
            Loops = entry.Loop ? true : whole.Loops,
        };
    }
}
