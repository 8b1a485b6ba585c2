using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Motion.Benchmarks;

/// <summary>
/// Benchmarks in three tiers, each a namespace: Micro (one call), Middle (one stage), Macro (one step of the work people wait for).
/// <c>dotnet run -c Release --project tests/Benchmarks -- --filter '*Micro*'</c>
/// </summary>
internal static class Program
{
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
        args,
        // In this process: no second build, which would not know where this repository puts things.
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath("artifacts/benchmarks"));
}
