namespace Motion.Distillation.Embedding;

/// <summary>Where a training of an embedding stands.</summary>
public sealed record EmbeddingProgress
{
    /// <summary>Steps done of the stage on text alone.</summary>
    public long TextSteps { get; init; }

    /// <summary>Steps done of the stage with motion.</summary>
    public long MotionSteps { get; init; }

    /// <summary>Seconds on the clock, all sessions together.</summary>
    public double Seconds { get; init; }

    /// <summary>Surprise at the right caption among those of a batch, nats, of late.</summary>
    public double Match { get; init; }

    /// <summary>Share of captions whose nearest is the right one, of late.</summary>
    public double Hits { get; init; }
}
