namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// How far the fit lets things go before it minds: one standard deviation each. Smaller is firmer.
/// </summary>
internal sealed record FitWeights
{
    /// <summary>A heel or toe that rests, m.</summary>
    public float HeldFoot { get; init; } = 0.001f;

    /// <summary>A heel or toe in the air, m.</summary>
    public float FreeFoot { get; init; } = 0.01f;

    /// <summary>Hands, m.</summary>
    public float Hand { get; init; } = 0.015f;

    /// <summary>The head, m.</summary>
    public float Head { get; init; } = 0.03f;

    /// <summary>The pelvis, m.</summary>
    public float Pelvis { get; init; } = 0.03f;

    /// <summary>The pelvis' orientation, rad.</summary>
    public float PelvisTurn { get; init; } = 0.08f;

    /// <summary>A joint, rad from the transferred rotation.</summary>
    public float Joint { get; init; } = 0.25f;

    /// <summary>How fast the fit may draw the pelvis away from the transferred motion, m/s.</summary>
    public float PelvisRate { get; init; } = 0.15f;

    /// <summary>How fast the fit may turn a joint away from the transferred motion, rad/s.</summary>
    public float JointRate { get; init; } = 1f;

    /// <summary>A point below the ground, m.</summary>
    public float Ground { get; init; } = 0.0015f;
}
