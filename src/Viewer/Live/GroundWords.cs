using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Motion.Viewer.Live;

/// <summary>
/// Places on the ground as words: <c>go to 2.1,-0.4</c> and <c>follow 0,0; 2,1; 3,3</c>, metres in the world. A click on the ground says them, so that
/// it stands in the timeline like any sentence.
/// </summary>
public static partial class GroundWords
{
    /// <summary>Furthest coordinate, m.</summary>
    public const float Furthest = 10_000;

    /// <summary>Most points of a path.</summary>
    public const int MostPoints = 200;

    /// <summary>The words for points.</summary>
    /// <param name="points">One point to go to, or several to follow, m.</param>
    public static string For(IReadOnlyList<Vector2> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        string[] places = [.. points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}"))];
        return places.Length == 1 ? $"go to {places[0]}" : $"follow {string.Join("; ", places)}";
    }

    /// <summary>The points that a sentence names.</summary>
    /// <param name="sentence">Anything.</param>
    /// <param name="points">One point to go to, or two and more to follow, m.</param>
    /// <returns>Whether it is of this form, with numbers that are within <see cref="Furthest"/>.</returns>
    public static bool TryRead(string sentence, out ImmutableArray<Vector2> points)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        points = [];
        Match match = Form().Match(sentence);
        string[] places = match.Groups["places"].Value.Split(';');
        if (!match.Success || places.Length > MostPoints || (match.Groups["goes"].Success ? places.Length > 1 : places.Length < 2))
        {
            return false;
        }

        List<Vector2> found = [];
        foreach (string place in places)
        {
            string[] numbers = place.Split(',');
            if (numbers.Length != 2 || Number(numbers[0]) is not { } x || Number(numbers[1]) is not { } y)
            {
                return false;
            }

            found.Add(new Vector2(x, y));
        }

        points = [.. found];
        return true;
    }

    private static float? Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && MathF.Abs(number) <= Furthest ? number : null;

    [GeneratedRegex(@"^\s*((?<goes>go to)|follow)\s+(?<places>[-+0-9.,;\s]+?)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
