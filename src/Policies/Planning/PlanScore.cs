namespace Motion.Policies.Planning;

/// <summary>Scores of foreseen trajectories.</summary>
internal static class PlanScore
{
    /// <summary>Scores one sample.</summary>
    /// <param name="roots">Physical roots: [step × <see cref="StateLayout.RootCount"/>].</param>
    /// <param name="survival">Logits of standing: [step].</param>
    /// <param name="given">From where and for what, costs, and the seconds of a step.</param>
    /// <param name="path">Receives where the root is after every step, unless empty.</param>
    /// <returns>The score of its steps, with what a fall costs, and the chance to stand at the end.</returns>
    public static (double Score, double Survival) Of(
        ReadOnlySpan<float> roots, ReadOnlySpan<float> survival, (PlanRequest Request, PlannerOptions Options, float Seconds) given, Span<GroundPlace> path)
    {
        (PlanRequest request, PlannerOptions options, float seconds) = given;
        int steps = survival.Length;
        GroundPlace place = request.Place;
        double sum = 0, stands = 1;
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> state = roots.Slice(step * StateLayout.RootCount, StateLayout.RootCount);
            place = place.Moved(new System.Numerics.Vector2(state[7], state[8]), state[12], seconds);
            sum += request.Objective.Reward(new RootState(state, place));
            stands = Math.Min(stands, 1 / (1 + Math.Exp(-survival[step])));
            if (!path.IsEmpty)
            {
                path[step] = place;
            }
        }

        return (sum - (options.FallCost * (1 - stands)), stands);
    }

    /// <summary>What a fall earns where plans are tried out: its cost, and nothing from then on, or what was lost by the step that it ended. Nobody escapes a loss by falling.</summary>
    public static double Fall(double reward, int stepsLeft, PlannerOptions options) => (Math.Min(0, reward) * stepsLeft) - options.FallCost;

    /// <summary>What a plan that is followed is held better for than others: some deviations of what all earn, their meaning left out.</summary>
    public static double Patience(IEnumerable<double> all, PlannerOptions options)
    {
        double[] scores = [.. all.Where(double.IsFinite)];
        double mean = scores.DefaultIfEmpty().Average();
        return options.Patience * Math.Sqrt(scores.Select(score => (score - mean) * (score - mean)).DefaultIfEmpty().Average());
    }

    /// <summary>What unlikely codes cost.</summary>
    public static double Unlikely(double logLikelihood, int tokens, PlannerOptions options) =>
        options.UnlikelyCost * Math.Min(0, logLikelihood - (tokens * options.LikelihoodFloor));
}
