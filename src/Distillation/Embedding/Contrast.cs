using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Motion.Sim.Clips;

namespace Motion.Distillation.Embedding;

/// <summary>What must be told apart in sentences that are otherwise alike.</summary>
public enum ContrastKind
{
    /// <summary>Left and right, clockwise and counterclockwise.</summary>
    LeftRight,

    /// <summary>Fast and slow.</summary>
    FastSlow,

    /// <summary>How many, how often.</summary>
    Number,

    /// <summary>Doing it and not doing it.</summary>
    Negation,
}

/// <summary>Makes, of a caption, the sentence that differs from it in one thing only and says something else.</summary>
public static partial class Contrast
{
    private static readonly (string Word, string Other)[] Paces =
    [
        ("quickly", "slowly"), ("fast", "slow"), ("quick", "slow"), ("faster", "slower"), ("rapidly", "slowly"), ("briskly", "slowly"),
        ("slowly", "quickly"), ("slow", "fast"), ("slower", "faster"), ("brisk", "slow"),
    ];

    private static readonly ImmutableDictionary<string, string> OtherPace = Paces.ToImmutableDictionary(pair => pair.Word, pair => pair.Other);

    private static readonly string[] Counts = ["one", "two", "three", "four", "five", "six"];

    private static readonly string[] LongEndings = ["sses", "shes", "ches", "xes", "zzes"];

    private static readonly string[] Times = ["once", "twice", "three times", "four times"];

    /// <summary>All kinds.</summary>
    public static ImmutableArray<ContrastKind> Kinds { get; } = [.. Enum.GetValues<ContrastKind>()];

    /// <summary>The sentence that contrasts with a caption; null when the caption says nothing of that kind.</summary>
    /// <param name="kind">In what.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="choice">Which of several numbers to take; any integer.</param>
    public static string? Of(ContrastKind kind, string caption, int choice = 0) => kind switch
    {
        ContrastKind.LeftRight => CaptionMirror.IsSided(caption) ? Changed(caption, CaptionMirror.Mirror(caption)) : null,
        ContrastKind.FastSlow => Changed(caption, Pace().Replace(caption, match => OtherPace[match.Value.ToLowerInvariant()])),
        ContrastKind.Number => Changed(caption, Number().Replace(caption, match => OtherNumber(match.Value.ToLowerInvariant(), choice), 1)),
        _ => Negate(caption),
    };

    /// <summary>The caption as a command: "a person walks forward" as "walk forward"; null when it does not begin like that.</summary>
    public static string? Command(string caption)
    {
        Match match = Subject().Match(caption);
        return match is { Success: true, Index: 0 } ? BaseForm(match.Groups["verb"].Value) + caption[match.Length..] : null;
    }

    private static string? Negate(string caption)
    {
        Match subject = Subject().Match(caption);
        if (subject.Success)
        {
            Group verb = subject.Groups["verb"];
            return $"{caption[..verb.Index]}does not {BaseForm(verb.Value)}{caption[(verb.Index + verb.Length)..]}";
        }

        Match progressive = Progressive().Match(caption);
        return progressive.Success ? caption.Insert(progressive.Groups["is"].Index + progressive.Groups["is"].Length, " not") : null;
    }

    private static string OtherNumber(string found, int choice)
    {
        string[] all = Times.Contains(found) ? Times : Counts;
        int index = Array.IndexOf(all, found);
        return all[(index + 1 + (int)((uint)choice % (uint)(all.Length - 1))) % all.Length];
    }

    // Third person to base form, for the regular verbs of captions.
    private static string BaseForm(string verb) =>
        verb is "does" or "goes" ? verb[..^2]
        : verb == "has" ? "have"
        : verb.EndsWith("ies", StringComparison.Ordinal) && verb.Length > 4 ? verb[..^3] + "y"
        : LongEndings.Any(ending => verb.EndsWith(ending, StringComparison.Ordinal)) ? verb[..^2]
        : verb[..^1];

    private static string? Changed(string before, string after) => before == after ? null : after;

    [GeneratedRegex(@"\b(?:quickly|fast|quick|faster|rapidly|briskly|slowly|slow|slower|brisk)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pace();

    // "One" before a side or a limb is no count.
    [GeneratedRegex(@"\b(?:three times|four times|once|twice|two|three|four|five|six|one(?=\s+(?:step|jump|time|hop|kick|punch|big|small|large|long)))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(?:(?:a|the|this|one)\s+)?(?:person|man|woman|figure|human|guy|someone|somebody|he|she|individual|character)\s+(?:(?:slowly|quickly|casually|slightly|then)\s+)?(?<verb>[a-z]{2,}[^s\W]s)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(@"\b(?<is>is|was|are)\s+(?!not\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Progressive();
}
