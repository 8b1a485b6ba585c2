using System.Text.Json;
using System.Text.Json.Nodes;

namespace Motion.Cli.Tests;

/// <summary>What a command said and how it ended.</summary>
internal sealed record Said(int ExitCode, string Output, string Error)
{
    /// <summary>The last line of standard output, which must be one JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Output.TrimEnd().Split('\n')[^1]) as JsonObject ?? throw new JsonException($"no object: {Output}");
}

/// <summary>Runs commands in this process.</summary>
internal static class Terminal
{
    public static async Task<Said> Type(params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        int code = await CommandLine.Run(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }
}
