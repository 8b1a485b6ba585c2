using System.Diagnostics;

namespace Motion.Suite;

/// <summary>Runs test projects, several at once, each in a process of its own, and says how they ended.</summary>
internal sealed class SuiteRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>The folder that MSBuild leaves projects in: bin/PROJECT/release.</summary>
    public required string Built { get; init; }

    /// <summary>Only projects whose name contains one of these; all of them when empty.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Only tests that match, or null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>Projects at once.</summary>
    public required int Jobs { get; init; }

    private string ResultFolder => Path.Combine(Built, "tests");

    /// <summary>Runs them and prints the result; the last line is the summary.</summary>
    /// <returns>The exit code: 0 when nothing failed, 2 when there is nothing to run.</returns>
    public async Task<int> Go(TextWriter output, CancellationToken cancellation)
    {
        string[] projects = [.. Projects()];
        if (projects.Length == 0)
        {
            await output.WriteLineAsync($"no test project has a name like {string.Join(" or ", Names)}");
            return 2;
        }

        Directory.CreateDirectory(ResultFolder);
        List<ProjectResult> results = [];
        using SemaphoreSlim places = new(Jobs);
        await Task.WhenAll(projects.Select(async project =>
        {
            await places.WaitAsync(cancellation);
            try
            {
                ProjectResult result = await Run(project, cancellation);
                lock (results)
                {
                    results.Add(result);
                    Summary.Print(output, result);
                }
            }
            finally
            {
                places.Release();
            }
        }));
        return Summary.Print(output, results);
    }

    private IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(project => Names.Count == 0 || Names.Any(name => project.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal);

    private async Task<ProjectResult> Run(string project, CancellationToken cancellation)
    {
        string resultFile = Path.Combine(ResultFolder, $"{project}.trx");
        string said = Path.Combine(ResultFolder, $"{project}.log");
        File.Delete(resultFile);
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "vstest",
                Path.Combine(Built, "bin", project, "release", $"{project}.dll"),
                $"--logger:trx;LogFileName={resultFile}",
            },
        };
        if (Filter is not null)
        {
            start.ArgumentList.Add($"--TestCaseFilter:{Filter}");
        }

        long began = Stopwatch.GetTimestamp();
        using Process process = new() { StartInfo = start };
        process.Start();
        Task<string> standard = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await WaitOrKill(process, cancellation);
        await File.WriteAllTextAsync(said, $"{await standard}{await error}", CancellationToken.None);
        return ProjectResult.Read(project, Stopwatch.GetElapsedTime(began), resultFile, process.ExitCode, said);
    }

    /// <summary>A test process that hangs is killed; its exit code then tells.</summary>
    private static async Task WaitOrKill(Process process, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
