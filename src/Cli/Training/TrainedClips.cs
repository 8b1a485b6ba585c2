using System.CommandLine;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Training;

/// <summary>The options by which a training is told its clips, and the clips as the character's motion.</summary>
internal static class TrainedClips
{
    /// <summary>Clips by name.</summary>
    public static Argument<string[]> Names { get; } = new("clips")
    {
        Description = "ids of clips of the catalogue, or motion files",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>All of them.</summary>
    public static Option<bool> All { get; } = new("--all")
    {
        Description = "train every clip of the catalogue",
    };

    /// <summary>Where ids are looked up.</summary>
    public static Option<string?> Motions { get; } = new("--motions")
    {
        Description = "folder with the catalogue that ids are looked up in; the shipped clips when not given",
        HelpName = "folder",
    };

    /// <summary>Who learns.</summary>
    public static Option<string> For { get; } = new("--character")
    {
        Description = "who learns: a shipped character's name or a character's file (.xml)",
        HelpName = "name|file",
        DefaultValueFactory = _ => "humanoid",
    };

    /// <summary>The clips that were named, or all.</summary>
    /// <exception cref="MotionException">Neither or both were said, or a clip is not there or not good.</exception>
    public static CharacterClip[] Read(CommandContext context)
    {
        string[] names = context.Value(Names);
        return names.Length > 0 == context.Value(All)
            ? throw new MotionException(ExitCode.BadInput, names.Length > 0 ? "name clips or say --all, not both" : "name the clips to train, or say --all")
            : Import(context, names);
    }

    /// <summary>Clips by name; all of the catalogue when none is named.</summary>
    /// <exception cref="MotionException">A clip is not there or not good.</exception>
    public static CharacterClip[] Import(CommandContext context, IReadOnlyList<string> names, Character? character = null)
    {
        ImportRun import = new() { Character = character ?? CharacterLibrary.Resolve(context.Value(For)!), Threads = context.Threads };
        ImportResult imported = import.Import(MotionFolder.Inputs(names, context.Value(Motions)), (_, _) => { }, context.Cancellation);
        return [.. imported.Clips.Select(clip => clip.Retargeted.Motion)];
    }

    /// <summary>The settings that make a training what it is, as they would be typed again.</summary>
    public static string Settings(CommandContext context)
    {
        string[] settings =
        [
            context.Value(TrainingSettings.Profile) is { } profile and not "laptop" ? $" --profile {profile}" : "",
            context.Value(TrainingSettings.Config) is { } config ? $" --config {config}" : "",
            .. (context.Value(TrainingSettings.Set) ?? []).Select(setting => $" --set {setting}"),
            context.Seed == 0 ? "" : $" --seed {context.Seed}",
            context.Device == "cpu" ? "" : $" --device {context.Device}",
        ];
        return string.Concat(settings);
    }
}
