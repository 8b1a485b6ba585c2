using System.Collections.Immutable;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Catalog;

/// <summary>Copies a catalogue's motion files, as they were recorded, into one folder with a catalogue of their own.</summary>
public static class CatalogCopy
{
    /// <summary>Copies the files and writes the catalogue last, so that what it lists is there.</summary>
    /// <param name="source">The catalogue; BVH and .npz files only, for those stand alone.</param>
    /// <param name="folder">Where to; files of the same names are replaced.</param>
    /// <returns>The catalogue written.</returns>
    /// <exception cref="InputException">A file is missing, not good or shorter than its clip's span.</exception>
    /// <exception cref="MotionException">The folder cannot be written.</exception>
    public static ClipCatalog Write(ClipCatalog source, string folder)
    {
        ArgumentNullException.ThrowIfNull(source);
        Dictionary<string, string> names = NewNames(source.Entries);
        foreach (CatalogEntry entry in source.Entries)
        {
            source.ReadMotion(entry);
        }

        foreach ((string file, string name) in names)
        {
            using FileStream from = ClipFiles.Open(Path.Combine(source.Folder, file));
            AtomicFile.Write(Path.Combine(folder, name), from.CopyTo);
        }

        ClipCatalog copy = source with
        {
            Folder = Path.GetFullPath(folder),
            Entries = [.. source.Entries.Select(entry => entry with { File = names[entry.File] })],
        };
        copy.Write();
        return copy;
    }

    /// <summary>A file keeps its name; where two of different folders share one, the folders are put in front.</summary>
    private static Dictionary<string, string> NewNames(ImmutableArray<CatalogEntry> entries)
    {
        string[] files = [.. entries.Select(entry => entry.File).Distinct(StringComparer.Ordinal)];
        ILookup<string, string> byName = files.ToLookup(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase);
        return files.ToDictionary(
            file => file, file => byName[Path.GetFileName(file)].Count() == 1 ? Path.GetFileName(file) : file.Replace('/', '_'), StringComparer.Ordinal);
    }
}
