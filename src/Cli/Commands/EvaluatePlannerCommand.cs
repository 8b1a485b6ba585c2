using System.CommandLine;
using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Cli.Planning;
using Motion.Distillation.Planning;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate planner</c>: the planner beside its baselines, on the paper's tasks and on reaching points.</summary>
/// <remarks>
/// Keys of the JSON object: <c>tasks</c>, by name, each with <c>return</c>, <c>return_error</c>, <c>survival</c>, <c>seconds</c>, <c>jerk</c>,
/// <c>plan_ms_p50</c>, <c>plan_ms_p99</c> (one character by itself), <c>reached</c> where there is a target, and <c>baselines</c>, by name, with the same
/// keys and <c>samples</c> where they search on the true dynamics (for <c>go-to-gait</c> only <c>reached</c>, <c>recognised</c>, <c>episodes</c> and
/// <c>gaits</c>); <c>mean_return</c>, by who, where all six of the paper's tasks were measured; <c>mocap_jerk</c>, of the clips that episodes start from, and
/// <c>mocap_jerk_most</c>, of the one that shakes most; <c>episodes</c>, <c>planner</c>: how plans were made; and
/// <c>coverage</c> where it was asked for.
/// </remarks>
internal static class EvaluatePlannerCommand
{
    private const string GoTo = "go-to";
    private const int ProbeSamples = 16;
    private static readonly string[] Known = [.. TaskChoice.Body.Select(task => task.Name), GoTo, GaitTrials.Name];

    private static readonly Option<string[]> Tasks = new("--tasks")
    {
        Description = $"which tasks; the paper's six, {GoTo} and {GaitTrials.Name} when not given",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> Baselines = new Option<string[]>("--baselines")
    {
        Description = "which baselines to measure beside it; all when not given, 'none' for none",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    }.AcceptOnlyFromAmong(["none", .. ControllerChoice.Names]);

    private static readonly Option<double[]> Times = new("--times")
    {
        Description = "how much longer than the planner those may take for a plan that search on the true dynamics",
        HelpName = "factor",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 10],
    };

    private static readonly Option<int> Episodes = new("--episodes")
    {
        Description = "episodes of each task",
        HelpName = "number",
        DefaultValueFactory = _ => 32,
    };

    private static readonly Option<int> BaselineEpisodes = new("--baseline-episodes")
    {
        Description = "episodes of each task for those that search on the true dynamics; as many as the planner's when 0",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<string?> Coverage = new("--coverage")
    {
        Description = "also try out all plans that are drawn from many states, and draw what more samples bring (.svg)",
        HelpName = "file",
    };

    private static readonly Option<int> CoverageStates = new("--coverage-states")
    {
        Description = "start states for --coverage",
        HelpName = "number",
        DefaultValueFactory = _ => 100,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Command command = new("planner", "the planner beside its baselines: return, survival, jerk and time") { Tasks, Baselines, Times, Episodes, BaselineEpisodes, Coverage, CoverageStates };
        foreach (Option option in PlanningOptions.Planning)
        {
            command.Add(option);
        }

        return command.Runs(Run);
    }

    private static async Task<Outcome> Run(CommandContext context)
    {
        string[] tasks = context.Value(Tasks) is { Length: > 0 } named ? named : Known;
        foreach (string task in tasks.Except(Known))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--tasks {task}: there is no such task to measure; there are {string.Join(", ", Known)}");
        }

        if (context.Value(Episodes) is < 1 or > 65_536)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--episodes {context.Value(Episodes)}: wanted 1 to 65536");
        }

        using TrajectoryModel model = PlanningOptions.ReadModel(context);
        PlannerOptions options = PlanningOptions.Read(context, model);
        IReadOnlyList<CharacterClip> starts = PlanningOptions.Clips(context, EpisodeStarts.ClipNames, model.Card.ControlRate);
        JsonObject json = new() { ["planner"] = Described(options, model), ["episodes"] = context.Value(Episodes) };
        using Runner runner = new(context, model, options, starts);
        List<(string Name, string Kind, int Samples)> others = runner.Others(context.Value(Baselines) ?? [], context.Value(Times) ?? []);
        int total = tasks.Length + (others.Count * tasks.Count(task => task != GaitTrials.Name));
        JsonObject measured = await context.Output.Progress("measuring", total, "series of episodes", progress => Task.Run(() => runner.All(tasks, others, progress)));
        double[] jerks = [.. starts.Select(clip => JerkMeter.Of(clip, model.Card.ControlRate))];
        json["mocap_jerk"] = Math.Round(jerks.Average(), 1);
        json["mocap_jerk_most"] = Math.Round(jerks.Max(), 1);
        json["tasks"] = measured;
        context.Output.Table(runner.Table);
        if (Means(measured) is { } means)
        {
            json["mean_return"] = means;
            context.Output.Line($"mean return over the six tasks: {string.Join(", ", means.Select(pair => $"{pair.Key} {(double)pair.Value!:0.0}"))}");
        }

        context.Output.Line($"jerk of the clips that episodes start from: {jerks.Average():0} m/s³, of the one that shakes most ({starts[Array.IndexOf(jerks, jerks.Max())].Name}) {jerks.Max():0}");
        if (context.Value(Coverage) is { } file)
        {
            json["coverage"] = await Task.Run(() => Cover(context, model, options, starts, file));
        }

        return json;
    }

    /// <summary>Mean returns over the paper's six tasks, as the paper gives them, by who; null unless all six were measured.</summary>
    private static JsonObject? Means(JsonObject tasks)
    {
        JsonNode[] six = [.. TaskChoice.Body.Select(task => tasks[task.Name]).OfType<JsonNode>()];
        if (six.Length < TaskChoice.Body.Count)
        {
            return null;
        }

        double MeanOf(Func<JsonNode, JsonNode> part) => Math.Round(six.Average(task => (double)part(task)["return"]!), 3);
        JsonObject means = new() { [ControllerChoice.Planned] = MeanOf(task => task) };
        foreach ((string name, _) in six[0]["baselines"]!.AsObject())
        {
            means[name] = MeanOf(task => task["baselines"]![name]!);
        }

        return means;
    }

    private static string Described(PlannerOptions options, TrajectoryModel model) =>
        $"N {options.Sampling.Samples}, {options.Sampling.ChunksOf(model.Card.Shape) * model.Card.Shape.ChunkSteps / (double)model.Card.ControlRate:0.##} s ahead, every {options.ExecuteSteps} steps, {options.Verified} verified";

    private static JsonObject Cover(CommandContext context, TrajectoryModel model, PlannerOptions options, IReadOnlyList<CharacterClip> starts, string file)
    {
        int states = context.Value(CoverageStates);
        using TaskEvaluation evaluation = PlanningOptions.Evaluation(context, model, starts, states);
        double wanted = 1.5 * model.Card.Shape.Steps;
        CoverageCurves curves = PlanCoverage.Measure(
            model, evaluation, new EpisodeStarts(starts, (ulong)context.Seed), new BodyObjective(BodyTask.Forward), (options, wanted), context.Cancellation);
        AtomicFile.Write(file, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(
            CoverageChart.Draw(curves, $"forward, {model.Card.Shape.Steps / (double)model.Card.ControlRate:0.##} s open loop; success: stands and earns {wanted:0}"))));
        context.Output.Line($"one of {curves.Ks[^1]} plans succeeds in {curves.Pass[^1] * 100:0} % of {states} states, one plan in {curves.Pass[0] * 100:0} %; {file}");
        JsonArray Rounded(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)Math.Round(value, 4))]);
        return new JsonObject
        {
            ["states"] = curves.States,
            ["samples"] = curves.Samples,
            ["k"] = new JsonArray([.. curves.Ks.Select(k => (JsonNode)k)]),
            ["pass_at_k"] = Rounded(curves.Pass),
            ["best_of_k"] = Rounded(curves.Oracle),
            ["selected_of_k"] = Rounded(curves.Selected),
            ["greedy"] = Math.Round(curves.Greedy, 4),
            ["file"] = file,
        };
    }

    private sealed class Runner(CommandContext context, TrajectoryModel model, PlannerOptions options, IReadOnlyList<CharacterClip> starts) : IDisposable
    {
        private readonly Dictionary<string, IReadOnlyList<double>> _times = [];
        private readonly TextPolicy? _text = PlanningOptions.ReadPolicy(context, starts);

        public TextTable Table { get; } = new("task", "who", "return", "±", "survival %", "seconds", "jerk m/s³", "reached %", "plan ms p50", "p99");

        private ControllerChoice Choice => new(model, _text, context.Seed);

        /// <summary>The baselines; those on the true dynamics with as many rollouts as fit the planner's time, times each factor.</summary>
        public List<(string Name, string Kind, int Samples)> Others(string[] names, IReadOnlyList<double> factors)
        {
            const int Plans = 40;
            string[] all = [.. ControllerChoice.Names.Skip(1).Where(name => _text is not null || !ControllerChoice.OfPolicy.Contains(name))];
            _times[ControllerChoice.Planned] = PlanTimer.Time(context, Choice, starts, (ControllerChoice.Planned, options, 0), Plans);
            double own = Percentiles.Of(_times[ControllerChoice.Planned], 0.5);
            List<(string, string, int)> others = [];
            foreach (string name in (names.Length == 0 ? all : names).Where(name => name != "none" && name != ControllerChoice.Planned))
            {
                if (!ControllerChoice.TrueDynamics.Contains(name))
                {
                    _times[name] = PlanTimer.Time(context, Choice, starts, (name, options, 0), Plans);
                    others.Add((name, name, 0));
                    continue;
                }

                foreach (double factor in factors)
                {
                    string label = factor == 1 ? name : $"{name}_x{factor:0.##}";
                    (int samples, _times[label]) = SamplesFor(name, own * factor);
                    others.Add((label, name, samples));
                }
            }

            return others;
        }

        /// <summary>As many rollouts as take so many milliseconds, and what they took: more rollouts at a time are cheaper, so that it takes some tries.</summary>
        private (int Samples, IReadOnlyList<double> Times) SamplesFor(string name, double wanted)
        {
            const int Tries = 6, Plans = 5;
            const double MostGrowth = 8, NearEnough = 0.1;
            int samples = ProbeSamples;
            for (int tried = 1; ; tried++)
            {
                IReadOnlyList<double> times = PlanTimer.Time(context, Choice, starts, (name, options, samples), Plans);
                double ratio = wanted / Percentiles.Of(times, 0.5);
                if (tried == Tries || Math.Abs(ratio - 1) < NearEnough)
                {
                    return (samples, times);
                }

                samples = Math.Max(4, (int)Math.Round(samples * Math.Min(MostGrowth, ratio)));
            }
        }

        public JsonObject All(IReadOnlyList<string> tasks, IReadOnlyList<(string Name, string Kind, int Samples)> others, IProgress<ProgressReport> progress)
        {
            JsonObject all = [];
            int done = 0;
            foreach (string task in tasks)
            {
                if (task == GaitTrials.Name)
                {
                    all[task] = InGaits();
                    progress.Report(new ProgressReport(++done, task));
                    continue;
                }

                JsonObject own = Reported((ControllerChoice.Planned, ControllerChoice.Planned, 0));
                JsonObject baselines = [];
                foreach ((string Name, string Kind, int Samples) other in others)
                {
                    baselines[other.Name] = Reported(other);
                }

                own["baselines"] = baselines;
                all[task] = own;

                // Hours pass until all is measured: what is known by then is said.
                JsonObject Reported((string Name, string Kind, int Samples) who)
                {
                    JsonObject measured = Measure(task, who);
                    progress.Report(new ProgressReport(++done, $"{task}, {who.Name}: {(double)measured["return"]!:0.0} ± {(double)measured["return_error"]!:0.0}, upright {(double)measured["survival"]! * 100:0} %"));
                    return measured;
                }
            }

            return all;
        }

        public void Dispose() => _text?.Dispose();

        private JsonObject InGaits()
        {
            using GaitTrials trials = new(context, model);
            JsonObject json = trials.Measure(
                () => PlanningOptions.Evaluation(context, model, starts, (context.Value(Episodes) + 2) / 3, GaitTrials.Seconds),
                evaluation => (PlanningController)Choice.Make((ControllerChoice.Planned, options, 0), GoTo, (evaluation.Engine, evaluation.Worlds)),
                PointFor,
                context.Cancellation);
            Table.Add(GaitTrials.Name, ControllerChoice.Planned, "", "", "", "", "", $"{(double)json["reached"]! * 100:0}, {(double)json["recognised"]! * 100:0} of these in the gait", "", "");
            return json;
        }

        private JsonObject Measure(string task, (string Name, string Kind, int Samples) who)
        {
            bool searches = ControllerChoice.TrueDynamics.Contains(who.Kind);
            int episodes = searches && context.Value(BaselineEpisodes) > 0 ? context.Value(BaselineEpisodes) : context.Value(Episodes);
            using TaskEvaluation evaluation = PlanningOptions.Evaluation(context, model, starts, episodes);
            using IController controller = Choice.Make((who.Kind, options, who.Samples), task, (evaluation.Engine, evaluation.Worlds));
            TaskScore score = task == GoTo
                ? evaluation.Measure(controller, (world, place) => new GoToPoint(PointFor(world, place)), PointFor, null, context.Cancellation)
                : evaluation.Measure(controller, (_, _) => new BodyObjective(TaskChoice.Body.First(known => known.Name == task).Task), null, null, context.Cancellation);
            double middle = Percentiles.Of(_times[who.Name], 0.5), tail = Percentiles.Of(_times[who.Name], 0.99);
            Table.Add(
                task, who.Name, $"{score.Return:0.0}", $"{score.ReturnError:0.0}", $"{score.Survival * 100:0}", $"{score.Seconds:0.0}", $"{score.Jerk:0}",
                score.Reached is { } reached ? $"{reached * 100:0}" : "", $"{middle:0.0}", $"{tail:0.0}");
            JsonObject json = new()
            {
                ["return"] = Math.Round(score.Return, 3),
                ["return_error"] = Math.Round(score.ReturnError, 3),
                ["survival"] = score.Survival,
                ["seconds"] = Math.Round(score.Seconds, 3),
                ["jerk"] = Math.Round(score.Jerk, 1),
                ["plan_ms_p50"] = Math.Round(middle, 2),
                ["plan_ms_p99"] = Math.Round(tail, 2),
                ["episodes"] = score.Episodes,
            };
            if (score.Reached is { } share)
            {
                json["reached"] = share;
            }

            if (searches)
            {
                json["samples"] = who.Samples;
            }

            return json;
        }

        /// <summary>A point 3 to 8 m away, in any direction.</summary>
        private Vector2 PointFor(int world, GroundPlace place)
        {
            CounterRandom random = CounterRandom.For((ulong)context.Seed, 0x60_0000 + (ulong)world);
            float distance = 3 + (5 * random.Uniform(0)), direction = MathF.Tau * random.Uniform(1);
            return TaskChoice.From(place, distance * new Vector2(MathF.Cos(direction), MathF.Sin(direction)));
        }
    }
}
