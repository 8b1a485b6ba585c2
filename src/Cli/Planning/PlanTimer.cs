using Motion.Distillation.Planning;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Planning;

/// <summary>Times plans for one character by itself, as it would be in a window.</summary>
internal static class PlanTimer
{
    // Code is compiled anew while it runs for the first seconds, and plans take several times as long.
    private const double WarmingMilliseconds = 2000;
    private const int FewestWarming = 4, MostWarming = 40;

    /// <summary>Milliseconds of plans, those left out that compile and warm.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="choice">Makes who acts.</param>
    /// <param name="starts">Where the episode starts.</param>
    /// <param name="who">Who acts, how, and with how many rollouts where it searches on the true dynamics.</param>
    /// <param name="plans">How many plans.</param>
    public static IReadOnlyList<double> Time(
        CommandContext context, ControllerChoice choice, IReadOnlyList<CharacterClip> starts, (string Name, PlannerOptions Options, int Samples) who, int plans)
    {
        using TaskEvaluation evaluation = PlanningOptions.Evaluation(context, choice.Model, starts, 1);
        using IController controller = choice.Make(who, "speed", (evaluation.Engine, evaluation.Worlds));
        BodyObjective objective = new(BodyTask.Speed);
        while (controller.PlanMilliseconds.Count < plans + Warming(controller.PlanMilliseconds))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int before = controller.PlanMilliseconds.Count;
            evaluation.Measure(controller, (_, _) => objective, null, null, context.Cancellation);
            if (controller.PlanMilliseconds.Count == before)
            {
                return [];
            }
        }

        return [.. controller.PlanMilliseconds.Skip(Warming(controller.PlanMilliseconds)).Take(plans)];
    }

    /// <summary>How many of the first plans are left out.</summary>
    private static int Warming(IReadOnlyList<double> times)
    {
        double spent = 0;
        return Math.Clamp(times.TakeWhile(time => (spent += time) < WarmingMilliseconds).Count(), FewestWarming, MostWarming);
    }
}
