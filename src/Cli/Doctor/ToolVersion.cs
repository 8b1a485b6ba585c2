using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Motion.Cli.Doctor;

/// <summary>Asks an installed program for its version.</summary>
internal static partial class ToolVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The file that runs when this program is called by name; null when none does.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Output of a program, or null when it is missing, fails or hangs.</summary>
    public static async Task<string?> Output(string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using Process process = new() { StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
            process.Start();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            try
            {
                Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
                string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
                await errors;
                await process.WaitForExitAsync(patience.Token);
                return process.ExitCode == 0 ? output : null;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The first thing in the text that looks like a version: digits with dots.</summary>
    public static string FirstVersion(string text) => Version().Match(text).Value;

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Version();
}
