using System.Text.Json.Nodes;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Library;

namespace Motion.Cli.Inspection;

/// <summary>Prints many clips: a folder's catalogue, or a packed library.</summary>
internal static class CatalogInspection
{
    /// <summary>Prints a catalogue; the motion files are not read.</summary>
    public static JsonObject Print(ClipCatalog catalog, Output output)
    {
        int captions = catalog.Entries.Sum(entry => entry.Captions.Length);
        string[] licences = [.. catalog.Entries.Select(entry => entry.Licence).Distinct().Order(StringComparer.Ordinal)];
        output.Line($"{catalog.Folder}: {catalog.Entries.Length} clips, {captions} captions, licences: {string.Join(", ", licences.Select(Named))}");
        TextTable table = new("clip", "file", "for", "captions", "licence", "flags");
        foreach (CatalogEntry entry in catalog.Entries)
        {
            table.Add(entry.Id, entry.File, $"{entry.Split}".ToLowerInvariant(), $"{entry.Captions.Length}", Named(entry.Licence), string.Join(", ", entry.Flags));
        }

        output.Table(table);
        return new()
        {
            ["kind"] = "catalogue",
            ["folder"] = catalog.Folder,
            ["captions"] = captions,
            ["licences"] = new JsonArray([.. licences.Select(licence => JsonValue.Create(licence))]),
            ["clips"] = new JsonArray([.. catalog.Entries.Select(entry => JsonValue.Create(entry.Id))]),
        };
    }

    /// <summary>Prints a packed library.</summary>
    public static JsonObject Print(string path, ClipLibrary library, Output output)
    {
        double seconds = library.Clips.Sum(clip => clip.Duration);
        output.Line($"{path}: {library.Clips.Length} clips of '{library.Character.Name}', {seconds:0.0} s");
        TextTable table = new("clip", "frames", "per second", "seconds", "loop", "captions", "licence");
        foreach (LibraryClip clip in library.Clips)
        {
            table.Add(
                clip.Name, $"{clip.FrameCount}", $"{clip.FrameRate:0.###}", $"{clip.Duration:0.00}", clip.IsLoop ? "yes" : "no", $"{clip.Captions.Length}", Named(clip.Licence));
        }

        output.Table(table);
        return new()
        {
            ["kind"] = "library",
            ["character"] = library.Character.Name,
            ["seconds"] = seconds,
            ["clips"] = new JsonArray([.. library.Clips.Select(clip => new JsonObject
            {
                ["name"] = clip.Name,
                ["frames"] = clip.FrameCount,
                ["frame_rate"] = clip.FrameRate,
                ["loop"] = clip.IsLoop,
            })]),
        };
    }

    private static string Named(string licence) => licence.Length > 0 ? licence : "unknown";
}
