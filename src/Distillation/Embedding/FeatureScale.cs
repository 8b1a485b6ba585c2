using Motion.Language.Embedding;

namespace Motion.Distillation.Embedding;

/// <summary>Mean and spread of every motion feature.</summary>
/// <param name="Mean">Means: [feature].</param>
/// <param name="Deviation">What to divide by: [feature].</param>
internal sealed record FeatureScale(float[] Mean, float[] Deviation)
{
    // Features that hardly change are not blown up.
    private const float LeastDeviation = 0.02f;

    /// <summary>That of clips and their mirror images.</summary>
    public static FeatureScale Of(IEnumerable<EmbeddingClip> clips, int features)
    {
        double[] sum = new double[features];
        double[] squares = new double[features];
        long frames = 0;
        foreach (ReadOnlyMemory<float> motion in clips.SelectMany(clip => new[] { clip.Features, clip.Mirrored }))
        {
            ReadOnlySpan<float> values = motion.Span;
            frames += values.Length / features;
            for (int index = 0; index < values.Length; index++)
            {
                sum[index % features] += values[index];
                squares[index % features] += (double)values[index] * values[index];
            }
        }

        double[] means = [.. sum.Select(total => total / frames)];
        return new FeatureScale(
            [.. means.Select(mean => (float)mean)],
            [.. squares.Select((total, index) => MathF.Max(LeastDeviation, (float)Math.Sqrt(Math.Max(0, (total / frames) - (means[index] * means[index])))))]);
    }

    /// <summary>Tells it to the encoder of motions.</summary>
    public void Give(MotionEncoder encoder) => encoder.SetScale(Mean, Deviation);
}
