using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Cli.Planning;

/// <summary>The shipped global policy where plans are made: as a baseline, told the sentence that comes nearest to a task, and as a planner's.</summary>
internal sealed class TextPolicy : IDisposable
{
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["speed"] = "a person is running in a straight line.",
        ["forward"] = "a person is running in a straight line.",
        ["backward"] = "a person walks backward.",
        ["shift-left"] = "a person shuffles to the left while dribbling.",
        ["jump"] = "a person jumps straight up once.",
        ["rotate"] = "a person twirls around on the spot",
        ["go-to"] = "a person walks forward",
    };

    private readonly SkillPolicy _policy;
    private readonly SentenceEmbedding? _owned;
    private readonly SentenceUnderstanding _understanding;
    private readonly ReferenceTable _clips;

    /// <param name="file">The policy.</param>
    /// <param name="character">Who acts.</param>
    /// <param name="clips">Any clips of the character.</param>
    /// <param name="embedding">What sentences go through, not disposed here; the shipped one, which is, when null.</param>
    /// <exception cref="MotionException">The policy is missing, or another character's.</exception>
    public TextPolicy(string file, Character character, IReadOnlyList<CharacterClip> clips, SentenceEmbedding? embedding = null)
    {
        _policy = SkillPolicy.Load(file, character);
        _owned = embedding is null ? SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create()) : null;
        _understanding = GlobalSources.Understanding(embedding ?? _owned!, _policy.Card.Skills);
        _clips = ReferenceTable.Of(clips, _policy.Card.Tracking);
    }

    /// <summary>Acts for a task by one sentence. The caller disposes it.</summary>
    /// <exception cref="MotionException">No sentence goes with the task.</exception>
    public IController Make(string task, IWorldBatch worlds) => Sentences.TryGetValue(task, out string? sentence)
        ? new TextPolicyController(new ToldPolicy(_policy, _clips, worlds), [.. _understanding.Understand(sentence).Latent])
        : throw new MotionException(ExitCode.BadConfiguration, $"no sentence goes with the task '{task}' for the text policy: it has one for {string.Join(", ", Sentences.Keys)}");

    /// <summary>Its skills as plans. The caller disposes them.</summary>
    public SkillPlans Skills((IPhysicsEngine Engine, IWorldBatch Worlds) worlds, PlannerOptions options) =>
        new(new ToldPolicy(_policy, _clips, worlds.Worlds), GlobalSources.Conditions(_understanding, _policy.Card.Skills), worlds.Engine, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        _policy.Dispose();
        _understanding.Dispose();
        _owned?.Dispose();
    }
}
