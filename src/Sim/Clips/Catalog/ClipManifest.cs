using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Catalog;

/// <summary>
/// Reads a collection's manifest, one JSON object a line: <c>id</c>, <c>file</c>, <c>start_frame</c>, <c>end_frame</c>, <c>captions</c>,
/// <c>added_captions</c>, <c>category</c>, <c>flags</c>, <c>licence</c>, <c>caption_licence</c>, <c>split</c>, <c>trial</c> and
/// <c>description</c>; other keys are passed over. Files are looked for beside the manifest, then beside its folder.
/// </summary>
public static class ClipManifest
{
    /// <summary>Reads a manifest as a catalogue, whose folder is the one that the files are relative to.</summary>
    /// <exception cref="InputException">It is not there or not good, or its files are not found.</exception>
    public static ClipCatalog Read(string path)
    {
        using FileStream stream = ClipFiles.Open(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        ImmutableArray<CatalogEntry> entries = Read(stream, path, Path.GetFileName(folder) + "_");
        string[] roots = [folder, Path.GetDirectoryName(folder) ?? folder];
        string root = roots.FirstOrDefault(root => entries.All(entry => File.Exists(Path.Combine(root, entry.File))))
            ?? throw new InputException(path, 0, 0, $"not all of its files are there: looked in {string.Join(" and ", roots.Distinct())}");
        return new ClipCatalog { Folder = root, Entries = entries, Licences = KnownLicences.Of(entries) };
    }

    /// <summary>Reads the rows of a manifest.</summary>
    /// <param name="stream">The text; it stays open.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="prefix">What is cut off the start of ids.</param>
    /// <exception cref="InputException">It is not good.</exception>
    public static ImmutableArray<CatalogEntry> Read(Stream stream, string file, string prefix)
    {
        TextLines lines = new(stream, file, ReaderLimits.Default);
        ImmutableArray<CatalogEntry>.Builder entries = ImmutableArray.CreateBuilder<CatalogEntry>();
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        while (lines.MoveNextFilled())
        {
            JsonText.Read(lines.Line, file, (ref JsonText json) => entries.Add(ReadRow(ref json, prefix, ids)), lines.Number);
        }

        return entries.Count > 0 ? entries.ToImmutable() : throw lines.Ended("a row");
    }

    private static CatalogEntry ReadRow(ref JsonText json, string prefix, HashSet<string> ids)
    {
        CatalogEntry entry = new() { Id = "", File = "" };
        (int start, int end) = (0, 0);
        (string trial, string description) = ("", "");
        json.Expect(JsonTokenType.StartObject, "{");
        while (json.Next("a key or }") != JsonTokenType.EndObject)
        {
            switch (json.Text("a key"))
            {
                case "id":
                    entry = entry with { Id = CatalogText.ReadId(ref json, prefix, ids) };
                    break;
                case "file":
                    entry = entry with { File = CatalogText.ReadFile(ref json) };
                    break;
                case "start_frame":
                    start = ReadWhole(ref json);
                    break;
                case "end_frame":
                    end = ReadWhole(ref json);
                    break;
                case "captions":
                    entry = entry with { Captions = [.. CatalogText.ReadTexts(ref json, "a caption"), .. entry.Captions] };
                    break;
                case "added_captions":
                    entry = entry with { Captions = [.. entry.Captions, .. ReadAddedCaptions(ref json)] };
                    break;
                case "category":
                    entry = entry with { Category = CatalogText.ReadTexts(ref json, "a category") };
                    break;
                case "flags":
                    entry = entry with { Flags = CatalogText.ReadTexts(ref json, "a flag") };
                    break;
                case "licence":
                    entry = entry with { Licence = CatalogText.ReadText(ref json, "a licence") };
                    break;
                case "caption_licence":
                    string licence = CatalogText.ReadText(ref json, "a licence");
                    entry = entry with { CaptionLicence = licence == "same as the project" ? "project" : licence };
                    break;
                case "split":
                    entry = entry with { Split = CatalogText.ReadSplit(ref json) };
                    break;
                case "trial":
                    trial = CatalogText.ReadText(ref json, "a trial");
                    break;
                case "description":
                    description = CatalogText.ReadText(ref json, "a description");
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return entry.Id.Length == 0 || entry.File.Length == 0 ? throw json.Wrong("the row has no id or no file")
            : start < 0 || end <= start ? throw json.Wrong($"wanted at least one frame, found {start} to {end}")
            : entry with
            {
                Span = new FrameSpan(start, end),
                Loop = entry.Flags.Contains("loop"),
                Source = trial.Length == 0 ? description : string.Create(CultureInfo.InvariantCulture, $"CMU trial {trial}: {description}"),
            };
    }

    private static int ReadWhole(ref JsonText json)
    {
        json.Next("a whole number");
        return json.Whole();
    }

    /// <summary>A list of captions, or only how many of the captions were added.</summary>
    private static ImmutableArray<string> ReadAddedCaptions(ref JsonText json) =>
        json.TryTakeNumber() ? [] : CatalogText.ReadTexts(ref json, "a caption");
}
