using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Clips.Catalog;

/// <summary>A catalogue as JSON.</summary>
internal static class CatalogText
{
    private const int LongestId = 100;
    private static readonly ImmutableArray<string> CatalogKeys = ["format", "licences", "clips"];
    private static readonly ImmutableArray<string> LicenceKeys = ["id", "terms", "acknowledgement"];
    private static readonly ImmutableArray<string> ClipKeys =
        ["id", "file", "span", "frameRate", "captions", "category", "flags", "licence", "captionLicence", "split", "loop", "source"];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a catalogue.</summary>
    /// <exception cref="InputException">It is not good.</exception>
    public static ClipCatalog Read(Stream stream, string file)
    {
        byte[] text = JsonText.ReadAll(stream, file, ReaderLimits.Default);
        ClipCatalog catalog = new() { Folder = Path.GetDirectoryName(Path.GetFullPath(file))!, Entries = [] };
        JsonText.Read(text, file, (ref JsonText json) => catalog = ReadCatalog(ref json, catalog));
        return catalog;
    }

    /// <summary>Writes a catalogue as UTF-8, a row a clip, absent values left out.</summary>
    public static byte[] Write(ClipCatalog catalog)
    {
        StringBuilder text = new();
        text.Append("{\n\"format\": ").Append(Quoted(ClipCatalog.FormatName));
        text.Append(",\n\"licences\": [\n").AppendJoin(",\n", catalog.Licences.Select(licence =>
            $"{{\"id\": {Quoted(licence.Id)}, \"terms\": {Quoted(licence.Terms)}, \"acknowledgement\": {Quoted(licence.Acknowledgement)}}}"));
        text.Append("\n],\n\"clips\": [\n").AppendJoin(",\n", catalog.Entries.Select(Row)).Append("\n]\n}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Row(CatalogEntry entry)
    {
        List<string> parts = [$"\"id\": {Quoted(entry.Id)}", $"\"file\": {Quoted(entry.File)}"];
        void Add(string key, bool isThere, string value)
        {
            if (isThere)
            {
                parts.Add($"\"{key}\": {value}");
            }
        }

        Add("span", entry.Span is not null, $"[{entry.Span?.Start}, {entry.Span?.End}]");
        Add("frameRate", entry.FrameRate is not null, entry.FrameRate?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add("captions", !entry.Captions.IsEmpty, List(entry.Captions));
        Add("category", !entry.Category.IsEmpty, List(entry.Category));
        Add("flags", !entry.Flags.IsEmpty, List(entry.Flags));
        Add("licence", entry.Licence.Length > 0, Quoted(entry.Licence));
        Add("captionLicence", entry.CaptionLicence.Length > 0, Quoted(entry.CaptionLicence));
        Add("split", true, entry.Split == ClipSplit.Train ? "\"train\"" : "\"val\"");
        Add("loop", entry.Loop, "true");
        Add("source", entry.Source.Length > 0, Quoted(entry.Source));
        return $"{{{string.Join(", ", parts)}}}";
    }

    private static string List(ImmutableArray<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);

    private static ClipCatalog ReadCatalog(ref JsonText json, ClipCatalog catalog)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        json.Expect(JsonTokenType.StartObject, "{");
        while (NextKey(ref json, CatalogKeys, seen) is { } key)
        {
            catalog = key switch
            {
                "format" => ReadFormat(ref json, catalog),
                "licences" => catalog with { Licences = ReadRows(ref json, ReadLicence) },
                _ => catalog with { Entries = ReadRows(ref json, ReadClip) },
            };
        }

        Require(ref json, "format", seen);
        Require(ref json, "clips", seen);
        return catalog;
    }

    private static ClipCatalog ReadFormat(ref JsonText json, ClipCatalog catalog)
    {
        string format = ReadText(ref json, ClipCatalog.FormatName);
        return format == ClipCatalog.FormatName ? catalog : throw json.Wrong($"wanted format '{ClipCatalog.FormatName}', found '{format}'");
    }

    private delegate T RowReader<T>(ref JsonText json, HashSet<string> ids);

    private static ImmutableArray<T> ReadRows<T>(ref JsonText json, RowReader<T> readRow)
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<T>.Builder rows = ImmutableArray.CreateBuilder<T>();
        json.Expect(JsonTokenType.StartArray, "a list, [");
        while (json.Next("a row, {, or ]") != JsonTokenType.EndArray)
        {
            json.Require(JsonTokenType.StartObject, "a row, {,");
            rows.Add(readRow(ref json, ids));
        }

        return rows.ToImmutable();
    }

    private static ClipLicence ReadLicence(ref JsonText json, HashSet<string> ids)
    {
        ClipLicence licence = new("", "", "");
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (NextKey(ref json, LicenceKeys, seen) is { } key)
        {
            licence = key switch
            {
                "id" => licence with { Id = ReadLicenceId(ref json, ids) },
                "terms" => licence with { Terms = ReadText(ref json, "the terms") },
                _ => licence with { Acknowledgement = ReadText(ref json, "an acknowledgement") },
            };
        }

        Require(ref json, "id", seen);
        return licence;
    }

    private static CatalogEntry ReadClip(ref JsonText json, HashSet<string> ids)
    {
        CatalogEntry entry = new() { Id = "", File = "" };
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (NextKey(ref json, ClipKeys, seen) is { } key)
        {
            entry = key switch
            {
                "id" => entry with { Id = ReadId(ref json, "", ids) },
                "file" => entry with { File = ReadFile(ref json) },
                "span" => entry with { Span = ReadSpan(ref json) },
                "frameRate" => entry with { FrameRate = ReadFrameRate(ref json) },
                "captions" => entry with { Captions = ReadTexts(ref json, "a caption") },
                "category" => entry with { Category = ReadTexts(ref json, "a category") },
                "flags" => entry with { Flags = ReadTexts(ref json, "a flag") },
                "licence" => entry with { Licence = ReadText(ref json, "a licence") },
                "captionLicence" => entry with { CaptionLicence = ReadText(ref json, "a licence") },
                "split" => entry with { Split = ReadSplit(ref json) },
                "loop" => entry with { Loop = ReadTruth(ref json) },
                _ => entry with { Source = ReadText(ref json, "the source") },
            };
        }

        Require(ref json, "id", seen);
        Require(ref json, "file", seen);
        return entry;
    }

    private static string? NextKey(ref JsonText json, ImmutableArray<string> known, HashSet<string> seen)
    {
        if (json.Next("a key or }") == JsonTokenType.EndObject)
        {
            return null;
        }

        string key = json.Text("a key");
        if (!known.Contains(key))
        {
            string hint = NearestName.Find(key, known) is { } near ? $"did you mean '{near}'?" : $"there are: {string.Join(", ", known)}";
            throw json.Wrong($"there is no key '{key}' here; {hint}");
        }

        return seen.Add(key) ? key : throw json.Wrong($"the key '{key}' is there twice");
    }

    private static void Require(ref JsonText json, string key, HashSet<string> seen)
    {
        if (!seen.Contains(key))
        {
            throw json.Wrong($"the key '{key}' is missing in what ends here");
        }
    }

    /// <summary>A text without control characters.</summary>
    public static string ReadText(ref JsonText json, string wanted)
    {
        json.Next(wanted);
        string text = json.Text(wanted);
        return text.Any(char.IsControl) ? throw json.Wrong($"wanted {wanted}, found a control character in it") : text;
    }

    /// <summary>A list of texts that are not empty.</summary>
    public static ImmutableArray<string> ReadTexts(ref JsonText json, string wanted)
    {
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        json.Expect(JsonTokenType.StartArray, "a list, [");
        while (json.Next($"{wanted} or ]") != JsonTokenType.EndArray)
        {
            string text = json.Text(wanted);
            texts.Add(!string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl) ? text
                : throw json.Wrong($"wanted {wanted}, found an empty one or one with a control character"));
        }

        return texts.ToImmutable();
    }

    private static string ReadLicenceId(ref JsonText json, HashSet<string> ids)
    {
        string id = ReadText(ref json, "an id");
        return id.Length > 0 && ids.Add(id) ? id : throw json.Wrong($"the licence '{id}' is empty or there already");
    }

    /// <summary>An id that is not among those seen, less a prefix.</summary>
    public static string ReadId(ref JsonText json, string prefix, HashSet<string> ids)
    {
        string id = ReadText(ref json, "an id");
        id = id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;
        if (!IsId(id))
        {
            throw json.Wrong(
                $"wanted an id of 1 to {LongestId} letters, digits, '.', '_' and '-' that starts with a letter or digit, found '{id}'");
        }

        return ids.Add(id) ? id : throw json.Wrong($"the id '{id}' is there already");
    }

    /// <summary>Whether a text can be an id: safe as the name of a file.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>A file inside the folder.</summary>
    public static string ReadFile(ref JsonText json)
    {
        string file = ReadText(ref json, "a file");
        return !file.Contains('\\') && !file.Contains(':') && !file.Split('/').Any(part => part is "" or "." or "..") ? file
            : throw json.Wrong($"wanted a file inside the catalogue's folder, with forward slashes, found '{file}'");
    }

    private static FrameSpan ReadSpan(ref JsonText json)
    {
        json.Expect(JsonTokenType.StartArray, "[first frame, frame after the last]");
        json.Next("the first frame");
        int start = json.Whole();
        json.Next("the frame after the last");
        int end = json.Whole();
        json.Expect(JsonTokenType.EndArray, "]");
        return start >= 0 && end > start ? new FrameSpan(start, end)
            : throw json.Wrong($"wanted a span of at least one frame from 0, found [{start}, {end}]");
    }

    private static double ReadFrameRate(ref JsonText json)
    {
        json.Next("frames a second");
        double rate = json.Number();
        return ClipLimits.IsFrameRate(rate) ? rate : throw json.Wrong(ClipLimits.WrongFrameRate(rate));
    }

    /// <summary>A split.</summary>
    public static ClipSplit ReadSplit(ref JsonText json)
    {
        string split = ReadText(ref json, "train or val");
        return split == "train" ? ClipSplit.Train
            : split == "val" ? ClipSplit.Validation
            : throw json.Wrong($"wanted train or val, found '{split}'");
    }

    private static bool ReadTruth(ref JsonText json)
    {
        json.Next("true or false");
        return json.Truth();
    }
}
