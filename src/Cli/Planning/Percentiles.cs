namespace Motion.Cli.Planning;

/// <summary>Middles and tails of what was timed.</summary>
internal static class Percentiles
{
    /// <summary>The smallest value that a share of all does not exceed; 0 of none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
