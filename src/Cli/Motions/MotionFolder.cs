using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Readers;

namespace Motion.Cli.Motions;

/// <summary>The shipped clips, and finding a clip or file that was named on the command line.</summary>
internal static class MotionFolder
{
    /// <summary>The folder of shipped clips: the nearest <c>motions/</c> with a catalogue upwards of the program.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Shipped() => ShippedPath.Find("motions", ClipCatalog.FileName) is { } catalog
        ? Path.GetDirectoryName(catalog)!
        : throw new MotionException(ExitCode.MissingComponent, $"no folder motions/ with {ClipCatalog.FileName} is above {AppContext.BaseDirectory}: name a file, or a folder with --motions");

    /// <summary>The recording in that file, or the clip of that id in the folder's catalogue.</summary>
    /// <param name="fileOrId">A path or an id.</param>
    /// <param name="folder">A folder with a catalogue; the shipped clips when null.</param>
    /// <exception cref="InputException">It is neither, or the file is wrong.</exception>
    public static RawClip Read(string fileOrId, string? folder)
    {
        if (File.Exists(fileOrId) || fileOrId.Contains('/') || fileOrId.Contains('\\'))
        {
            return ClipReaders.Open(fileOrId);
        }

        ClipCatalog catalog = ClipCatalog.Read(folder ?? Shipped());
        return catalog.ReadMotion(catalog.Find(fileOrId));
    }

    /// <summary>Motions to import that were named on the command line: files, and clips of the folder's catalogue.</summary>
    /// <param name="names">Paths and ids; the whole catalogue when there are none.</param>
    /// <param name="folder">A folder with a catalogue; the shipped clips when null.</param>
    /// <exception cref="InputException">A name is neither, or the catalogue is wrong.</exception>
    public static IReadOnlyList<ImportInput> Inputs(IReadOnlyList<string> names, string? folder)
    {
        IReadOnlyList<ImportInput> catalog = InputFinder.Find([folder ?? Shipped()], new ReaderOptions()).Inputs;
        return names.Count == 0 ? catalog : [.. names.Select(Input)];

        ImportInput Input(string name)
        {
            if (catalog.FirstOrDefault(input => input.Entry.Id == name) is { } known)
            {
                return known;
            }

            if (File.Exists(name))
            {
                return InputFinder.Find([name], new ReaderOptions()).Inputs.Single();
            }

            string? nearest = NearestName.Find(name, catalog.Select(input => input.Entry.Id));
            throw new InputException(name, 0, 0, $"there is no such file, nor a clip of that name{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
        }
    }
}
