using System.CommandLine;
using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Distillation.Embedding;
using Motion.Distillation.Planning;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion plan --task …</c>: the planner, or a baseline in its place, on a task without a sentence.</summary>
/// <remarks>
/// Keys of the JSON object: <c>task</c>, <c>planner</c>, <c>episodes</c>, <c>return</c>, <c>survival</c>, <c>seconds</c>, <c>jerk</c>, <c>reached</c>
/// (where there is a target, else null), <c>plans</c>, <c>plan_ms_p50</c>, <c>plan_ms_p99</c> (all episodes together), <c>overruns</c>, <c>place</c>
/// (where the first character is at last: x, y, m, and heading, rad).
/// </remarks>
internal static class PlanCommand
{
    private static readonly Option<string> Task = new("--task")
    {
        Description = $"what is wanted: {string.Join(", ", TaskChoice.Names)}",
        HelpName = "name",
        Required = true,
    };

    private static readonly Option<string> Planner = new Option<string>("--planner")
    {
        Description = "who acts: hgap plans, by codes and by skills of the global policy; codes or skills plan by these alone; text tells the policy one sentence; greedy, uniform and cloning use the model without planning; sampling, mppi and annealed search on the true dynamics",
        HelpName = "name",
        DefaultValueFactory = _ => ControllerChoice.Planned,
    }.AcceptOnlyFromAmong([.. ControllerChoice.Names]);

    private static readonly Option<double?> Budget = new("--budget")
    {
        Description = "longest time that a plan may keep the world waiting, ms; the last plan is followed meanwhile. No limit when not given",
        HelpName = "ms",
    };

    private static readonly Option<string?> Start = new("--start")
    {
        Description = "clip whose beginning episodes start from; a dozen clips in turn when not given",
        HelpName = "clip",
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "also write what the first character does, for './motion export' and './motion view'",
        HelpName = "file.npz",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Command command = new("plan", "plans for a task, without a sentence") { Task, Planner, Budget, Start, Record, PlanningOptions.Episodes };
        foreach (Option option in TaskChoice.All.Concat(PlanningOptions.Planning))
        {
            command.Add(option);
        }

        return command.Runs(Run);
    }

    private static async Task<Outcome> Run(CommandContext context)
    {
        string task = context.Value(Task)!, planner = context.Value(Planner)!;
        Func<GroundPlace, IObjective> objective = TaskChoice.Read(context, task, out float[]? sentence);
        Vector2? target = task == "go-to" ? TaskChoice.TargetOf(context) : null;
        int count = context.Value(PlanningOptions.Episodes);
        if (count is < 1 or > 4096 || !(context.Value(PlanningOptions.Seconds) is > 0 and <= 600))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"--episodes {count}, --seconds {context.Value(PlanningOptions.Seconds)}: wanted 1 to 4096, and above 0 to 600");
        }

        using TrajectoryModel model = PlanningOptions.ReadModel(context);
        PlannerOptions options = PlanningOptions.Read(context, model);
        string[] starts = context.Value(Start) is { } start ? [start] : [.. EpisodeStarts.ClipNames];
        IReadOnlyList<CharacterClip> clips = PlanningOptions.Clips(context, starts, model.Card.ControlRate);
        using TaskEvaluation evaluation = PlanningOptions.Evaluation(context, model, clips, count);
        using TextPolicy? text = PlanningOptions.ReadPolicy(context, clips);
        using SentenceEmbedding? embedding = sentence is null ? null : SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        ControllerChoice choice = new(model, text, context.Seed)
        {
            Budget = context.Value(Budget) is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)) : null,
            Sentence = sentence,
            Meaning = embedding is null ? null : new MotionLatents(embedding, evaluation.Worlds.Scene.Character),
        };
        using IController controller = choice.Make((planner, options, context.Value(PlanningOptions.Samples)), task, (evaluation.Engine, evaluation.Worlds));
        MotionRecorder recorder = new(evaluation.Worlds.Scene.Character, model.Card.ControlRate);
        int steps = (int)(context.Value(PlanningOptions.Seconds) * model.Card.ControlRate), done = 0;
        TaskScore score = await context.Output.Progress("planning", steps, "steps", progress => System.Threading.Tasks.Task.Run(() => evaluation.Measure(
            controller,
            (_, place) => objective(place),
            target is { } point ? (_, place) => TaskChoice.From(place, point) : null,
            standing =>
            {
                recorder.Add(evaluation.Worlds.Positions, evaluation.Worlds.WorldCount, 0);
                progress.Report(new ProgressReport(++done, $"{standing.Count} stand"));
            },
            context.Cancellation)));
        if (context.Value(Record) is { } file)
        {
            RecordingNpz.Write(file, recorder.Finish($"{planner} {task}") with { Licence = string.Join(", ", model.Card.Licences) });
        }

        return Print(context.Output, (task, planner), score, controller, evaluation);
    }

    private static JsonObject Print(Output output, (string Task, string Planner) what, TaskScore score, IController controller, TaskEvaluation evaluation)
    {
        int overruns = (controller as PlanningController)?.Overruns ?? 0;
        float[] state = new float[new StateLayout(evaluation.Worlds.Scene.Character).Count];
        GroundPlace place = new StateReader(new StateLayout(evaluation.Worlds.Scene.Character)).Read(evaluation.Worlds, 0, state);
        double middle = Percentiles.Of(controller.PlanMilliseconds, 0.5), tail = Percentiles.Of(controller.PlanMilliseconds, 0.99);
        output.Line(
            $"{what.Planner} on {what.Task}: return {score.Return:0.0} over {score.Seconds:0.0} s, {score.Survival * 100:0} % stand at the end, jerk {score.Jerk:0} m/s³{(score.Reached is { } reached ? $", {reached * 100:0} % reach the target" : "")}");
        output.Line($"{controller.PlanMilliseconds.Count} plans, {middle:0.0} ms each (99 % within {tail:0.0} ms){(overruns > 0 ? $"; {overruns} took longer than the budget, the last plan was followed meanwhile" : "")}");
        return new JsonObject
        {
            ["task"] = what.Task,
            ["planner"] = what.Planner,
            ["episodes"] = score.Episodes,
            ["return"] = Math.Round(score.Return, 3),
            ["survival"] = score.Survival,
            ["seconds"] = Math.Round(score.Seconds, 3),
            ["jerk"] = Math.Round(score.Jerk, 1),
            ["reached"] = score.Reached,
            ["plans"] = controller.PlanMilliseconds.Count,
            ["plan_ms_p50"] = Math.Round(middle, 2),
            ["plan_ms_p99"] = Math.Round(tail, 2),
            ["overruns"] = overruns,
            ["place"] = new JsonArray(Math.Round(place.Position.X, 3), Math.Round(place.Position.Y, 3), Math.Round(place.Heading, 3)),
        };
    }
}
