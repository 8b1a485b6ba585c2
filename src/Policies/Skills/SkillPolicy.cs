using Motion.Sim.Characters;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Policies.Skills;

/// <summary>A policy of several skills that is told what to do by a condition, with all that it needs to act: a group's, or the global one.</summary>
public sealed class SkillPolicy : IDisposable
{
    /// <summary>Takes over a policy and its normaliser.</summary>
    public SkillPolicy(SkillCard card, GaussianPolicy policy, ObservationNormaliser normaliser) => (Card, Policy, Normaliser) = (card, policy, normaliser);

    /// <summary>What it is and where it comes from.</summary>
    public SkillCard Card { get; }

    /// <summary>The policy.</summary>
    public GaussianPolicy Policy { get; }

    /// <summary>What observations go through.</summary>
    public ObservationNormaliser Normaliser { get; }

    /// <summary>The policy with random weights that a card speaks of.</summary>
    /// <param name="card">Sizes.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static SkillPolicy Create(SkillCard card, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(card, new GaussianPolicy(card.Observations, card.Actions, card.Policy, card.Deviation, seed), new ObservationNormaliser(card.Observations));
    }

    /// <summary>Reads only the card of a checkpoint.</summary>
    /// <exception cref="InputException">The file is missing, is no such policy, or is of another version.</exception>
    public static SkillCard ReadCard(string path) => Checkpoint.ReadCard<SkillCard>(path, SkillCard.NewestVersion, "group's or global policy");

    /// <summary>Loads a checkpoint for a character. The caller disposes the policy.</summary>
    /// <param name="path">The file.</param>
    /// <param name="character">Who shall act.</param>
    /// <exception cref="InputException">The file is damaged, or belongs to another character, version or kind of network.</exception>
    public static SkillPolicy Load(string path, Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        SkillCard card = ReadCard(path);
        Checkpoint.RequireCharacter(path, character, card.Character, card.CharacterFingerprint);
        int states = ObservationLayout.Of(character, card.Tracking).StateCount;
        Checkpoint.RequireLayout(path, character, (card.Observations, card.ObservationVersion, card.Actions), SkillTask.CountOf(states, card.Seen, card.ConditionSize));
        SkillPolicy policy = Create(card, seed: 0);
        Checkpoint.ReadInto(path, policy.Policy, policy.Normaliser);
        return policy;
    }

    /// <summary>Writes the checkpoint and, beside it with the ending .json, its card; each whole or not at all.</summary>
    /// <param name="path">The file, which should end in .safetensors.</param>
    /// <param name="half">Whether weights are kept in 16 bits.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public void Save(string path, bool half = false) => Checkpoint.Write(path, Card, Policy, Normaliser, half);

    /// <summary>The same policy with another card; the parts are shared.</summary>
    public SkillPolicy With(SkillCard card) => new(card, Policy, Normaliser);

    /// <summary>Chooses actions without noise.</summary>
    /// <param name="observations">[world × feature].</param>
    /// <param name="actions">Result: [world × action].</param>
    public void Act(Span<float> observations, Span<float> actions) => Acting.Act(Policy, Normaliser, observations, actions);

    /// <inheritdoc/>
    public void Dispose()
    {
        Policy.Dispose();
        Normaliser.Dispose();
    }
}
