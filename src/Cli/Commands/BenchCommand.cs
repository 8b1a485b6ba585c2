using System.CommandLine;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench</c>: figures of this machine, beside peers where they are installed.</summary>
internal static class BenchCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("bench", "figures of this machine, beside peers where they are installed")
    {
        BenchImportCommand.Create(),
        BenchSimCommand.Create(),
        BenchClipsCommand.Create(),
        BenchTensorCommand.Create(),
        BenchTrainCommand.Create(),
        BenchViewerCommand.Create(),
        BenchPlanCommand.Create(),
        BenchPolicyCommand.Create(),
    };
}
