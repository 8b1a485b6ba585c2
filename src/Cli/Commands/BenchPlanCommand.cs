using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Planning;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench plan</c>: how long a plan takes for one character.</summary>
/// <remarks>
/// Keys of the JSON object: <c>plans</c>, each with <c>samples</c>, <c>horizon</c> (s), <c>verified</c>, <c>p50_ms</c>, <c>p99_ms</c>; and <c>threads</c>.
/// </remarks>
internal static class BenchPlanCommand
{
    // Plans that are tried out where verification is timed.
    private const int Tried = PlanningOptions.UsuallyVerified;

    // How far ahead: so many parts of what the model can.
    private const int Quarters = 4;

    private static readonly Option<int> Plans = new("--plans")
    {
        Description = "plans of each kind",
        HelpName = "number",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<int[]> Counts = new("--counts")
    {
        Description = "numbers of samples",
        HelpName = "number",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 16, 64, 256, 512],
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Command command = new("plan", "how long a plan takes for one character, by samples, horizon and verification") { Plans, Counts };
        foreach (Option option in PlanningOptions.Planning.Except([PlanningOptions.Samples, PlanningOptions.Horizon, PlanningOptions.Verify]))
        {
            command.Add(option);
        }

        return command.Runs(Run);
    }

    private static async Task<Outcome> Run(CommandContext context)
    {
        using TrajectoryModel model = PlanningOptions.ReadModel(context);
        IReadOnlyList<CharacterClip> starts = PlanningOptions.Clips(context, ["walk_forward"], model.Card.ControlRate);
        using TextPolicy? text = PlanningOptions.ReadPolicy(context, starts);
        ControllerChoice choice = new(model, text, context.Seed);
        double chunk = model.Card.Shape.ChunkSteps / (double)model.Card.ControlRate;
        int[] chunks = [.. Enumerable.Range(1, Quarters).Select(quarter => quarter * model.Card.Shape.Chunks / Quarters).Where(count => count > 0).Distinct()];
        int[] counts = context.Value(Counts) ?? [];
        if (counts.Any(count => count is < 1 or > 65_536) || context.Value(Plans) is < 1 or > 100_000)
        {
            throw new MotionException(ExitCode.BadConfiguration, "--counts and --plans: wanted 1 or more of each");
        }

        (int Samples, int Chunks, int Verified)[] kinds = [.. counts.SelectMany(samples => chunks.SelectMany(far => samples < Tried ? new[] { (samples, far, 0) } : [(samples, far, 0), (samples, far, Tried)]))];
        TextTable table = new("samples", "ahead s", "verified", "p50 ms", "p99 ms");
        JsonArray rows = await context.Output.Progress("planning", kinds.Length, "kinds", progress => Task.Run(() =>
        {
            JsonArray measured = [];
            foreach ((int samples, int far, int verified) in kinds)
            {
                PlannerOptions options = new() { Sampling = new SamplingOptions { Samples = samples, Chunks = far }, Verified = verified, ToldShare = context.Value(PlanningOptions.ToldShare), BeamWays = context.Value(PlanningOptions.Beam) };
                IReadOnlyList<double> times = PlanTimer.Time(context, choice, starts, (ControllerChoice.Planned, options, 0), context.Value(Plans));
                (double middle, double tail) = (Percentiles.Of(times, 0.5), Percentiles.Of(times, 0.99));
                table.Add($"{samples}", $"{far * chunk:0.##}", $"{verified}", $"{middle:0.0}", $"{tail:0.0}");
                measured.Add(new JsonObject { ["samples"] = samples, ["horizon"] = Math.Round(far * chunk, 3), ["verified"] = verified, ["p50_ms"] = Math.Round(middle, 2), ["p99_ms"] = Math.Round(tail, 2) });
                progress.Report(new ProgressReport(measured.Count, $"{samples} samples"));
            }

            return measured;
        }));
        context.Output.Table(table);
        return new JsonObject { ["plans"] = rows, ["threads"] = context.Threads };
    }
}
