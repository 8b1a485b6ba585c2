namespace Motion.Viewer.Live;

/// <summary>Known captions that go with what is being typed.</summary>
public static class CaptionSuggestions
{
    /// <summary>
    /// The captions in which every typed word begins a word: first those that begin with what is typed, then those with the words in any order; shorter ones
    /// first.
    /// </summary>
    /// <param name="typed">What stands in the text box.</param>
    /// <param name="captions">What is known.</param>
    /// <param name="most">How many to give at most.</param>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> captions, int most = 6)
    {
        ArgumentNullException.ThrowIfNull(typed);
        string[] words = Words(typed);
        if (words.Length == 0)
        {
            return [];
        }

        string beginning = string.Join(' ', words);
        return [.. captions.Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(caption => Fits(words, Words(caption)) && !string.Equals(caption, typed.Trim(), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(caption => string.Join(' ', Words(caption)).StartsWith(beginning, StringComparison.Ordinal))
            .ThenBy(caption => caption.Length).ThenBy(caption => caption, StringComparer.Ordinal).Take(most)];
    }

    private static bool Fits(string[] typed, string[] caption) =>
        typed.All(word => caption.Any(known => known.StartsWith(word, StringComparison.Ordinal)));

    private static string[] Words(string text) =>
        string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
