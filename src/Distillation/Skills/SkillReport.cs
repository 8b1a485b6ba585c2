namespace Motion.Distillation.Skills;

/// <summary>How well one actor does what it is told.</summary>
/// <param name="Captions">Ten seconds from rest for each caption that was learned.</param>
/// <param name="Paraphrases">The same for captions that no training saw; none where conditions are indices.</param>
/// <param name="Changes">Changes from one skill to another.</param>
/// <param name="Areas">Precision and recall of what was done for the captions.</param>
public sealed record SkillReport(IReadOnlyList<SkillAnswer> Captions, IReadOnlyList<SkillAnswer> Paraphrases, IReadOnlyList<SkillTransition> Changes, PrecisionRecall Areas)
{
    /// <summary>Share of tries from rest, captions and paraphrases, without a fall.</summary>
    public double NoFall => Share([.. Captions, .. Paraphrases], answer => !answer.Fell);

    /// <summary>Share of captions after which the right skill is seen.</summary>
    public double SkillTrain => Share(Captions, answer => answer.IsRight);

    /// <summary>Share of paraphrases after which the right skill is seen.</summary>
    public double SkillParaphrase => Share(Paraphrases, answer => answer.IsRight);

    /// <summary>Share of changes without a fall.</summary>
    public double TransitionNoFall => Share(Changes, change => !change.Fell);

    /// <summary>Share of changes after which the new skill is seen from the second second on.</summary>
    public double TransitionSkill => Share(Changes, change => change.IsRight);

    /// <summary>The figures by the names that they have in results.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures =>
    [
        ("no_fall", NoFall), ("skill_train", SkillTrain), ("skill_paraphrase", SkillParaphrase),
        ("transition_no_fall", TransitionNoFall), ("transition_skill", TransitionSkill),
        ("precision_auc", Math.Round(Areas.Precision, 4)), ("recall_auc", Math.Round(Areas.Recall, 4)),
    ];

    /// <summary>The share of things for which something holds, to four places; 0 of nothing.</summary>
    public static double Share<T>(IReadOnlyList<T> all, Func<T, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(all);
        return all.Count == 0 ? 0 : Math.Round(all.Count(holds) / (double)all.Count, 4);
    }
}
