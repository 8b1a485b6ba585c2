using System.CommandLine;

namespace Motion.Cli.Motions;

/// <summary>The options by which commands are told who acts, and by which experts.</summary>
internal static class ActingOptions
{
    /// <summary>Where experts are.</summary>
    public static Option<string?> Experts { get; } = new("--experts")
    {
        Description = "folder with checkpoints or with runs (runs/experts); the shipped experts when not given",
        HelpName = "folder",
    };

    /// <summary>Where the experts' clips are.</summary>
    public static Option<string?> Motions { get; } = new("--motions")
    {
        Description = "folder with the catalogue of their clips; the shipped clips when not given",
        HelpName = "folder",
    };

    /// <summary>Who acts.</summary>
    public static Option<string> For { get; } = new("--character")
    {
        Description = "who acts: a shipped character's name or a character's file (.xml)",
        HelpName = "name|file",
        DefaultValueFactory = _ => "humanoid",
    };
}
