using System.Globalization;
using System.Text;

namespace Motion.Viewer.Live;

/// <summary>
/// A timeline as text: a line for each sentence, <c>time,sentence</c>, times in seconds in any order. A first line <c>time,sentence</c>, empty lines
/// and lines that begin with # are passed over. A sentence goes to the end of its line, commas and all; in double quotes, <c>""</c> is a quote.
/// </summary>
public static class PromptFile
{
    /// <summary>Most sentences in a file.</summary>
    public const int MostPrompts = 10_000;

    private const string Header = "time,sentence";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <exception cref="InputException">It cannot be read or a line is wrong.</exception>
    public static PromptTimeline Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException(path, 0, 0, $"cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InputException">A line is wrong.</exception>
    public static PromptTimeline Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        PromptTimeline timeline = new();
        string[] lines = text.Split('\n');
        bool isFirst = true;
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            bool isHeader = isFirst && string.Equals(line.Replace(" ", "", StringComparison.Ordinal), Header, StringComparison.OrdinalIgnoreCase);
            isFirst = false;
            if (isHeader)
            {
                continue;
            }

            if (timeline.Prompts.Length == MostPrompts)
            {
                throw new InputException(file, index + 1, 1, $"there are more than {MostPrompts:N0} sentences: cut the file");
            }

            (double seconds, string sentence) = ParseLine(line, file, index + 1);
            timeline = timeline.With(seconds, sentence);
        }

        return timeline.Prompts.IsEmpty ? throw new InputException(file, 0, 0, "there is no line 'time,sentence' in it, such as '2.5,a person waves'") : timeline;
    }

    /// <summary>Writes a timeline, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="timeline">The timeline.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write(string path, PromptTimeline timeline) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Format(timeline))));

    /// <summary>The timeline as text.</summary>
    public static string Format(PromptTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        StringBuilder text = new($"{Header}\n");
        foreach (Prompt prompt in timeline.Prompts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{prompt.Seconds:0.###},{Quoted(OneLine(prompt.Sentence))}\n");
        }

        return text.ToString();
    }

    private static (double Seconds, string Sentence) ParseLine(string line, string file, int number)
    {
        int comma = line.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            throw new InputException(file, number, 1, $"wanted 'time,sentence', found no comma in '{Shown(line)}'");
        }

        string time = line[..comma].Trim();
        if (!double.TryParse(time, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds is < 0 or > 1e6)
        {
            throw new InputException(file, number, 1, $"wanted a time in seconds, 0 or more, found '{Shown(time)}'");
        }

        string sentence = line[(comma + 1)..].Trim();
        if (sentence.Length == 0)
        {
            throw new InputException(file, number, comma + 2, "wanted a sentence after the comma, found nothing");
        }

        if (sentence[0] != '"')
        {
            return (seconds, sentence);
        }

        string inside = sentence[1..].Replace("\"\"", "\0", StringComparison.Ordinal);
        int end = inside.IndexOf('"', StringComparison.Ordinal);
        return end == inside.Length - 1 && end >= 0
            ? (seconds, inside[..end].Replace('\0', '"'))
            : throw new InputException(file, number, comma + 2, "the quote that begins the sentence does not end at the end of the line");
    }

    private static string Quoted(string sentence) =>
        sentence.StartsWith('"') || sentence != sentence.Trim() || sentence.Length == 0 ? $"\"{sentence.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : sentence;

    private static string OneLine(string sentence) => string.Concat(sentence.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
