namespace Motion;

/// <summary>Guesses which name a person meant, for messages about unknown commands, options and configuration keys.</summary>
public static class NearestName
{
    /// <summary>The candidate nearest to <paramref name="typed"/> in edits, or null when none is near enough to be meant.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string? Find(string typed, IEnumerable<string> candidates)
    {
        (string Name, int Distance)? nearest = null;
        foreach (string candidate in candidates)
        {
            int distance = Distance(typed, candidate);
            if (nearest is null || distance < nearest.Value.Distance)
            {
                nearest = (candidate, distance);
            }
        }

        return nearest is { } found && found.Distance * 2 <= Math.Max(typed.Length, 2) ? found.Name : null;
    }

    /// <summary>Levenshtein distance: insertions, deletions and replacements from one word to the other, ignoring case.</summary>
    internal static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
