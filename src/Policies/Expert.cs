using Motion.Sim.Characters;
using Motion.Sim.Clips.Library;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>
/// A policy that performs one clip, with all that it needs to act. Its file is a safetensors archive whose metadata holds the card; beside it lies
/// the card as JSON, for people.
/// </summary>
public sealed class Expert : IDisposable
{
    /// <summary>Takes over a policy and its normaliser.</summary>
    public Expert(ExpertCard card, GaussianPolicy policy, ObservationNormaliser normaliser) => (Card, Policy, Normaliser) = (card, policy, normaliser);

    /// <summary>What it is and where it comes from.</summary>
    public ExpertCard Card { get; init; }

    /// <summary>The policy.</summary>
    public GaussianPolicy Policy { get; }

    /// <summary>What observations go through.</summary>
    public ObservationNormaliser Normaliser { get; }

    /// <summary>Reads only the card of a checkpoint.</summary>
    /// <exception cref="InputException">The file is missing, is not an expert's, or is of another version.</exception>
    public static ExpertCard ReadCard(string path) => Checkpoint.ReadCard<ExpertCard>(path, ExpertCard.NewestVersion, "expert");

    /// <summary>Loads a checkpoint for a character. The caller disposes the expert.</summary>
    /// <param name="path">The file.</param>
    /// <param name="character">Who shall act.</param>
    /// <param name="device">Where its networks shall be; the processor when null.</param>
    /// <exception cref="InputException">The file is damaged, or belongs to another character, version or kind of network.</exception>
    public static Expert Load(string path, Character character, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(character);
        ExpertCard card = ReadCard(path);
        Checkpoint.RequireCharacter(path, character, card.Character, card.CharacterFingerprint);
        Checkpoint.RequireLayout(path, character, (card.Observations, card.ObservationVersion, card.Actions), ObservationLayout.Of(character, card.Tracking).Count);
        Expert expert = new(card, new GaussianPolicy(card.Observations, card.Actions, card.Policy, card.Deviation, seed: 0), new ObservationNormaliser(card.Observations));
        Checkpoint.ReadInto(path, expert.Policy, expert.Normaliser);
        return device is null ? expert : expert.On(device);
    }

    /// <summary>The same expert, this one, with its networks moved to a device.</summary>
    public Expert On(Device device)
    {
        Policy.to(device);
        ObservationNormaliser moved = new(Card.Observations, device);
        using Tensor learned = Normaliser.Save();
        moved.Load(learned);
        Normaliser.Dispose();
        return new Expert(Card, Policy, moved);
    }

    /// <summary>The fingerprint that a card has for a character.</summary>
    public static string FingerprintOf(Character character) => Convert.ToHexStringLower(CharacterFingerprint.Of(character));

    /// <summary>Writes the checkpoint and, beside it with the ending .json, its card; each whole or not at all.</summary>
    /// <param name="path">The file, which should end in .safetensors.</param>
    /// <param name="half">Whether weights are kept in 16 bits.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public void Save(string path, bool half = false) => Checkpoint.Write(path, Card, Policy, Normaliser, half);

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
