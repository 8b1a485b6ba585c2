using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Experts;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench train</c>: how fast an expert learns, and what takes the time.</summary>
/// <remarks>
/// Keys of the JSON object: <c>samples_per_second</c> (a training as it is); <c>split</c>: seconds of a round by part (physics, task, observation,
/// inference, update), each run by itself; <c>samples_per_round</c>; <c>update_seconds</c>, <c>matrix_product_seconds</c> and the middle ratio of processor times
/// <c>update_ratio_to_matrix_products</c>; <c>threads</c>, <c>device</c>.
/// </remarks>
internal static class BenchTrainCommand
{
    private static readonly Argument<string> Clip = new("clip")
    {
        Description = "the clip to train on",
        DefaultValueFactory = _ => "walk_forward",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "rollouts and updates that are timed",
        HelpName = "number",
        DefaultValueFactory = _ => 10,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("train", "samples per second of learning, by part, and the update beside its bare matrix products")
    {
        Clip, Rounds, TrainingSettings.Profile, TrainingSettings.Config, TrainingSettings.Set,
    }.Runs(Run);

    private static Outcome Run(CommandContext context)
    {
        ExpertOptions options = TrainingSettings.Read(context, ExpertOptions.Profile) with { Seed = (ulong)context.Seed };
        options.Validate();
        TorchSharp.torch.Device device = context.ReadyTorch();
        ImportedClip clip = new ClipImport(CharacterLibrary.Humanoid()).Import(MotionFolder.Inputs([context.Value(Clip)], folder: null)[0]);
        TrainBenchResult result = TrainBench.Run(new ExpertTraining([clip.Retargeted.Motion], options, context.Threads, "./motion bench train") { Device = device }, Math.Max(1, context.Value(Rounds)), context.Cancellation);
        double total = result.Seconds.Sum(part => part.Seconds);
        TextTable table = new("part", "ms a round", "share %", "samples/s by itself");
        foreach ((string part, double seconds) in result.Seconds)
        {
            table.Add(part, $"{1000 * seconds:0.0}", $"{100 * seconds / total:0}", $"{result.Samples / seconds:N0}");
        }

        context.Output.Table(table.Add("bare matrix products (processor)", $"{1000 * result.ProductSeconds:0.0}", "", $"{result.Samples / result.ProductSeconds:N0}"));
        context.Output.Line($"{result.SamplesPerSecond:N0} samples/s as a whole; an update takes {result.UpdateRatio:0.00} times its bare matrix products");
        return new JsonObject
        {
            ["samples_per_second"] = result.SamplesPerSecond,
            ["split"] = new JsonObject(result.Seconds.Select(part => KeyValuePair.Create(part.Part, (JsonNode?)part.Seconds))),
            ["samples_per_round"] = result.Samples,
            ["update_seconds"] = result.Seconds[^1].Seconds,
            ["matrix_product_seconds"] = result.ProductSeconds,
            ["update_ratio_to_matrix_products"] = result.UpdateRatio,
            ["threads"] = context.Threads,
            ["device"] = context.Device,
        };
    }
}
