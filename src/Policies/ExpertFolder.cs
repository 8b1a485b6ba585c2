namespace Motion.Policies;

/// <summary>Experts in a folder: checkpoints that lie in it (<c>NAME.safetensors</c>), or the best ones of runs (<c>NAME/best.safetensors</c>).</summary>
public static class ExpertFolder
{
    /// <summary>Finds the checkpoints.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Which ones; all, in the order of their names, when there are none.</param>
    /// <returns>Paths.</returns>
    /// <exception cref="InputException">The folder is not there, holds none, or not that one; the nearest is named.</exception>
    public static IReadOnlyList<string> Find(string folder, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (string run in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
        {
            string best = Path.Combine(run, "best.safetensors");
            if (File.Exists(best))
            {
                found[Path.GetFileName(run)] = best;
            }
        }

        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.safetensors") : [])
        {
            found[Path.GetFileNameWithoutExtension(file)] = file;
        }

        return found.Count == 0 ? throw new InputException(folder, 0, 0, "there is no expert in this folder; './motion train expert' makes some")
            : names.Count == 0 ? [.. found.Values]
            : [.. names.Select(name => found.GetValueOrDefault(name) ?? throw Missing(folder, name, found.Keys))];
    }

    private static InputException Missing(string folder, string name, IEnumerable<string> known) =>
        new(folder, 0, 0, $"there is no expert '{name}' in this folder{(NearestName.Find(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : "")}");
}
