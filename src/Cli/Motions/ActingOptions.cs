using System.CommandLine;
using Motion.Policies.Skills;

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

    /// <summary>How far the global policy looks ahead.</summary>
    public static Option<float> Lookahead { get; } = new("--lookahead")
    {
        Description = "how far the global policy looks ahead in copies of the world, to go another way where it would fall, s; 0 not at all",
        HelpName = "seconds",
        DefaultValueFactory = _ => new LookaheadOptions().Seconds,
    };
}
