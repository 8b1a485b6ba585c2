using System.Text.Json;
using System.Text.Json.Nodes;
using Motion.Distillation.Embedding;

namespace Motion.Cli.Language;

/// <summary>Figures of an embedding as tables and as JSON.</summary>
internal static class TextReport
{
    private static readonly string[] Order = ["train", "paraphrase", "validation", "validation_among_all", "file"];

    /// <summary>Prints them.</summary>
    public static void Print(TextFigures figures, Output output)
    {
        TextTable retrieval = new("sentences", "queries", "among", "R@1 %", "R@3 %", "R@5 %", "median rank", "four-way %", "back: R@1 %", "R@3 %", "R@5 %", "median rank", "four-way %");
        foreach (string name in Order.Where(figures.Retrieval.ContainsKey))
        {
            (Retrieval there, Retrieval back) = (figures.Retrieval[name].SentenceToClip, figures.Retrieval[name].ClipToSentence);
            retrieval.Add(
                name.Replace('_', ' '), $"{there.Queries}", $"{there.Candidates}", Percent(there.R1), Percent(there.R3), Percent(there.R5), $"{there.MedianRank:0.#}", Percent(there.FourWay),
                Percent(back.R1), Percent(back.R3), Percent(back.R5), $"{back.MedianRank:0.#}", Percent(back.FourWay));
        }

        output.Table(retrieval);
        TextTable contrasts = new("told apart (chance 50 %)", "sentences", "by motion %", "by captions %");
        foreach ((ContrastKind kind, ContrastScore score) in figures.Contrasts.Where(pair => pair.Value.Sentences > 0))
        {
            contrasts.Add(Name(kind).Replace('_', ' '), $"{score.Sentences}", Percent(score.ByMotion), Percent(score.ByText));
        }

        output.Table(contrasts);
        UnderstandingScore understanding = figures.Understanding;
        output.Line(
            $"from a cosine of {understanding.Threshold:0.00} on a sentence is understood: {Percent(understanding.Understood)} % of unseen captions are, "
            + (understanding.UnderstoodValidation is { } unseen ? $"{Percent(unseen)} % of those of unseen clips; " : "")
            + $"{Percent(understanding.RefusedUnrelated)} % of unrelated sentences are refused, "
            + $"{Percent(understanding.RefusedNegated)} % of negated captions");
    }

    /// <summary>The keys that <c>./motion evaluate text --json</c> prints.</summary>
    public static JsonObject Json(TextFigures figures)
    {
        JsonObject json = [];
        foreach (string name in Order.Where(figures.Retrieval.ContainsKey))
        {
            JsonObject there = Json(figures.Retrieval[name].SentenceToClip);
            there["clip_to_sentence"] = Json(figures.Retrieval[name].ClipToSentence);
            json[name] = there;
        }

        json["contrasts"] = new JsonObject(figures.Contrasts.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            Name(pair.Key), new JsonObject { ["by_motion"] = Round(pair.Value.ByMotion), ["by_captions"] = Round(pair.Value.ByText), ["sentences"] = pair.Value.Sentences })));
        UnderstandingScore understanding = figures.Understanding;
        json["understanding"] = new JsonObject
        {
            ["threshold"] = Round(understanding.Threshold),
            ["understood"] = Round(understanding.Understood),
            ["understood_validation"] = understanding.UnderstoodValidation is { } share ? Round(share) : null,
            ["refused_unrelated"] = Round(understanding.RefusedUnrelated),
            ["refused_negated"] = Round(understanding.RefusedNegated),
            ["sentences"] = understanding.Sentences,
        };
        return json;
    }

    private static JsonObject Json(Retrieval score) => new()
    {
        ["r1"] = Round(score.R1),
        ["r3"] = Round(score.R3),
        ["r5"] = Round(score.R5),
        ["median_rank"] = score.MedianRank,
        ["four_way"] = Round(score.FourWay),
        ["queries"] = score.Queries,
        ["candidates"] = score.Candidates,
    };

    private static string Name(ContrastKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}");

    private static string Percent(double share) => (share * 100).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
