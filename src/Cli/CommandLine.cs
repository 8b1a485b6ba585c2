using System.CommandLine;
using System.CommandLine.Help;
using Motion.Cli.Commands;

namespace Motion.Cli;

/// <summary>The whole command line: which commands there are, how one is run, and what its failures become.</summary>
internal static class CommandLine
{
    /// <summary>How long a cancelled command may take to write its last checkpoint, before the process ends anyway.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(60);

    /// <summary>Parses and runs one command.</summary>
    /// <param name="arguments">What was typed after <c>./motion</c>.</param>
    /// <param name="standard">Standard output: results only.</param>
    /// <param name="error">Standard error: progress, notes and errors.</param>
    /// <returns>The exit code: see <see cref="ExitCode"/>, and 130 after Ctrl-C.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter standard, TextWriter error)
    {
        Command root = Root();
        ParseResult parse = root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false });
        try
        {
            UsageError.ThrowIfAny(parse);
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = standard,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            });
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, parse.GetValue(CommonOptions.Json), standard, error);
        }
    }

    /// <summary>The root command with every command there is.</summary>
    internal static Command Root()
    {
        Command root = new("./motion", "Trains and plays physics-based, text-driven character animation.")
        {
            DoctorCommand.Create(),
            ImportCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ViewCommand.Create(),
            PlayCommand.Create(),
            ExportCommand.Create(),
            PlanCommand.Create(),
            BenchCommand.Create(),
            InspectCommand.Create(),
        };
        foreach (Option option in CommonOptions.All)
        {
            root.Add(option);
        }

        root.Add(new HelpOption { Description = "this help", Action = new HelpPage() });
        root.Add(new VersionOption { Description = "the version" });
        return root;
    }
}
