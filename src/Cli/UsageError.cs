using System.CommandLine;
using System.CommandLine.Parsing;

namespace Motion.Cli;

/// <summary>Turns what the parser could not make sense of into one message that names the nearest thing that exists.</summary>
internal static class UsageError
{
    /// <summary>Throws when the arguments were not understood.</summary>
    /// <exception cref="MotionException">With <see cref="ExitCode.BadInput"/>.</exception>
    public static void ThrowIfAny(ParseResult parse)
    {
        if (parse.Errors.Count == 0 || parse.Action is HelpPage)
        {
            return;
        }

        string[] problems = parse.UnmatchedTokens.Count > 0
            ? [.. parse.UnmatchedTokens.Select(token => Unknown(token, parse.CommandResult.Command))]
            : [.. parse.Errors.Select(error => OneLine(error.Message)).Distinct()];
        throw new MotionException(ExitCode.BadInput, $"{string.Join("; ", problems)} (see '{CommandPath(parse)} --help')");
    }

    private static string Unknown(string token, Command command)
    {
        bool isOption = token.StartsWith('-');
        string what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        IEnumerable<string> known = isOption
            ? command.Options.Concat(CommonOptions.All).SelectMany(option => option.Aliases.Prepend(option.Name))
            : command.Subcommands.Select(subcommand => subcommand.Name);
        string? nearest = NearestName.Find(token, known);
        return nearest is null ? $"unknown {what} '{token}'" : $"unknown {what} '{token}'; did you mean '{nearest}'?";
    }

    private static string CommandPath(ParseResult parse)
    {
        Stack<string> names = new();
        for (CommandResult? result = parse.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
}
