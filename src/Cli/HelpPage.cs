using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Motion.Cli;

/// <summary>Help in lines of a fixed width; the first page also says what the exit codes mean.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private readonly HelpAction _standard = new() { MaxWidth = 110 };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _standard.Invoke(parseResult);
        if (parseResult.CommandResult.Parent is null)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(
                """
                Exit codes:
                  0 done   2 bad input   3 bad configuration   4 numeric failure   5 missing component   130 stopped by Ctrl-C

                './motion COMMAND --help' explains one command. './motion --stack nuget COMMAND' builds and runs it on the
                packages TorchSharp, Microsoft.ML.Tokenizers and Silk.NET; the default stack needs none of them.
                """);
        }

        return 0;
    }
}
