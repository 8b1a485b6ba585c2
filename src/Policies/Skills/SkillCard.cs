using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Motion.Sim.Physics;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Policies.Skills;

/// <summary>What tells a policy what to do.</summary>
public enum SkillConditionKind
{
    /// <summary>The skill's index, one number for each skill, 1 at its own.</summary>
    Index,

    /// <summary>The latent of a sentence.</summary>
    Sentence,
}

/// <summary>A skill of a policy: a clip and what is said about it.</summary>
/// <param name="Clip">The clip's name.</param>
/// <param name="Captions">Sentences that were learned.</param>
public sealed record Skill(string Clip, ImmutableArray<string> Captions)
{
    /// <summary>Latent of the clip's motion in the embedding; empty where sentences are not what it is told by. Written as 16-bit numbers in base 64.</summary>
    [JsonConverter(typeof(LatentText))]
    public ImmutableArray<float> Motion { get; init; } = [];

    private sealed class LatentText : JsonConverter<ImmutableArray<float>>
    {
        public override ImmutableArray<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes) && bytes.Length % 2 == 0
                ? [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(number => (float)number)]
                : throw new JsonException("a latent is 16-bit numbers in base 64");

        public override void Write(Utf8JsonWriter writer, ImmutableArray<float> value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.Select(number => (Half)number).ToArray().AsSpan()));
    }
}

/// <summary>What a checkpoint of a group's or the global policy says about itself: all that is needed to let it act, and where it comes from.</summary>
public sealed record SkillCard
{
    /// <summary>The newest version of the format, which this program writes and reads.</summary>
    public const int NewestVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = NewestVersion;

    /// <summary>What tells it what to do.</summary>
    public required SkillConditionKind Condition { get; init; }

    /// <summary>Numbers in a condition.</summary>
    public required int ConditionSize { get; init; }

    /// <summary>Digest of the embedding that sentences went through; empty where the condition is an index.</summary>
    public string Embedding { get; init; } = "";

    /// <summary>What it can do, in the order of indices.</summary>
    public required ImmutableArray<Skill> Skills { get; init; }

    /// <summary>Licence identifiers of the clips.</summary>
    public string ClipLicence { get; init; } = "";

    /// <summary>Name of the character.</summary>
    public required string Character { get; init; }

    /// <summary>Fingerprint of the character's tree, in hexadecimal.</summary>
    public required string CharacterFingerprint { get; init; }

    /// <summary>Version of the meaning of observations: <see cref="ObservationLayout.Version"/>.</summary>
    public int ObservationVersion { get; init; } = ObservationLayout.Version;

    /// <summary>Numbers in an observation, the condition included.</summary>
    public required int Observations { get; init; }

    /// <summary>Numbers in an action.</summary>
    public required int Actions { get; init; }

    /// <summary>Which past states are seen.</summary>
    public required SkillOptions Seen { get; init; }

    /// <summary>Bodies that are observed, control rate, and when a character counts as fallen.</summary>
    public required TrackingOptions Tracking { get; init; }

    /// <summary>Physics steps per second while learning.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Sweeps of the contact solver in each physics step while learning.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>The policy's layers.</summary>
    public required NetworkOptions Policy { get; init; }

    /// <summary>Standard deviation of actions while learning by reinforcement; what is cloned has none.</summary>
    public float Deviation { get; init; }

    /// <summary>How it was trained: <c>adversarial</c>, <c>cloning</c>, <c>adversarial+cloning</c>, or the teachers of the global policy.</summary>
    public string Method { get; init; } = "";

    /// <summary>What training cost.</summary>
    public TrainingCost Training { get; init; } = new();

    /// <summary>What was measured of it.</summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Worlds as the policy sees them, in which nothing is told or ends by itself: for acting and measuring. The worlds are started anew.</summary>
    /// <param name="worlds">The worlds; not disposed by the task.</param>
    /// <param name="clips">Clips to have beside them.</param>
    public SkillTask Task(IWorldBatch worlds, ReferenceTable clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        SkillConditions none = new(ConditionSize, [.. clips.Clips.Select(_ => new float[ConditionSize])]);
        return new SkillTask(worlds, clips, none, Seen.Unattended(), Tracking with { FailOnContact = false }, seed: 0);
    }
}
