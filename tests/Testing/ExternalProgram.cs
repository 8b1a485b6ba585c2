using System.Diagnostics;

namespace Motion.Testing;

/// <summary>What a program that ended left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
/// <param name="Elapsed">From start to end.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error, TimeSpan Elapsed);

/// <summary>Runs programs in tests.</summary>
public static class ExternalProgram
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">Name or path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Working folder; the repository's root when not given.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="patience">After this it is killed with its children; two minutes when not given.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <exception cref="TimeoutException">It was killed; the message holds what it had said.</exception>
    public static async Task<ProgramResult> Run(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? patience = null,
        string input = "")
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        long began = Stopwatch.GetTimestamp();
        using Process process = new() { StartInfo = start };
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        TimeSpan limit = patience ?? TimeSpan.FromMinutes(2);
        using CancellationTokenSource clock = new(limit);
        try
        {
            await process.WaitForExitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} took longer than {limit}; it said:\n{await output}{await error}");
        }

        return new(process.ExitCode, await output, await error, Stopwatch.GetElapsedTime(began));
    }
}
