using Motion.Cli.Motions;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Cli.Planning;

/// <summary>The shipped global policy by itself as a baseline: told the sentence that comes nearest to a task.</summary>
internal sealed class TextPolicy : IDisposable
{
    /// <summary>Its name among the baselines.</summary>
    public const string Name = "text";

    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["speed"] = "a person jogs in a straight line.",
        ["forward"] = "a person jogs in a straight line.",
        ["backward"] = "a person walks backward.",
        ["shift-left"] = "a person shuffles to the left while dribbling.",
        ["jump"] = "a person jumps straight up once.",
        ["rotate"] = "walk and turn left",
        ["go-to"] = "a person walks forward",
    };

    private readonly SkillPolicy _policy;
    private readonly SentenceEmbedding _embedding;
    private readonly ReferenceTable _clips;

    /// <param name="character">Who acts.</param>
    /// <param name="clips">Any clips of the character.</param>
    /// <exception cref="MotionException">The policy is missing, or another character's.</exception>
    public TextPolicy(Character character, IReadOnlyList<CharacterClip> clips)
    {
        _policy = SkillPolicy.Load(ShippedModels.Global(), character);
        _embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        _clips = ReferenceTable.Of(clips, _policy.Card.Tracking);
    }

    /// <summary>Acts for a task. The caller disposes it.</summary>
    public IController Make(string task, IWorldBatch worlds) => new TextPolicyController(_policy, _clips, worlds, SkillSentences.Latents(_embedding, [Sentences[task]]));

    /// <inheritdoc/>
    public void Dispose()
    {
        _policy.Dispose();
        _embedding.Dispose();
    }
}
