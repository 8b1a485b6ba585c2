using Motion.Sim.Characters;
using Motion.Sim.Configuration;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// A generative model of trajectories, with all that is needed to plan with it. Its file is a safetensors archive whose metadata holds the card; beside it
/// lies the card as JSON, for people.
/// </summary>
public sealed class TrajectoryModel : IDisposable
{
    private const string CardKey = "planner";
    private const string StatesKey = "standard.states";
    private const string ActionsKey = "standard.actions";
    private const string SentencesKey = "sentences";

    /// <summary>Takes over the parts of a model.</summary>
    public TrajectoryModel(PlannerCard card, TrajectoryDecoder decoder, CodePrior prior, Standard states, Standard actions) =>
        (Card, Decoder, Prior, States, Actions) = (card, decoder, prior, states, actions);

    /// <summary>What it is and where it comes from.</summary>
    public PlannerCard Card { get; init; }

    /// <summary>What codes mean.</summary>
    public TrajectoryDecoder Decoder { get; }

    /// <summary>Which codes are likely.</summary>
    public CodePrior Prior { get; }

    /// <summary>Mean and deviation of states.</summary>
    public Standard States { get; private set; }

    /// <summary>Mean and deviation of actions.</summary>
    public Standard Actions { get; private set; }

    /// <summary>Latents of what is said about the card's skills, of unit length: [skill][latent]; none where it knows of no sentences.</summary>
    public float[][] Sentences { get; init; } = [];

    /// <summary>Where its networks are.</summary>
    public Device Device { get; private set; } = CPU;

    /// <summary>A model with random weights, for a card.</summary>
    /// <param name="card">Its sizes are taken.</param>
    /// <param name="states">Mean and deviation of states; taken over.</param>
    /// <param name="actions">Mean and deviation of actions; taken over.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="sentences">What <see cref="Sentences"/> shall be; none when null.</param>
    public static TrajectoryModel Create(PlannerCard card, Standard states, Standard actions, ulong seed, float[][]? sentences = null)
    {
        ArgumentNullException.ThrowIfNull(card);
        manual_seed((long)seed);
        return new TrajectoryModel(
            card,
            new TrajectoryDecoder(card.Shape, card.States, card.Actions, (card.Codes, card.CodeWidth), seed),
            new CodePrior(card.Shape, card.States, card.Codes),
            states,
            actions)
        {
            Sentences = sentences ?? [],
        };
    }

    /// <summary>Reads only the card of a model.</summary>
    /// <exception cref="InputException">The file is missing, is no planner's, or is of another version.</exception>
    public static PlannerCard ReadCard(string path)
    {
        try
        {
            if (!SafetensorsFile.ReadHeader(path).Metadata.TryGetValue(CardKey, out string? text))
            {
                throw new InputException(path, 0, 0, "is no planner's model: it has no card; './motion train planner' makes one");
            }

            int version = System.Text.Json.Nodes.JsonNode.Parse(text)?["version"]?.GetValue<int>() ?? 0;
            return version == PlannerCard.NewestVersion
                ? ConfigurationText.Read<PlannerCard>(text, path)
                : throw new InputException(path, 0, 0, $"is a planner's model of version {version}, this program reads version {PlannerCard.NewestVersion}: train it again");
        }
        catch (Exception problem) when (problem is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, problem.Message, problem);
        }
    }

    /// <summary>Loads a model for a character. The caller disposes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="character">Who shall act.</param>
    /// <param name="device">Where its networks shall be; the processor when null.</param>
    /// <exception cref="InputException">The file is damaged, or belongs to another character, layout of states or version.</exception>
    public static TrajectoryModel Load(string path, Character character, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(character);
        PlannerCard card = ReadCard(path);
        RequireFits(path, card, character);
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Dictionary<string, Tensor> tensors = SafetensorsFile.Read(path).Tensors;
            TrajectoryModel model = Create(card, StandardOf(tensors, StatesKey), StandardOf(tensors, ActionsKey), seed: 0, SentencesOf(tensors, card));
            foreach ((string name, nn.Module part) in model.Parts())
            {
                part.load_state_dict(tensors.Where(pair => pair.Key.StartsWith(name + ".", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[(name.Length + 1)..], pair => pair.Value));
                part.eval();
            }

            model.On(device ?? CPU);
            return model;
        }
        catch (Exception problem) when (problem is SafetensorsException or InvalidOperationException or ArgumentException or KeyNotFoundException or System.Runtime.InteropServices.ExternalException or IOException)
        {
            throw new InputException(path, 0, 0, $"is damaged: {problem.Message}", problem);
        }
    }

    /// <summary>Moves everything to a device.</summary>
    public void On(Device device)
    {
        foreach ((_, nn.Module part) in Parts())
        {
            part.to(device);
        }

        (States, Actions, Device) = (States.On(device), Actions.On(device), device);
    }

    /// <summary>Writes the model and, beside it with the ending .json, its card; each whole or not at all.</summary>
    /// <param name="path">The file, which should end in .safetensors.</param>
    /// <param name="half">Whether weights are kept in 16 bits.</param>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public void Save(string path, bool half = false)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> tensors = Parts().SelectMany(part => part.Module.state_dict().Select(pair => (Name: $"{part.Name}.{pair.Key}", pair.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value.cpu().to(half ? ScalarType.Float16 : ScalarType.Float32));
        tensors[StatesKey] = tensor((float[])[.. States.Mean, .. States.Deviation]).view(2, -1);
        tensors[ActionsKey] = tensor((float[])[.. Actions.Mean, .. Actions.Deviation]).view(2, -1);
        if (Sentences.Length > 0)
        {
            tensors[SentencesKey] = tensor([.. Sentences.SelectMany(row => row)]).view(Sentences.Length, -1);
        }

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

    /// <summary>The same model with another card; the parts are shared.</summary>
    public TrajectoryModel With(PlannerCard card) => new(card, Decoder, Prior, States, Actions) { Sentences = Sentences, Device = Device };

    /// <inheritdoc/>
    public void Dispose()
    {
        Decoder.Dispose();
        Prior.Dispose();
        States.Dispose();
        Actions.Dispose();
    }

    private (string Name, nn.Module Module)[] Parts() => [("decoder", Decoder), ("prior", Prior)];

    private static Standard StandardOf(Dictionary<string, Tensor> tensors, string key)
    {
        float[] rows = tensors[key].data<float>().ToArray();
        return new Standard(rows[..(rows.Length / 2)], rows[(rows.Length / 2)..]);
    }

    private static float[][] SentencesOf(Dictionary<string, Tensor> tensors, PlannerCard card)
    {
        if (card.Shape.SentenceLatent == 0 || !tensors.TryGetValue(SentencesKey, out Tensor? rows))
        {
            return [];
        }

        if (rows.size(0) != card.Skills.Length || rows.size(1) != card.Shape.SentenceLatent)
        {
            throw new ArgumentException($"{rows.size(0)} sentences of {rows.size(1)} numbers, the card says {card.Skills.Length} of {card.Shape.SentenceLatent}");
        }

        return [.. rows.data<float>().ToArray().Chunk(card.Shape.SentenceLatent)];
    }

    private static void RequireFits(string path, PlannerCard card, Character character)
    {
        string fingerprint = Expert.FingerprintOf(character);
        if (card.CharacterFingerprint != fingerprint)
        {
            throw new InputException(
                path, 0, 0, $"was trained for character '{card.Character}' ({card.CharacterFingerprint[..12]}), not for '{character.Name}' ({fingerprint[..12]}): train it again for '{character.Name}'");
        }

        StateLayout layout = new(character);
        if (card.StateVersion != StateLayout.Version || card.States != layout.Count || card.Actions != layout.Actions)
        {
            throw new InputException(
                path,
                0,
                0,
                $"has {card.States} numbers in a state of layout {card.StateVersion} and {card.Actions} actions; this program and '{character.Name}' have {layout.Count} of layout {StateLayout.Version} and {layout.Actions}: train it again");
        }
    }
}
