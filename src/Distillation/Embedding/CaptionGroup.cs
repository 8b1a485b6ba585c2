using System.Collections.Immutable;
using System.Text.Json;

namespace Motion.Distillation.Embedding;

/// <summary>Captions of one clip, which say the same in different words.</summary>
/// <param name="Id">Identity of the clip.</param>
/// <param name="Captions">The captions, at least one.</param>
public sealed record CaptionGroup(string Id, ImmutableArray<string> Captions)
{
    /// <summary>
    /// Reads captions, one JSON object a line: <c>{"id": "000001", "captions": [{"text": "a person jumps"}, "a man hops"]}</c>. A caption with
    /// times of its own (<c>start_s</c>) is about a part, and is a group by itself; other keys are passed over.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is not there, or a line is not so.</exception>
    public static IReadOnlyList<CaptionGroup> Read(string path)
    {
        List<CaptionGroup> groups = [];
        int line = 0;
        try
        {
            foreach (string text in File.ReadLines(path))
            {
                line++;
                if (text.Length > 0)
                {
                    groups.AddRange(ReadLine(text));
                }
            }
        }
        catch (JsonException problem)
        {
            throw new InputException(path, line, (int)(problem.BytePositionInLine ?? 0) + 1, "is not JSON", problem);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException(path, line, 1, "wanted {\"id\": …, \"captions\": [{\"text\": …}, …]}", problem);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, "there is no such file, or it may not be read", problem);
        }

        return groups.Count > 0 ? groups : throw new InputException(path, 0, 0, "holds no caption");
    }

    private static List<CaptionGroup> ReadLine(string text)
    {
        // Python writes numbers that are none as NaN, which JSON does not know.
        using JsonDocument json = JsonDocument.Parse(text.Replace(": NaN", ": null", StringComparison.Ordinal));
        string id = json.RootElement.GetProperty("id").GetString() ?? "";
        List<string> whole = [];
        List<CaptionGroup> groups = [];
        foreach (JsonElement caption in json.RootElement.GetProperty("captions").EnumerateArray())
        {
            bool isObject = caption.ValueKind == JsonValueKind.Object;
            string words = (isObject ? caption.GetProperty("text") : caption).GetString() ?? "";
            if (string.IsNullOrWhiteSpace(words))
            {
                continue;
            }

            if (isObject && caption.TryGetProperty("start_s", out _))
            {
                groups.Add(new CaptionGroup($"{id}@{groups.Count}", [words]));
            }
            else
            {
                whole.Add(words);
            }
        }

        if (whole.Count > 0)
        {
            groups.Add(new CaptionGroup(id, [.. whole]));
        }

        return groups;
    }
}
