using System.CommandLine;

namespace Motion.Cli.Language;

/// <summary>Options of commands that understand sentences.</summary>
internal static class TextOptions
{
    /// <summary>CLIP's weights.</summary>
    public static Option<string?> Weights { get; } = new("--text-weights")
    {
        Description = "a CLIP model's weights (.safetensors) to encode sentences with, in place of the built-in encoder",
        HelpName = "file",
    };
}
