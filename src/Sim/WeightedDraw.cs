namespace Motion.Sim;

/// <summary>Draws among things by their weights.</summary>
internal static class WeightedDraw
{
    /// <summary>The index at which a share of the weights' sum, each raised by something, is reached; −1 when there is no weight.</summary>
    public static int IndexOf(ReadOnlySpan<float> weights, float raised, float share)
    {
        float sum = raised * weights.Length;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        float left = share * sum;
        for (int index = 0; index < weights.Length; index++)
        {
            left -= weights[index] + raised;
            if (left < 0)
            {
                return index;
            }
        }

        return -1;
    }
}
