using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Motion.Sim.Characters;

namespace Motion.Cli.Bench;

/// <summary>What MuJoCo did.</summary>
/// <param name="PhysicsStepsPerSecond">Physics steps in a second of processor time.</param>
/// <param name="ContactsPerStep">Contacts in the mean over all steps.</param>
/// <param name="UnstableEpisodes">Episodes that MuJoCo gave up.</param>
internal sealed record MuJoCoSpeed(double PhysicsStepsPerSecond, double ContactsPerStep, int UnstableEpisodes);

/// <summary>The program of native/bench/mujoco, timing MuJoCo in a scenario of the physics benchmark on one core: PGS, 10 iterations.</summary>
internal sealed class MuJoCoBench : IDisposable
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string program;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motion-bench-");
    private readonly string humanoid;

    /// <param name="program">Path of the program.</param>
    public MuJoCoBench(string program)
    {
        this.program = program;
        humanoid = Path.Combine(folder.FullName, "humanoid.xml");
        using Stream source = typeof(CharacterLibrary).Assembly.GetManifestResourceStream("Motion.Sim.Characters.humanoid.xml")!;
        using FileStream target = File.Create(humanoid);
        source.CopyTo(target);
    }

    /// <summary>Steps for a while.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="integrator"><c>implicit</c>: the file as it is; <c>euler</c>: the drives' velocity gains moved to the joints' damping.</param>
    /// <param name="seconds">Processor time at least.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="MotionException">The program failed; says what it said.</exception>
    public async Task<MuJoCoSpeed> Run(SimScenario scenario, string integrator, double seconds, CancellationToken cancellation)
    {
        string[] arguments = ["bench", humanoid, Text(seconds), integrator, Text(scenario.TargetBound), Text(scenario.FallHeight)];
        using Process process = new() { StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<MuJoCoSpeed>(output, Names)!
                : throw new MotionException(ExitCode.MissingComponent, $"the program that steps MuJoCo failed: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private static string Text(double number) => number.ToString("r", CultureInfo.InvariantCulture);
}
