using System.CommandLine;

namespace Motion.Cli.Commands;

/// <summary><c>./motion train …</c>: learns controllers and models.</summary>
internal static class TrainCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("train", "learns controllers and models")
    {
        TrainExpertCommand.Create(),
        TrainGroupCommand.Create(),
        TrainTrackerCommand.Create(),
        TrainGlobalCommand.Create(),
        TrainEmbeddingCommand.Create(),
        TrainPlannerCommand.Create(),
    };
}
