using System.Collections.Immutable;
using Motion.Distillation.Planning;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Cli.Training;

/// <summary>Who acts in a planner's rollouts: teachers, a policy beside them in the first round, and models in later ones.</summary>
internal sealed class PlannerSources : IDisposable
{
    private static readonly GlobalOptions Worlds = new();
    private readonly ITeacher _teacher;
    private readonly TrackingOptions _tracking;
    private readonly SentenceEmbedding? _embedding;
    private readonly SkillPolicy? _policy;
    private readonly string _names;
    private MotionRoutes? _routes;

    /// <param name="context">The invocation.</param>
    /// <param name="experts">Folder of the teachers.</param>
    /// <param name="embedding">What says how sentences are meant, and its digest; null for rollouts without sentences.</param>
    /// <param name="policy">File of a policy that acts in some episodes, the global one or a group's, or null.</param>
    /// <exception cref="MotionException">A file is missing or another character's, or the policy was told by another embedding, or knows other skills alone.</exception>
    public PlannerSources(CommandContext context, string experts, (SentenceEmbedding Embedding, string Digest)? embedding, string? policy)
    {
        Character character = CharacterLibrary.Resolve(context.Value(TrainedClips.For)!);
        Clips = TrainedClips.Import(context, GlobalSources.Tracked(context, experts));
        _embedding = embedding?.Embedding;
        Skills = _embedding is null ? [] : GlobalSources.Of(Clips, _embedding).Skills;
        (_teacher, ImmutableArray<int> targets) = GlobalSources.Teacher(null, experts, Clips, character);
        _tracking = Worlds.Tracking with { TargetSteps = targets };
        _policy = policy is null ? null : SkillPolicy.Load(policy, character);
        if (_policy is { Card.Condition: SkillConditionKind.Sentence } && _policy.Card.Embedding != embedding?.Digest)
        {
            throw new InputException(policy!, 0, 0, $"was told by another embedding ({_policy.Card.Embedding}) than the one that sentences go through now ({embedding?.Digest ?? "none"}): train it again, or leave --policy out");
        }

        if (_policy is not null && !_policy.Card.Skills.Any(skill => Clips.Any(clip => clip.Name == skill.Clip)))
        {
            throw new InputException(policy!, 0, 0, $"knows none of the skills that are rolled out, only {string.Join(", ", _policy.Card.Skills.Select(skill => skill.Clip))}");
        }

        IEnumerable<string> learned = ExpertFolder.Find(experts, [.. Clips.Select(clip => clip.Name)]).Select(Expert.ReadCard).Select(card => $"{card.Clip}:{card.Training.Samples}");
        _names = $"teachers {string.Join(' ', learned)}; student {(_policy is null ? "none" : $"policy:{_policy.Card.Training.Samples}")}";
    }

    /// <summary>The clips of the skills.</summary>
    public IReadOnlyList<CharacterClip> Clips { get; }

    /// <summary>The skills with their captions; none without sentences.</summary>
    public ImmutableArray<Skill> Skills { get; }

    /// <summary>Lets teachers try all changes of skill.</summary>
    public async Task FindRoutes(CommandContext context) =>
        _routes = await GlobalSources.FindRoutes(context, GlobalSources.Routes(context, Clips, _tracking, Worlds.PhysicsRate, Worlds.SolverIterations), _teacher);

    /// <summary>Who rolls out in a round. The caller disposes it, and this later.</summary>
    /// <param name="round">Which round.</param>
    /// <param name="model">The model that acts in it; null for the policy.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">Threads for physics.</param>
    public SkillRollouts Of(int round, TrajectoryModel? model, RolloutOptions options, int threads) => new(
        new RolloutCast
        {
            Clips = Clips,
            Teacher = _teacher,
            Routes = _routes,
            Student = model is not null ? new CodeStudent(model).Act : _policy is not null ? SkillActors.Of(_policy) : null,
            Conditions = model is null && _policy is not null ? Told(_policy.Card) : null,
            Seen = model is null && _policy is not null ? _policy.Card.Seen : new SkillOptions { PastStates = 0 },
            Tracking = _tracking,
            PhysicsRate = Worlds.PhysicsRate,
            SolverIterations = Worlds.SolverIterations,
            Round = round,
            Names = _names,
        },
        options,
        threads);

    /// <summary>The mean of what is said about each skill, of unit length.</summary>
    public float[][] Meanings() =>
    [
        .. Skills.Select(skill =>
        {
            using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
            TorchSharp.torch.Tensor mean = _embedding!.EmbedSentences([.. skill.Captions]).mean([0]);
            return (mean / mean.norm()).data<float>().ToArray();
        }),
    ];

    /// <summary>What the card of a model says about where it comes from.</summary>
    public PlannerCard CardOf(StateLayout layout, string command, int threads) => new()
    {
        Character = layout.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(layout.Character),
        States = layout.Count,
        Actions = layout.Actions,
        Codes = 0,
        CodeWidth = 0,
        Shape = new TrajectoryShape(),
        ControlRate = _tracking.ControlRate,
        PhysicsRate = Worlds.PhysicsRate,
        SolverIterations = Worlds.SolverIterations,
        Licences = [.. Clips.Select(clip => clip.Licence).Distinct().Order(StringComparer.Ordinal)],
        Training = new TrainingCost { Command = command, Cores = threads },
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _teacher.Dispose();
        _policy?.Dispose();
    }

    /// <summary>What a policy is told, by clip: what is said about it, or, a group, which of its skills it is; nothing where it does not know it.</summary>
    private SkillConditions Told(SkillCard card)
    {
        if (card.Condition == SkillConditionKind.Index)
        {
            return new SkillConditions(card.ConditionSize, [.. Clips.Select(clip => card.Skills.Select(skill => skill.Clip == clip.Name ? 1f : 0).ToArray())]);
        }

        float[][] latents = [.. Skills.Select(skill => SkillSentences.Latents(_embedding!, [.. skill.Captions]))];
        return new SkillConditions(latents[0].Length / Skills[0].Captions.Length, latents);
    }
}
