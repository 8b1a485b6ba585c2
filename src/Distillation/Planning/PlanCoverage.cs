using Motion.Policies.Planning;
using Motion.Sim.Physics;

namespace Motion.Distillation.Planning;

/// <summary>What repeated sampling comes to, by the number of samples.</summary>
/// <param name="Ks">Numbers of samples.</param>
/// <param name="Pass">Chance that one of them stands and earns what is wanted.</param>
/// <param name="Oracle">Expected return of the best of them, judged by the simulator.</param>
/// <param name="Selected">Expected return, in the simulator, of the one that the model holds best.</param>
/// <param name="Greedy">Return of the likeliest plan.</param>
/// <param name="Cloned">Mean return of one sample.</param>
public sealed record CoverageCurves(IReadOnlyList<int> Ks, IReadOnlyList<double> Pass, IReadOnlyList<double> Oracle, IReadOnlyList<double> Selected, double Greedy, double Cloned)
{
    /// <summary>Start states.</summary>
    public int States { get; init; }

    /// <summary>Samples of each.</summary>
    public int Samples { get; init; }
}

/// <summary>Draws many plans from each of many states and tries all of them out in the simulator, so that curves over the number of samples have no bias.</summary>
public static class PlanCoverage
{
    /// <summary>Measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="evaluation">Start states: one for every world.</param>
    /// <param name="starts">Puts the worlds at them.</param>
    /// <param name="objective">What is wanted.</param>
    /// <param name="how">How plans are drawn, how many and what a fall costs; and the return from which on a plan succeeds.</param>
    /// <param name="cancellation">Stops between states.</param>
    public static CoverageCurves Measure(
        TrajectoryModel model, TaskEvaluation evaluation, EpisodeStarts starts, IObjective objective, (PlannerOptions Options, double Wanted) how, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(starts);
        int samples = how.Options.Sampling.Samples;
        PlannerOptions free = how.Options with { Verified = samples, KeepBest = false };
        PlannerOptions single = free with { Verified = 1, Sampling = free.Sampling with { Samples = 1, Temperature = 0 } };
        Planner many = new(model, free), likeliest = new(model, single);
        using PlanVerifier verifier = new(evaluation.Engine, evaluation.Worlds, many, 1), one = new(evaluation.Engine, evaluation.Worlds, likeliest, 1);
        StateReader reader = new(new StateLayout(evaluation.Worlds.Scene.Character));
        starts.Place(evaluation.Worlds);
        int[] ks = [.. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(k => k <= samples)];
        double[] pass = new double[ks.Length], oracle = new double[ks.Length], selected = new double[ks.Length];
        double greedy = 0, cloned = 0;
        int states = evaluation.Worlds.WorldCount;
        for (int world = 0; world < states; world++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] state = new float[reader.Layout.Count];
            GroundPlace place = reader.Read(evaluation.Worlds, world, state);
            PlanRequest[] request = [new(state, place, objective, null, (ulong)world)];
            WorldState[] saved = [evaluation.Worlds.Save(world)];

            // Plans come best first by the model's score; from the back they are in the order in which they would be chosen.
            Plan[][] plans = many.Plans(request, samples);
            double[] earned = [.. verifier.Scores(saved, request, plans).Reverse()];
            bool[] stood = [.. verifier.Fallen.Take(samples).Reverse().Select(fell => !fell)];
            double[] inOrder = [.. earned.Order()];
            int successes = earned.Zip(stood).Count(pair => pair.Second && pair.First >= how.Wanted);
            for (int index = 0; index < ks.Length; index++)
            {
                pass[index] += RepeatedSampling.PassAt(samples, successes, ks[index]) / states;
                oracle[index] += RepeatedSampling.BestOf(inOrder, ks[index]) / states;
                selected[index] += RepeatedSampling.BestOf(earned, ks[index]) / states;
            }

            cloned += earned.Average() / states;
            greedy += one.Scores(saved, request, likeliest.Plans(request, 1))[0] / states;
        }

        return new CoverageCurves(ks, pass, oracle, selected, greedy, cloned) { States = states, Samples = samples };
    }
}
