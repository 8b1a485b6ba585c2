using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>Several motions side by side, filled up with zeros to the same length.</summary>
/// <param name="Frames">Features: [motion, frame, feature]; the frames are whole tokens.</param>
/// <param name="Present">Which frames are there, 1 or 0: [motion, frame].</param>
public sealed record MotionBatch(Tensor Frames, Tensor Present)
{
    /// <summary>Puts motions side by side; the tensors are owned by the caller's scope.</summary>
    /// <param name="motions">Features of each: [frame × feature], at least one frame; what is past the longest is cut.</param>
    /// <param name="shape">Sizes.</param>
    /// <exception cref="ArgumentException">A motion has no frame, or is not made of whole frames.</exception>
    public static MotionBatch Of(IReadOnlyList<ReadOnlyMemory<float>> motions, EmbeddingShape shape)
    {
        ArgumentNullException.ThrowIfNull(motions);
        ArgumentNullException.ThrowIfNull(shape);
        int features = shape.MotionFeatures;
        int[] counts = [.. motions.Select(motion => Math.Min(motion.Length / features, shape.MostFrames))];
        if (counts.Contains(0) || motions.Any(motion => motion.Length % features != 0))
        {
            throw new ArgumentException($"wanted motions of one or more frames of {features} numbers", nameof(motions));
        }

        int frames = (counts.Max() + shape.FramesPerToken - 1) / shape.FramesPerToken * shape.FramesPerToken;
        float[] filled = new float[motions.Count * frames * features];
        float[] present = new float[motions.Count * frames];
        for (int motion = 0; motion < motions.Count; motion++)
        {
            motions[motion].Span[..(counts[motion] * features)].CopyTo(filled.AsSpan(motion * frames * features));
            present.AsSpan(motion * frames, counts[motion]).Fill(1);
        }

        return new MotionBatch(tensor(filled, [motions.Count, frames, features]), tensor(present, [motions.Count, frames]));
    }
}
