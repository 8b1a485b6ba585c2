using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Motion.Distillation.Runs;
using Motion.Language;
using Motion.Language.Embedding;
using Motion.Language.Encoders;
using Motion.Language.Tokens;
using Motion.Sim.Characters;
using Motion.Sim.Configuration;

namespace Motion.Distillation.Embedding;

/// <summary>How a training of an embedding ended.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Clips">Clips that were learned from.</param>
/// <param name="Captions">Captions that were learned from, those of clips and others.</param>
/// <param name="Seconds">Seconds on the clock, all sessions together.</param>
/// <param name="Figures">What was measured.</param>
public sealed record EmbeddingOutcome(string Model, int Clips, int Captions, double Seconds, TextFigures Figures);

/// <summary>Everything from folders of clips to a model with its card: reads, trains, calibrates, measures, writes.</summary>
public sealed record EmbeddingRecipe
{
    /// <summary>Name of the model in its folder.</summary>
    public const string ModelName = "embedding.safetensors";

    /// <summary>Whose motions.</summary>
    public required Character Character { get; init; }

    /// <summary>Folders of captioned clips.</summary>
    public required IReadOnlyList<string> Motions { get; init; }

    /// <summary>A file of further captions, or null.</summary>
    public string? Captions { get; init; }

    /// <summary>CLIP's weights, or null to train the built-in encoder.</summary>
    public string? TextWeights { get; init; }

    /// <summary>How.</summary>
    public required EmbeddingOptions Options { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>A folder to write the model into besides, or null.</summary>
    public string? Publish { get; init; }

    /// <summary>Threads for importing.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The command that does it again.</summary>
    public string Command { get; init; } = "";

    /// <summary>Trains to the end, going on where an earlier training in the folder stopped.</summary>
    /// <param name="report">Told after every step where training stands.</param>
    /// <param name="cancellation">Stops after the present step; a checkpoint is left.</param>
    /// <exception cref="MotionException">Something that was given is wrong, or numbers diverged.</exception>
    /// <exception cref="LanguageException">The text weights are missing or no CLIP model's.</exception>
    public EmbeddingOutcome Train(Action<EmbeddingProgress> report, CancellationToken cancellation)
    {
        using RunFolder run = RunFolder.Open(Folder);
        OpenAiTextEncoder? openAiText = TextWeights is null ? null : OpenAiTextEncoder.Load(TextWeights, SentenceTokenizer.Create());
        EmbeddingShape shape = new() { MotionFeatures = 0 };
        MotionFeatures features = new(Character, shape.FrameRate);
        IReadOnlyList<EmbeddingClip> clips = new EmbeddingClips { Character = Character, FrameRate = shape.FrameRate, Threads = Threads }.Read(Motions, cancellation);
        WordNet? wordNet = WordNet.Open();
        EmbeddingMaterial material = EmbeddingMaterial.Of(clips, Captions is null ? [] : CaptionGroup.Read(Captions), wordNet);
        // CLIP knows words already, and is too slow to be asked for ever new sentences.
        EmbeddingOptions options = openAiText is null ? Options : Options with { TextSteps = 0, Synonyms = 0, WordDropout = 0, Commands = 0 };
        EmbeddingCard card = Card(clips, material, shape with { MotionFeatures = features.Count }, options);
        using EmbeddingTrainer trainer = new(material, card, options, openAiText, run, TimeProvider.System);
        trainer.Train(report, cancellation);
        TextSplits splits = TextSplits.Of(clips, card.KeptBack);
        float threshold = Calibration.Choose(
            trainer.Embedding, [.. splits.Train.Select(query => query.Sentence)], [.. splits.Paraphrase.Select(query => query.Sentence)], material.UnrelatedKept);
        SentenceEmbedding embedding = trainer.Embedding.With(trainer.Embedding.Card with { Threshold = threshold, Seconds = Math.Round(trainer.Progress.Seconds, 1) });
        TextFigures figures = TextFigures.Measure(embedding, clips, material.UnrelatedKept, null, Options.Seed);
        embedding = embedding.With(embedding.Card with { Figures = figures.ToSorted() });
        foreach (string folder in Publish is null ? new[] { run.Path } : [run.Path, Publish])
        {
            Write(embedding, folder);
        }

        int captions = material.Groups.Sum(group => group.Captions.Length);
        return new EmbeddingOutcome(Path.Combine(Publish ?? run.Path, ModelName), material.Clips.Length, captions, trainer.Progress.Seconds, figures);
    }

    private static void Write(SentenceEmbedding embedding, string folder)
    {
        string path = Path.Combine(folder, ModelName);
        try
        {
            Directory.CreateDirectory(folder);
            embedding.Save(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; what was there before is still there", problem);
        }

        AtomicFile.Write(Path.ChangeExtension(path, ".json"), stream => stream.Write(Encoding.UTF8.GetBytes(SentenceEmbedding.Text(embedding.Card))));
    }

    private EmbeddingCard Card(IReadOnlyList<EmbeddingClip> clips, EmbeddingMaterial material, EmbeddingShape shape, EmbeddingOptions options) => new()
    {
        Shape = shape,
        FeatureVersion = MotionFeatures.Version,
        Character = Character.Name,
        KeptBack = [.. material.Paraphrases.Select(pair => CaptionWords.Plain(pair.Caption)).Distinct().Order(StringComparer.Ordinal)],
        Data =
        [
            $"{material.Clips.Length} clips with {material.Clips.Sum(clip => clip.Captions.Length)} captions, each also mirrored; {material.Validation.Length} clips and {material.Paraphrases.Length} captions kept back",
            .. Captions is null ? Array.Empty<string>() : [$"{material.Groups.Sum(group => group.Captions.Length)} captions in {material.Groups.Length} groups, from {Path.GetFileName(Captions)}"],
            .. material.WordNet is null ? Array.Empty<string>() : ["synonyms and example sentences of WordNet 3.0"],
        ],
        Licences =
        [
            .. clips.Select(clip => clip.Licence).Where(licence => licence.Length > 0).Distinct().Order(StringComparer.Ordinal).Select(licence => $"motions: {licence}"),
            .. Captions is null ? Array.Empty<string>() : ["captions: MIT (HumanML3D), where they are HumanML3D's"],
            .. material.WordNet is null ? Array.Empty<string>() : ["WordNet 3.0 Copyright 2006 by Princeton University"],
        ],
        Command = Command,
        Seed = Options.Seed,
        Settings = ConfigurationText.ToNode(options).Where(pair => pair.Value is JsonValue).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!.GetValue<double>()),
    };
}
