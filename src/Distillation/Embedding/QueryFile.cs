namespace Motion.Distillation.Embedding;

/// <summary>Reads queries that anyone brings: comma-separated values with the columns <c>sentence</c> and <c>clip</c>, in any order.</summary>
public static class QueryFile
{
    /// <summary>Reads them.</summary>
    /// <param name="path">The file: a heading, then a row each; a field with commas or quotes stands in quotes, quotes in it doubled.</param>
    /// <param name="clips">Names of the clips that there are.</param>
    /// <exception cref="InputException">It is not there, not so, or names a clip that is not there: the nearest is told.</exception>
    public static IReadOnlyList<TextQuery> Read(string path, IReadOnlyCollection<string> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, $"cannot be read: {problem.Message}", problem);
        }

        List<string> heading = lines.Length > 0 ? [.. Fields(path, 1, lines[0]).Select(field => field.Trim().ToLowerInvariant())] : [];
        (int sentence, int clip) = (heading.IndexOf("sentence"), heading.IndexOf("clip"));
        if (sentence < 0 || clip < 0)
        {
            throw new InputException(path, 1, 1, $"wanted a heading with 'sentence' and 'clip', found '{(lines.Length > 0 ? lines[0] : "")}'");
        }

        HashSet<string> known = new(clips, StringComparer.OrdinalIgnoreCase);
        List<TextQuery> queries = [];
        for (int line = 1; line < lines.Length; line++)
        {
            if (lines[line].Length == 0)
            {
                continue;
            }

            List<string> fields = Fields(path, line + 1, lines[line]);
            if (fields.Count != heading.Count)
            {
                throw new InputException(path, line + 1, 1, $"wanted {heading.Count} fields, found {fields.Count}: a sentence with a comma stands in quotes");
            }

            string name = fields[clip].Trim();
            if (!known.Contains(name))
            {
                string hint = NearestName.Find(name, clips) is { } near ? $"; did you mean '{near}'?" : "";
                throw new InputException(path, line + 1, 1, $"there is no clip '{name}' among the {clips.Count} given{hint}");
            }

            if (string.IsNullOrWhiteSpace(fields[sentence]))
            {
                throw new InputException(path, line + 1, 1, "the sentence is empty");
            }

            queries.Add(new TextQuery(fields[sentence], name));
        }

        return queries.Count > 0 ? queries : throw new InputException(path, 0, 0, "holds no query");
    }

    private static List<string> Fields(string path, int line, string text)
    {
        List<string> fields = [];
        for (int at = 0; at <= text.Length;)
        {
            if (at == text.Length || text[at] != '"')
            {
                int end = text.IndexOf(',', at);
                end = end < 0 ? text.Length : end;
                fields.Add(text[at..end]);
                at = end + 1;
                continue;
            }

            int close = at + 1;
            while (close < text.Length && (text[close] != '"' || (close + 1 < text.Length && text[close + 1] == '"')))
            {
                close += text[close] == '"' ? 2 : 1;
            }

            if (close >= text.Length || (close + 1 < text.Length && text[close + 1] != ','))
            {
                throw new InputException(path, line, at + 1, "a field in quotes does not end in a quote");
            }

            fields.Add(text[(at + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
            at = close + 2;
        }

        return fields;
    }
}
