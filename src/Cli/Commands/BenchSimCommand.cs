using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Bench;
using Motion.Cli.Motions;
using Motion.Sim.Physics;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench sim</c>: the physics beside MuJoCo's, and over worlds, threads and vector widths.</summary>
internal static class BenchSimCommand
{
    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "how long each figure is measured, in each round",
        HelpName = "number",
        DefaultValueFactory = _ => new SimBenchSettings().Seconds,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "rounds, of which the best counts",
        HelpName = "number",
        DefaultValueFactory = _ => new SimBenchSettings().Rounds,
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "a look in passing: one short round, scaling to 1,024 worlds",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() =>
        new Command("sim", "the physics beside MuJoCo's, and its scaling over worlds and threads") { Seconds, Rounds, Quick, EngineChoice.Engine }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        SimBenchSettings settings = new()
        {
            Seconds = context.Value(Seconds),
            Rounds = context.Value(Rounds),
            Threads = context.Threads,
            Seed = context.Seed,
        };
        if (context.Value(Quick))
        {
            settings = settings with { Seconds = 0.02, Rounds = 1, MostWorlds = 1024, WarmUpSteps = 20, LatencySteps = 100 };
        }

        IPhysicsEngine engine = EngineChoice.Named(context.Value(EngineChoice.Engine)!);
        string program = Environment.GetEnvironmentVariable("MOTION_MUJOCO_PEER") ?? "";
        using MuJoCoBench? peer = File.Exists(program) ? new MuJoCoBench(program) : null;
        SimBenchResult result = await context.Output.Progress("measuring", SimBench.Measurements(settings), "figures", progress =>
            new SimBench(engine, settings, progress, context.Cancellation).Run(peer));
        Show(context.Output, result);
        return Json(result);
    }

    private static void Show(Output output, SimBenchResult result)
    {
        TextTable table = new("physics steps/s on one core", "here", "contacts", "MuJoCo", "contacts", "its integrator", "ratio");
        foreach (SimComparison comparison in result.Comparisons)
        {
            if (comparison.MuJoCo.Count == 0)
            {
                table.Add(comparison.Scenario.Name, $"{comparison.StepsPerSecond:0}", $"{comparison.Contacts:0.0}", "", "", "", "");
            }

            foreach ((string integrator, MuJoCoSpeed speed) in comparison.MuJoCo)
            {
                table.Add(
                    comparison.Scenario.Name,
                    $"{comparison.StepsPerSecond:0}",
                    $"{comparison.Contacts:0.0}",
                    $"{speed.PhysicsStepsPerSecond:0}",
                    $"{speed.ContactsPerStep:0.0}",
                    integrator,
                    $"{comparison.StepsPerSecond / speed.PhysicsStepsPerSecond:0.0}");
            }
        }

        output.Table(table);
        TextTable alone = new("worlds", "threads", "lanes", "physics steps/s", "in a second of processor time");
        foreach (SimSpeed speed in result.Scaling.Concat(result.Widths))
        {
            alone.Add($"{speed.Worlds}", $"{speed.Threads}", $"{speed.Lanes}", $"{speed.Rate.PerSecond:0}", $"{speed.Rate.PerProcessorSecond:0}");
        }

        output.Table(alone);
        output.Line($"{result.BytesPerWorld} bytes a world; a control step of a single world takes {result.SingleWorldControlStepMilliseconds:0.000} ms");
        if (result.Comparisons[0].MuJoCo.Count == 0)
        {
            output.Line("MuJoCo is not installed (libmujoco-dev): nothing to compare with");
        }
    }

    private static JsonObject Json(SimBenchResult result)
    {
        SimComparison headline = result.Comparisons[0];
        return new JsonObject
        {
            ["scenario"] = headline.Scenario.Name,
            ["physics_steps_per_second_per_core"] = headline.StepsPerSecond,
            ["mujoco_physics_steps_per_second"] = headline.MuJoCoStepsPerSecond,
            ["ratio_to_mujoco"] = headline.Ratio,
            ["scenarios"] = new JsonArray([.. result.Comparisons.Select(Json)]),
            ["scaling"] = new JsonArray([.. result.Scaling.Select(Json)]),
            ["widths"] = new JsonArray([.. result.Widths.Select(Json)]),
            ["bytes_per_world"] = result.BytesPerWorld,
            ["single_world_control_step_ms"] = result.SingleWorldControlStepMilliseconds,
        };
    }

    private static JsonNode Json(SimComparison comparison) => new JsonObject
    {
        ["scenario"] = comparison.Scenario.Name,
        ["physics_steps_per_second_per_core"] = comparison.StepsPerSecond,
        ["contacts_per_step"] = comparison.Contacts,
        ["failures"] = comparison.Failures,
        ["ratio_to_mujoco"] = comparison.Ratio,
        ["mujoco"] = new JsonObject([.. comparison.MuJoCo.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
        {
            ["physics_steps_per_second"] = pair.Value.PhysicsStepsPerSecond,
            ["contacts_per_step"] = pair.Value.ContactsPerStep,
            ["unstable_episodes"] = pair.Value.UnstableEpisodes,
        }))]),
    };

    private static JsonNode Json(SimSpeed speed) => new JsonObject
    {
        ["worlds"] = speed.Worlds,
        ["threads"] = speed.Threads,
        ["lanes"] = speed.Lanes,
        ["physics_steps_per_second"] = speed.Rate.PerSecond,
        ["physics_steps_per_processor_second"] = speed.Rate.PerProcessorSecond,
    };
}
