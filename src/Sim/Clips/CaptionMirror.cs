using System.Text.RegularExpressions;

namespace Motion.Sim.Clips;

/// <summary>
/// The caption of a clip whose left and right were exchanged: left and right, clockwise and counterclockwise change places, as whole
/// words (also in left-handed, leftwards, right-side), their case kept. "Right away", "right now", "all right" and right angles stay.
/// </summary>
public static partial class CaptionMirror
{
    /// <summary>Mirrors a caption; twice gives the caption back, but for other spellings of clockwise and counterclockwise.</summary>
    public static string Mirror(string caption) => Sides().Replace(caption, match => WithCaseOf(match.Value, Opposite(match.Value)));

    /// <summary>Whether a caption tells left from right at all.</summary>
    public static bool IsSided(string caption) => Sides().IsMatch(caption);

    private static string Opposite(string word)
    {
        string lower = word.ToLowerInvariant();
        return lower.StartsWith("left", StringComparison.Ordinal) ? "right" + lower[4..]
            : lower.StartsWith("right", StringComparison.Ordinal) ? "left" + lower[5..]
            : lower[0] == 'c' && lower[1] == 'l' ? "counterclockwise"
            : "clockwise";
    }

    private static string WithCaseOf(string model, string word) =>
        model.All(letter => !char.IsLetter(letter) || char.IsUpper(letter)) ? word.ToUpperInvariant()
        : char.IsUpper(model[0]) ? char.ToUpperInvariant(word[0]) + word[1..]
        : word;

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_])(?<!\ball\s)(?:(?:left|right)(?!\s(?:away|now)\b|[\s-]angle)(?:s|wards?|y|handed|hand|arm|foot|leg|most)?"
        + @"|(?:(?:counter|anti)[\s-]?)?clock(?:[\s-]?wise)|(?:counter|anti)[\s-]?clock)(?![\p{L}\p{N}_])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sides();
}
