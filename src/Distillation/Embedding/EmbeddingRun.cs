using System.Text;
using Motion.Distillation.Runs;
using Motion.Language.Encoders;
using Motion.Sim.Configuration;

namespace Motion.Distillation.Embedding;

/// <summary>What a run was begun with.</summary>
internal sealed record EmbeddingRun
{
    /// <summary>What encodes sentences.</summary>
    public required string Encoder { get; init; }

    /// <summary>How many clips.</summary>
    public required int Clips { get; init; }

    /// <summary>How many groups of captions.</summary>
    public required int Groups { get; init; }

    /// <summary>How many unrelated sentences.</summary>
    public required int Unrelated { get; init; }

    /// <summary>How.</summary>
    public required EmbeddingOptions Options { get; init; }

    /// <summary>Writes the configuration of a new run, or makes sure that one that goes on is asked for the same.</summary>
    /// <exception cref="MotionException">The run was begun with other settings, clips or captions.</exception>
    public static void Settle(RunFolder run, EmbeddingMaterial material, OpenAiTextEncoder? openAiText, EmbeddingOptions options)
    {
        string wanted = ConfigurationText.Write(new EmbeddingRun
        {
            Encoder = openAiText?.Name ?? "built-in",
            Clips = material.Clips.Length,
            Groups = material.Groups.Length,
            Unrelated = material.Unrelated.Length,
            Options = options,
        });
        if (File.Exists(run.Configuration) && File.Exists(run.LastCheckpoint) && File.ReadAllText(run.Configuration) != wanted)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{run.Path}: was begun with other settings, clips or captions (see {run.Configuration}): choose another folder with --out, or delete it");
        }

        AtomicFile.Write(run.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(wanted)));
    }
}
