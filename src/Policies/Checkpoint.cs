using Motion.Sim.Characters;
using Motion.Sim.Configuration;
using Motion.Sim.Tracking;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>
/// The file of a policy: a safetensors archive of its weights and its normaliser, whose metadata holds a card; beside it lies the card as JSON, for people.
/// </summary>
internal static class Checkpoint
{
    private const string CardKey = "card";
    private const string StatisticsKey = "normaliser";

    /// <summary>Reads only the card.</summary>
    /// <param name="path">The file.</param>
    /// <param name="newest">Version of the card that is read.</param>
    /// <param name="kind">What it should be, in words.</param>
    /// <exception cref="InputException">The file is missing, is another thing, or is of another version.</exception>
    public static TCard ReadCard<TCard>(string path, int newest, string kind)
    {
        try
        {
            if (!SafetensorsFile.ReadHeader(path).Metadata.TryGetValue(CardKey, out string? text))
            {
                throw new InputException(path, 0, 0, $"is no {kind}: it has no card");
            }

            int version = System.Text.Json.Nodes.JsonNode.Parse(text)?["version"]?.GetValue<int>() ?? 0;
            return version == newest
                ? ConfigurationText.Read<TCard>(text, path)
                : throw new InputException(path, 0, 0, $"is a checkpoint of version {version}, this program reads version {newest} of this kind ({kind}): train it again");
        }
        catch (Exception problem) when (problem is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, problem.Message, problem);
        }
    }

    /// <summary>Makes sure that a checkpoint is for a character.</summary>
    /// <exception cref="InputException">It is for another.</exception>
    public static void RequireCharacter(string path, Character character, string name, string fingerprint)
    {
        string own = Expert.FingerprintOf(character);
        if (fingerprint != own)
        {
            throw new InputException(path, 0, 0, $"was trained for character '{name}' ({fingerprint[..Math.Min(12, fingerprint.Length)]}), not for '{character.Name}' ({own[..12]}): train it again for '{character.Name}'");
        }
    }

    /// <summary>Makes sure that what a policy sees and does is what this program's character shows and takes.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static void RequireLayout(string path, Character character, (int Observations, int Version, int Actions) found, int observations)
    {
        if (found.Version != ObservationLayout.Version || observations != found.Observations || character.Actuators.Length != found.Actions)
        {
            throw new InputException(
                path,
                0,
                0,
                $"has {found.Observations} observations of version {found.Version} and {found.Actions} actions; this program and '{character.Name}' have {observations} of version {ObservationLayout.Version} and {character.Actuators.Length}: train it again");
        }
    }

    /// <summary>Fills in weights and statistics.</summary>
    /// <exception cref="InputException">The file is damaged, or holds another network.</exception>
    public static void ReadInto(string path, GaussianPolicy policy, ObservationNormaliser normaliser)
    {
        try
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> tensors = SafetensorsFile.Read(path).Tensors;
            normaliser.Load(tensors.Remove(StatisticsKey, out Tensor? statistics) ? statistics : throw new InvalidOperationException($"'{StatisticsKey}' is missing"));
            policy.load_state_dict(tensors);
        }
        catch (Exception problem) when (problem is SafetensorsException or InvalidOperationException or ArgumentException or System.Runtime.InteropServices.ExternalException or IOException)
        {
            policy.Dispose();
            normaliser.Dispose();
            throw new InputException(path, 0, 0, $"is damaged: {problem.Message}", problem);
        }
    }

    /// <summary>Writes the file and, beside it with the ending .json, its card; each whole or not at all.</summary>
    /// <param name="path">The file, which should end in .safetensors.</param>
    /// <param name="card">What it says about itself.</param>
    /// <param name="policy">Weights.</param>
    /// <param name="normaliser">Statistics.</param>
    /// <param name="half">Whether weights are kept in 16 bits.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public static void Write<TCard>(string path, TCard card, GaussianPolicy policy, ObservationNormaliser normaliser, bool half)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> tensors = policy.state_dict().ToDictionary(pair => pair.Key, pair => (half ? pair.Value.to(ScalarType.Float16) : pair.Value).cpu());
        tensors[StatisticsKey] = normaliser.Save();
        string text = ConfigurationText.Write(card);
        try
        {
            SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [CardKey] = text });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; what was there before is still there", problem);
        }

        AtomicFile.Write(Path.ChangeExtension(path, ".json"), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
