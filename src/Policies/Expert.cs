using Motion.Sim.Characters;
using Motion.Sim.Clips.Library;
using Motion.Sim.Configuration;
using Motion.Sim.Tracking;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>
/// A policy that performs one clip, with all that it needs to act. Its file is a safetensors archive whose metadata holds the card; beside it lies
/// the card as JSON, for people.
/// </summary>
public sealed class Expert : IDisposable
{
    private const string CardKey = "card";
    private const string StatisticsKey = "normaliser";

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
    public static ExpertCard ReadCard(string path)
    {
        try
        {
            return CardOf(path, SafetensorsFile.ReadHeader(path).Metadata);
        }
        catch (Exception problem) when (problem is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, problem.Message, problem);
        }
    }

    /// <summary>Loads a checkpoint for a character. The caller disposes the expert.</summary>
    /// <param name="path">The file.</param>
    /// <param name="character">Who shall act.</param>
    /// <param name="device">Where its networks shall be; the processor when null.</param>
    /// <exception cref="InputException">The file is damaged, or belongs to another character, version or kind of network.</exception>
    public static Expert Load(string path, Character character, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(character);
        ExpertCard card = ReadCard(path);
        string fingerprint = FingerprintOf(character);
        if (card.CharacterFingerprint != fingerprint)
        {
            throw new InputException(
                path, 0, 0, $"was trained for character '{card.Character}' ({card.CharacterFingerprint[..12]}), not for '{character.Name}' ({fingerprint[..12]}): train it again for '{character.Name}'");
        }

        int observations = ObservationLayout.Of(character, card.Tracking).Count;
        if (card.ObservationVersion != ObservationLayout.Version || observations != card.Observations || character.Actuators.Length != card.Actions)
        {
            throw new InputException(
                path,
                0,
                0,
                $"has {card.Observations} observations of version {card.ObservationVersion} and {card.Actions} actions; this program and '{character.Name}' have {observations} of version {ObservationLayout.Version} and {character.Actuators.Length}: train it again");
        }

        GaussianPolicy policy = new(card.Observations, card.Actions, card.Policy, card.Deviation, seed: 0);
        ObservationNormaliser normaliser = new(card.Observations);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> tensors = SafetensorsFile.Read(path).Tensors;
            normaliser.Load(tensors.Remove(StatisticsKey, out Tensor? statistics) ? statistics : throw new InvalidOperationException($"'{StatisticsKey}' is missing"));
            policy.load_state_dict(tensors);
            return device is null ? new Expert(card, policy, normaliser) : new Expert(card, policy, normaliser).On(device);
        }
        catch (Exception problem) when (problem is SafetensorsException or InvalidOperationException or ArgumentException or Motion.Torch.TorchException or IOException)
        {
            policy.Dispose();
            normaliser.Dispose();
            throw new InputException(path, 0, 0, $"is damaged: {problem.Message}", problem);
        }
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
    public void Save(string path, bool half = false)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> tensors = Policy.state_dict();
        if (half)
        {
            tensors = tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float16));
        }

        tensors = tensors.ToDictionary(pair => pair.Key, pair => pair.Value.cpu());

        tensors[StatisticsKey] = Normaliser.Save();
        string card = ConfigurationText.Write(Card);
        try
        {
            SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [CardKey] = card });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; what was there before is still there", problem);
        }

        AtomicFile.Write(Path.ChangeExtension(path, ".json"), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(card)));
    }

    /// <summary>Chooses actions without noise.</summary>
    /// <param name="observations">[world × feature].</param>
    /// <param name="actions">Result: [world × action].</param>
    public void Act(Span<float> observations, Span<float> actions)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor seen = empty(observations.Length / Policy.Observations, Policy.Observations);
        seen.data<float>().CopyFrom(observations);
        Policy.call(Normaliser.Normalise(seen.to(Policy.Device))).data<float>().CopyTo(actions);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Policy.Dispose();
        Normaliser.Dispose();
    }

    private static ExpertCard CardOf(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(CardKey, out string? text))
        {
            throw new InputException(path, 0, 0, "is no expert: it has no card");
        }

        int version = System.Text.Json.Nodes.JsonNode.Parse(text)?["version"]?.GetValue<int>() ?? 0;
        return version == ExpertCard.NewestVersion
            ? ConfigurationText.Read<ExpertCard>(text, path)
            : throw new InputException(path, 0, 0, $"is an expert of version {version}, this program reads version {ExpertCard.NewestVersion}: train it again");
    }
}
