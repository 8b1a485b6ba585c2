using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench tensor</c>: a training step and the smallest operator beside the same in C++, and what memory does meanwhile.</summary>
internal static class BenchTensorCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "rounds in which this program and the C++ one take turns",
        HelpName = "number",
        DefaultValueFactory = _ => new TensorBenchSettings().Rounds,
    };

    private static readonly Option<int> Steps = new("--steps")
    {
        Description = "training steps over which memory is watched",
        HelpName = "number",
        DefaultValueFactory = _ => new TensorBenchSettings().MemorySteps,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() =>
        new Command("tensor", "a training step and the smallest operator beside the same in C++, and memory over many steps") { Rounds, Steps }
            .Runs(Run);

    private static Outcome Run(CommandContext context)
    {
        TensorBenchSettings settings = new()
        {
            Rounds = context.Value(Rounds),
            MemorySteps = context.Value(Steps),
            Threads = context.Threads,
        };
        var result = TensorBench.Run(settings, Environment.GetEnvironmentVariable("MOTION_TORCH_PEER") ?? "", context.Cancellation);
        context.Output.Table(new TextTable("what", "here", "C++", "ratio")
            .Add("training step, ms", $"{result.TrainStepSeconds * 1e3:0.0}", $"{result.TrainStepSecondsCpp * 1e3:0.0}", $"{result.TrainStepRatioToCpp:0.000}")
            .Add("adding 1×1, µs", $"{result.AddMicroseconds:0.00}", $"{result.AddMicrosecondsCpp:0.00}", $"{result.AddMicroseconds / result.AddMicrosecondsCpp:0.00}")
            .Add("resident bytes per step", $"{result.ResidentBytesPerStep:0.0}", "", "")
            .Add("live managed bytes per step", $"{result.ManagedBytesPerStep:0.0}", "", ""));
        return new JsonObject
        {
            ["train_step_ratio_to_cpp"] = result.TrainStepRatioToCpp,
            ["train_step_seconds"] = result.TrainStepSeconds,
            ["train_step_seconds_cpp"] = result.TrainStepSecondsCpp,
            ["add_microseconds"] = result.AddMicroseconds,
            ["add_microseconds_cpp"] = result.AddMicrosecondsCpp,
            ["add_allocated_bytes"] = result.AddAllocatedBytes,
            ["resident_bytes_per_step"] = result.ResidentBytesPerStep,
            ["managed_bytes_per_step"] = result.ManagedBytesPerStep,
            ["memory_steps"] = settings.MemorySteps,
            ["threads"] = settings.Threads,
        };
    }
}
