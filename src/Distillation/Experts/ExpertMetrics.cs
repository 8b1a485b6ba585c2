namespace Motion.Distillation.Experts;

/// <summary>The numbers that a training of an expert leaves behind after every update.</summary>
internal static class ExpertMetrics
{
    private static readonly string[] Always =
    [
        "samples", "seconds", "reward", "terminated", "truncated", "policy_loss", "value_error", "divergence", "clipped", "gradient_norm", "learning_rate", "epochs",
    ];

    /// <summary>All names, in the order of columns.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Always, .. new ExpertScore().Figures.Select(figure => figure.Key)];

    /// <summary>The row of an update.</summary>
    public static Dictionary<string, double> Row(ExpertProgress progress, PolicyUpdate update, float valueError, Rollout rollout, bool looked)
    {
        double[] values =
        [
            progress.Samples, progress.Seconds, progress.Reward,
            rollout.Terminated.Count(ended => ended), rollout.Truncated.Count(ended => ended),
            update.PolicyLoss, valueError, update.Divergence, update.Clipped, update.GradientNorm, update.LearningRate, update.Epochs,
        ];
        Dictionary<string, double> row = Always.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach ((string name, double value) in looked ? progress.Latest!.Figures.Where(figure => figure.Value >= 0) : [])
        {
            row[name] = value;
        }

        return row;
    }
}
