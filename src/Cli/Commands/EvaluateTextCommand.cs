using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Language;
using Motion.Cli.Motions;
using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Sim.Characters;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate text</c>: how well sentences and clips find each other, and what is understood.</summary>
/// <remarks>
/// Keys of the JSON object: for each of <c>train</c>, <c>paraphrase</c>, <c>validation</c> (among the validation clips), <c>validation_among_all</c> and
/// <c>file</c> that has queries: <c>r1</c>, <c>r3</c>, <c>r5</c>, <c>median_rank</c>, <c>four_way</c>, <c>queries</c>, <c>candidates</c>, and the same under
/// <c>clip_to_sentence</c>; <c>contrasts</c>, <c>understanding</c>, <c>model</c>; with <c>--say</c>, <c>sentences</c>: each with <c>understood</c>,
/// <c>message</c> and <c>nearest</c> (<c>caption</c>, <c>clip</c>, <c>score</c>).
/// </remarks>
internal static class EvaluateTextCommand
{
    private static readonly Option<string[]> Motions = new("--motions")
    {
        Description = "folders of captioned clips; the shipped clips when not given",
        HelpName = "folder",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Queries = new("--queries")
    {
        Description = "further queries (.csv with the columns sentence, clip), looked for among all the clips",
        HelpName = "file",
    };

    private static readonly Option<string[]> Say = new("--say")
    {
        Description = "a sentence to understand: the nearest captions, or that it is not understood; may be given several times",
        HelpName = "sentence",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "the embedding (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("text", "how well sentences and clips find each other, what is told apart and what is understood")
    {
        Motions, Queries, Say, Model, TextOptions.Weights,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        context.ReadyTorch();
        string model = context.Value(Model) ?? ShippedModels.Embedding();
        using SentenceEmbedding embedding = SentenceEmbedding.Load(model, SentenceTokenizer.Create(), context.Value(TextOptions.Weights));
        string[] folders = context.Value(Motions) is { Length: > 0 } named ? named : [MotionFolder.Shipped()];
        EmbeddingClips reader = new() { Character = CharacterLibrary.Resolve(embedding.Card.Character), FrameRate = embedding.Card.Shape.FrameRate, Threads = context.Threads };
        IReadOnlyList<EmbeddingClip> clips = await Task.Run(() => reader.Read(folders, context.Cancellation));
        string[] names = [.. clips.Select(clip => clip.Name)];
        IReadOnlyList<TextQuery>? queries = context.Value(Queries) is { } file ? QueryFile.Read(file, names) : null;
        TextFigures figures = await Task.Run(() => TextFigures.Measure(embedding, clips, EmbeddingMaterial.Of(clips, [], WordNet.Open()).UnrelatedKept, queries, (ulong)context.Seed));
        TextReport.Print(figures, context.Output);
        JsonObject json = TextReport.Json(figures);
        json["model"] = model;
        if (context.Value(Say) is { Length: > 0 } sentences)
        {
            using SentenceUnderstanding understanding = new(embedding, clips.SelectMany(clip => clip.Captions.Select(caption => new KnownCaption(caption, clip.Name))));
            json["sentences"] = new JsonArray([.. sentences.Select(sentence => Answer(understanding.Understand(sentence), context.Output))]);
        }

        return json;
    }

    private static JsonObject Answer(UnderstoodSentence answer, Output output)
    {
        output.Line(answer.Message);
        foreach (NearCaption near in answer.Nearest)
        {
            output.Line($"  {near.Score:0.00}  {near.Caption.Clip}: {near.Caption.Text}");
        }

        return new JsonObject
        {
            ["sentence"] = answer.Sentence,
            ["understood"] = answer.IsUnderstood,
            ["message"] = answer.Message,
            ["nearest"] = new JsonArray([.. answer.Nearest.Select(near => new JsonObject { ["caption"] = near.Caption.Text, ["clip"] = near.Caption.Clip, ["score"] = Math.Round(near.Score, 4) })]),
        };
    }
}
