namespace Motion.Distillation.Skills;

/// <summary>
/// How much of what a character does is the reference motion, and how much of the reference motion it does: thresholded precision and recall (Juravsky et
/// al., "SuperPADL", 2024) as areas under their curves over the threshold ε.
/// </summary>
/// <remarks>
/// <para>
/// Both motions are cut into windows of <see cref="WindowSeconds"/>, one at every frame or every few. The distance of two windows is the mean distance,
/// m, between the same bodies in the same frames, each window seen from its root's place on the ground and heading in its first frame
/// (<see cref="MotionWindows"/>). Precision at ε is the share of the character's windows that have a window of the reference within ε, recall at ε the
/// share of the reference's windows that have one of the character's within ε.
/// </para>
/// <para>
/// The area is taken for ε from 0 to <see cref="LargestDistance"/> and divided by that: 1 where every window is met exactly, 0 where none is met within
/// the largest distance. The paper's own distance, window and range are not known, and its areas are above 1: figures compare with one another, not with
/// the paper's.
/// </para>
/// </remarks>
/// <param name="Precision">Area under precision, 0 to 1.</param>
/// <param name="Recall">Area under recall, 0 to 1.</param>
public readonly record struct PrecisionRecall(double Precision, double Recall)
{
    /// <summary>Length of a window, s.</summary>
    public const double WindowSeconds = 0.5;

    /// <summary>The largest ε, m.</summary>
    public const double LargestDistance = 0.5;

    /// <summary>Compares what a character did with what it should have done.</summary>
    /// <param name="done">Windows of the character's motion: of all its tries together, which together may cover the reference.</param>
    /// <param name="reference">Windows of the reference.</param>
    /// <param name="expected">Windows that there would have been without falls: those that are missing are met by nothing. Those that there are when 0.</param>
    public static PrecisionRecall Compare(MotionWindows done, MotionWindows reference, int expected = 0)
    {
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(reference);
        return new PrecisionRecall(Area(Nearest(done, reference), Math.Max(expected, done.Count)), Area(Nearest(reference, done), reference.Count));
    }

    /// <summary>The distance of every window from the nearest of others, m; infinity where that is above <see cref="LargestDistance"/>.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="others">The others.</param>
    public static float[] Nearest(MotionWindows windows, MotionWindows others)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(others);
        float[] nearest = new float[windows.Count];
        for (int window = 0; window < nearest.Length; window++)
        {
            nearest[window] = float.PositiveInfinity;
            for (int other = 0; other < others.Count; other++)
            {
                nearest[window] = MathF.Min(nearest[window], windows.Distance(window, others, other, MathF.Min(nearest[window], (float)LargestDistance)));
            }
        }

        return nearest;
    }

    /// <summary>
    /// The area under the share of distances within ε, for ε from 0 to a largest one, divided by that: exactly Σ max(0, 1 − d/largest) / expected, since a
    /// distance d counts from ε = d on.
    /// </summary>
    /// <param name="distances">Distances, m.</param>
    /// <param name="expected">How many are shared among: those that are missing count as infinite.</param>
    /// <param name="largest">The largest ε, m.</param>
    public static double Area(ReadOnlySpan<float> distances, int expected, double largest = LargestDistance)
    {
        double area = 0;
        foreach (float distance in distances)
        {
            area += Math.Max(0, 1 - (distance / largest));
        }

        return expected == 0 ? 0 : area / expected;
    }
}
