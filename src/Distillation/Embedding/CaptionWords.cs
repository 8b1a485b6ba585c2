using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Motion.Distillation.Embedding;

/// <summary>Words of captions, and what makes two captions the same.</summary>
public static partial class CaptionWords
{
    private static readonly FrozenSet<string> Empty =
        "a an the is are was be of to and then he she his her their they it its this that person man woman someone somebody figure sim human guy individual people who as in on with at"
            .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Decisive =
        ("left right leftward rightward clockwise counterclockwise anticlockwise counter anti forward forwards backward backwards back up down not no without stops fast slow quickly slowly quick "
        + "faster slower rapidly briskly brisk one two three four five six seven eight once twice times several both")
            .Split(' ').ToFrozenSet();

    /// <summary>Lower-case words.</summary>
    public static IEnumerable<string> Of(string caption) => Word().Matches(caption.ToLowerInvariant()).Select(match => match.Value);

    /// <summary>The caption with only its words, lower case, a space apart: what two spellings of one sentence share.</summary>
    public static string Plain(string caption) => string.Join(' ', Of(caption));

    /// <summary>Words that carry meaning, in order: captions with the same ones say the same.</summary>
    public static string Content(string caption) => string.Join(' ', Of(caption).Where(word => !Empty.Contains(word)));

    /// <summary>Words that tell side, direction, pace or number, in order: captions that differ in them do not say the same, however alike they are.</summary>
    public static string Telling(string caption) => string.Join(' ', Of(caption).Where(Decisive.Contains));

    /// <summary>Whether a word carries meaning by itself.</summary>
    public static bool IsContent(string word) => !Empty.Contains(word);

    /// <summary>A word of letters and apostrophes, or a number.</summary>
    [GeneratedRegex(@"\p{L}[\p{L}']*|\p{N}+", RegexOptions.CultureInvariant)]
    public static partial Regex Word();
}
