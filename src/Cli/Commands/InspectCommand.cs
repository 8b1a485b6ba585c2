using System.CommandLine;
using Motion.Cli.Inspection;

namespace Motion.Cli.Commands;

/// <summary><c>./motion inspect FILE</c>: what is in a character.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> What = new("file")
    {
        Description = "a shipped character's name (humanoid) or a character's file (.xml)",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("inspect", "what is in a character") { What }
        .Runs(context => CharacterInspection.Print(context.Value(What), context.Output));
}
