using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Distillation.Embedding;

/// <summary>Reads captioned clips from folders: packed libraries as they are, other catalogues by importing their files.</summary>
public sealed record EmbeddingClips
{
    /// <summary>Whose motions.</summary>
    public required Character Character { get; init; }

    /// <summary>Frames of features per second.</summary>
    public int FrameRate { get; init; } = 15;

    /// <summary>Threads for importing.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Reads the clips that have captions.</summary>
    /// <param name="folders">Folders that an import made, folders with a catalogue of motion files, manifests.</param>
    /// <param name="cancellation">Stops between clips.</param>
    /// <exception cref="InputException">A folder is not there or not good, holds no captioned clip, or two hold a clip of one name.</exception>
    public IReadOnlyList<EmbeddingClip> Read(IReadOnlyList<string> folders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folders);
        MotionFeatures features = new(Character, FrameRate);
        CharacterClipMirror mirror = new(Character);
        Dictionary<string, EmbeddingClip> clips = new(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in folders)
        {
            ClipCatalog catalog = InputFinder.Catalog(folder)
                ?? throw new InputException(folder, 0, 0, $"holds no {ClipCatalog.FileName}: captions are told there; import the motions, or name a folder with a catalogue");
            CatalogEntry[] entries = [.. catalog.Entries.Where(entry => !entry.Captions.IsEmpty)];
            foreach (CharacterClip motion in Motions(folder, entries, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                CatalogEntry entry = entries.First(entry => entry.Id == motion.Name);
                EmbeddingClip clip = new()
                {
                    Name = entry.Id,
                    Captions = entry.Captions,
                    Split = entry.Split,
                    Source = entry.Source,
                    Licence = entry.Licence,
                    Features = features.Of(motion),
                    Mirrored = features.Of(mirror.Mirror(motion, motion.Name)),
                };
                if (!clips.TryAdd(clip.Name, clip))
                {
                    throw new InputException(folder, 0, 0, $"clip '{clip.Name}' is in another of the folders too: import them together, or leave one out");
                }
            }
        }

        return clips.Count > 0 ? [.. clips.Values] : throw new InputException(string.Join(", ", folders), 0, 0, "there is no clip with captions");
    }

    private IEnumerable<CharacterClip> Motions(string folder, CatalogEntry[] entries, CancellationToken cancellation)
    {
        string packed = Path.Combine(folder, Character.Name + ImportFolder.LibraryEnding);
        return File.Exists(packed) ? FromLibrary(packed, entries) : Imported(folder, entries, cancellation);
    }

    private IEnumerable<CharacterClip> FromLibrary(string path, CatalogEntry[] entries)
    {
        using ClipLibrary library = ClipLibrary.Open(path, Character);
        foreach (CatalogEntry entry in entries)
        {
            int index = library.IndexOf(entry.Id);
            yield return index >= 0 ? Unpack(library, index)
                : throw new InputException(path, 0, 0, $"holds no clip '{entry.Id}', which {ClipCatalog.FileName} beside it has captions for: import the folder again");
        }
    }

    private CharacterClip Unpack(ClipLibrary library, int index)
    {
        LibraryClip clip = library.Clips[index];
        int count = Character.PositionCount;
        int[] clips = new int[clip.FrameCount];
        Array.Fill(clips, index);
        float[] columns = new float[count * clip.FrameCount];
        library.Sample(clips, [.. Enumerable.Range(0, clip.FrameCount).Select(frame => (float)(frame / clip.FrameRate))], columns);
        float[] positions = new float[columns.Length];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            for (int position = 0; position < count; position++)
            {
                positions[(frame * count) + position] = columns[(position * clip.FrameCount) + frame];
            }
        }

        return new CharacterClip
        {
            Name = clip.Name,
            Character = Character,
            FrameRate = clip.FrameRate,
            Positions = positions,
            Velocities = new float[clip.FrameCount * Character.VelocityCount],
            Contacts = new FootContacts[clip.FrameCount],
        };
    }

    private IEnumerable<CharacterClip> Imported(string folder, CatalogEntry[] entries, CancellationToken cancellation)
    {
        HashSet<string> wanted = [.. entries.Select(entry => entry.Id)];
        ImportInput[] inputs = [.. InputFinder.Find([folder], new ReaderOptions()).Inputs.Where(input => wanted.Contains(input.Entry.Id))];
        return inputs.Length == 0 ? []
            : new ImportRun { Character = Character, Threads = Threads }.Import(inputs, (_, _) => { }, cancellation).Clips.Select(clip => clip.Retargeted.Motion);
    }
}
