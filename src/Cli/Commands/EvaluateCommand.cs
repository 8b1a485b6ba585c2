using System.CommandLine;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate …</c>: measures what was made.</summary>
internal static class EvaluateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("evaluate", "measures what was made")
    {
        EvaluateExpertCommand.Create(),
        EvaluateGroupCommand.Create(),
        EvaluateGlobalCommand.Create(),
        EvaluateTextCommand.Create(),
        EvaluatePlannerCommand.Create(),
        EvaluateExportCommand.Create(),
    };
}
