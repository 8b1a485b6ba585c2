using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Importing;

/// <summary>Finds the motions that files, folders, catalogues and manifests stand for.</summary>
public static class InputFinder
{
    private static readonly string[] MotionEndings = [".bvh", ".amc", ".npz", ".txt"];

    /// <summary>Finds them.</summary>
    /// <param name="paths">
    /// Motion files; folders with a catalogue or with motion files in them or below; catalogues (clips.json); manifests (.jsonl).
    /// </param>
    /// <param name="options">What is known beside the files.</param>
    /// <exception cref="InputException">A path is not there, holds no motion, or its catalogue is not good.</exception>
    public static ImportInputs Find(IReadOnlyList<string> paths, ReaderOptions options)
    {
        List<ImportInput> inputs = [];
        List<ClipLicence> licences = [];
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        foreach (string path in paths)
        {
            if (Catalog(path) is { } catalog)
            {
                inputs.AddRange(catalog.Entries.Select(entry => new ImportInput(
                    entry with { Id = NewId(entry.Id, ids), File = Path.Combine(catalog.Folder, entry.File) },
                    () => catalog.ReadMotion(entry, options.Limits))));
                licences.AddRange(catalog.Licences.Where(licence => !licences.Exists(known => known.Id == licence.Id)));
                continue;
            }

            foreach (string file in Directory.Exists(path) ? FilesBelow(path) : [path])
            {
                CatalogEntry entry = new() { Id = NewId(Path.GetFileNameWithoutExtension(file), ids), File = file };
                inputs.Add(new ImportInput(entry, () => ClipReaders.Open(file, options)));
            }
        }

        return new ImportInputs(inputs, licences);
    }

    /// <summary>The catalogue that a path is or holds; null when it is none.</summary>
    /// <exception cref="InputException">It is one, but not good.</exception>
    public static ClipCatalog? Catalog(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? ClipManifest.Read(path)
        : Path.GetFileName(path) == ClipCatalog.FileName || File.Exists(Path.Combine(path, ClipCatalog.FileName)) ? ClipCatalog.Read(path)
        : null;

    private static string[] FilesBelow(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(IsMotion).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files
            : throw new InputException(folder, 0, 0, $"there is no motion file in this folder; wanted {string.Join(", ", MotionEndings)}");
    }

    /// <summary>Whether a file of a folder is taken: a text only when it is JSON, for folders hold other texts too.</summary>
    private static bool IsMotion(string file)
    {
        string ending = Path.GetExtension(file).ToLowerInvariant();
        return MotionEndings.Contains(ending) && (ending != ".txt" || ClipReaders.IsJson(file));
    }

    /// <summary>A file's name as an id that is not taken: other letters become '_', a number is put behind.</summary>
    private static string NewId(string name, HashSet<string> taken)
    {
        const int Longest = 90;
        string id = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_'));
        id = id.Length > 0 && char.IsAsciiLetterOrDigit(id[0]) ? id : "clip" + id;
        id = id.Length > Longest ? id[..Longest] : id;
        string unique = id;
        for (int number = 2; !taken.Add(unique); number++)
        {
            unique = $"{id}-{number}";
        }

        return unique;
    }
}
