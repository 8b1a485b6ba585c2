using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Motion.Cli;

/// <summary>
/// Where a command writes. Results (lines, tables) go to standard output; under <c>--json</c> they go to standard error, so that
/// standard output holds the JSON object alone. Notes and progress always go to standard error.
/// </summary>
internal sealed class Output(TextWriter standard, TextWriter error, bool json, bool quiet)
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private TextWriter Results => json ? error : standard;

    /// <summary>One line of the result.</summary>
    public void Line(string text = "") => Results.WriteLine(text);

    /// <summary>A remark that is no part of the result; left out by <c>--quiet</c>.</summary>
    public void Note(string text)
    {
        if (!quiet)
        {
            error.WriteLine(text);
        }
    }

    /// <summary>A table of the result: drawn on a terminal, plain aligned columns elsewhere.</summary>
    public void Table(TextTable table)
    {
        if (IsTerminal(Results))
        {
            table.Draw(On(Results));
        }
        else
        {
            table.WritePlain(Results);
        }
    }

    /// <summary>
    /// Runs long work that reports how far it is: a bar with rate and time left on a terminal, a plain line every few seconds elsewhere,
    /// nothing under <c>--quiet</c>.
    /// </summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How many units of work there are.</param>
    /// <param name="unit">The unit in the plural, for the rate.</param>
    /// <param name="work">The work.</param>
    public Task<T> Progress<T>(string title, double total, string unit, Func<IProgress<ProgressReport>, Task<T>> work) =>
        Progress(unit, begin => work(begin(new ProgressOf(title, total))));

    /// <summary>The same for several pieces of work beside each other, which begin when they ask for a place to report to.</summary>
    /// <param name="unit">The unit in the plural, for the rate.</param>
    /// <param name="work">The work.</param>
    public Task<T> Progress<T>(string unit, Func<Func<ProgressOf, IProgress<ProgressReport>>, Task<T>> work) =>
        quiet ? work(_ => new SilentProgress())
        : IsTerminal(error) ? ProgressBar.Run(On(error), unit, work)
        : work(begun => new ProgressLines(error, begun, unit, TimeProvider.System));

    /// <summary>The JSON object of the command; printed only under <c>--json</c>.</summary>
    public void Result(JsonObject measured)
    {
        if (json)
        {
            WriteJson(standard, measured);
        }
    }

    /// <summary>Writes one JSON object on one line.</summary>
    internal static void WriteJson(TextWriter writer, JsonObject value) => writer.WriteLine(value.ToJsonString(OneLine));

    private static bool IsTerminal(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) ||
        (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    private static IAnsiConsole On(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    private sealed class SilentProgress : IProgress<ProgressReport>
    {
        public void Report(ProgressReport value)
        {
        }
    }
}
