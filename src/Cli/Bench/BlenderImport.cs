using System.Diagnostics;
using System.Text.Json;
using Motion.Cli.Doctor;

namespace Motion.Cli.Bench;

/// <summary>Blender's own import of BVH files, timed inside Blender: the peer of <see cref="ImportBench"/>.</summary>
internal static class BlenderImport
{
    private const string Script = "blender_import.py";
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private sealed record Line(string Path, double Seconds);

    /// <summary>Whether Blender is installed.</summary>
    public static bool IsInstalled => ToolVersion.Find("blender") is not null;

    /// <summary>Imports each file in one run of Blender without a window.</summary>
    /// <param name="files">BVH files.</param>
    /// <param name="cancellation">Ends Blender.</param>
    /// <returns>Seconds that the import of each file took.</returns>
    /// <exception cref="MotionException">Blender did not import them all.</exception>
    public static async Task<IReadOnlyList<double>> Run(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("motion-bench-");
        try
        {
            string script = Path.Combine(folder.FullName, Script);
            await using (Stream source = typeof(BlenderImport).Assembly.GetManifestResourceStream("Motion.Cli.Bench." + Script)!)
            await using (FileStream target = File.Create(script))
            {
                await source.CopyToAsync(target, cancellation);
            }

            string output = await Output(
                ["--background", "--factory-startup", "--python-exit-code", "1", "--python", script, "--", .. files.Select(Path.GetFullPath)], cancellation);
            Line[] lines = [.. output.Split('\n').Where(line => line.StartsWith("SECONDS ", StringComparison.Ordinal))
                .Select(line => JsonSerializer.Deserialize<Line>(line[8..], Names)!)];

            // The first file comes twice, the first time while Blender loads what it needs.
            return lines.Length == files.Count + 1 ? [.. lines.Skip(1).Select(line => line.Seconds)]
                : throw new MotionException(
                    ExitCode.MissingComponent, $"Blender imported {Math.Max(0, lines.Length - 1)} of {files.Count} files: {output.Trim().Split('\n')[^1]}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Output(string[] arguments, CancellationToken cancellation)
    {
        using Process process = new()
        {
            StartInfo = new("blender", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return output + await error;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
