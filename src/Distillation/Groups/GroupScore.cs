namespace Motion.Distillation.Groups;

/// <summary>What was measured of a policy of several skills.</summary>
public sealed record GroupScore
{
    /// <summary>Share of tries that began at rest without a fall.</summary>
    public double NoFallRest { get; init; }

    /// <summary>Share of tries that began in the skill's clip without a fall.</summary>
    public double NoFallClip { get; init; }

    /// <summary>Share of changes from one skill to another without a fall.</summary>
    public double TransitionNoFall { get; init; }

    /// <summary>Area under precision, mean over skills: see <see cref="Skills.PrecisionRecall"/>.</summary>
    public double PrecisionAuc { get; init; }

    /// <summary>Area under recall, mean over skills.</summary>
    public double RecallAuc { get; init; }

    /// <summary>One number to choose the best of several by.</summary>
    public double Rank => (NoFallRest + NoFallClip + TransitionNoFall) / 3 + PrecisionAuc + RecallAuc;

    /// <summary>The figures by the names that they have in JSON.</summary>
    public IEnumerable<KeyValuePair<string, double>> Figures =>
    [
        new("no_fall_rest", NoFallRest),
        new("no_fall_clip", NoFallClip),
        new("transition_no_fall", TransitionNoFall),
        new("precision_auc", PrecisionAuc),
        new("recall_auc", RecallAuc),
    ];
}

/// <summary>What was measured of one of its skills.</summary>
/// <param name="Clip">The skill.</param>
/// <param name="NoFallRest">Share of tries from rest without a fall.</param>
/// <param name="NoFallClip">Share of tries from its clip without a fall.</param>
/// <param name="TransitionNoFall">Share of changes to it without a fall.</param>
/// <param name="Areas">Precision and recall of all its tries.</param>
public sealed record SkillScore(string Clip, double NoFallRest, double NoFallClip, double TransitionNoFall, Skills.PrecisionRecall Areas);
