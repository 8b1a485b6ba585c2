using System.Collections.Immutable;
using System.Security.Cryptography;
using Motion.Distillation.Embedding;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Cli.Training;

/// <summary>What the global policy is made from and measured by: clips as skills, with the captions that were learned and those that were kept back.</summary>
/// <param name="Clips">The character's motions.</param>
/// <param name="Skills">Their names and the captions that were learned.</param>
/// <param name="KeptBack">Captions of theirs that no training saw, with the skill's index.</param>
internal sealed record GlobalSources(IReadOnlyList<CharacterClip> Clips, ImmutableArray<Skill> Skills, IReadOnlyList<(string Sentence, int Skill)> KeptBack)
{
    /// <summary>Divides the captions of clips as the embedding's training did.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="embedding">The embedding.</param>
    /// <exception cref="MotionException">A clip has no caption that was learned.</exception>
    public static GlobalSources Of(IReadOnlyList<CharacterClip> clips, SentenceEmbedding embedding)
    {
        HashSet<string> kept = [.. embedding.Card.KeptBack.Select(CaptionWords.Plain)];
        ImmutableArray<Skill> skills = [.. clips.Select(clip => new Skill(clip.Name, [.. clip.Captions.Where(caption => !kept.Contains(CaptionWords.Plain(caption)))]) { Motion = LatentOf(clip, embedding) })];
        return skills.FirstOrDefault(skill => skill.Captions.IsEmpty) is { } mute
            ? throw new MotionException(ExitCode.BadInput, $"clip '{mute.Clip}' has no caption to tell it by: write one into the catalogue, or leave the clip out")
            : new GlobalSources(clips, skills, [.. clips.SelectMany((clip, index) => clip.Captions.Where(caption => kept.Contains(CaptionWords.Plain(caption))).Select(caption => (caption, index)))]);
    }

    /// <summary>What takes sentences by the captions of a policy's skills, in a play and where it is measured. The caller disposes it.</summary>
    /// <param name="embedding">The embedding; not disposed by it.</param>
    /// <param name="skills">The skills.</param>
    public static SentenceUnderstanding Understanding(SentenceEmbedding embedding, IEnumerable<Skill> skills) =>
        new(embedding, skills.SelectMany(skill => skill.Captions.Select(caption => new KnownCaption(caption, skill.Clip) { Motion = skill.Motion })));

    /// <summary>What a policy is told for its skills, by the first caption of each: [skill][condition].</summary>
    /// <param name="understanding">What takes sentences.</param>
    /// <param name="skills">The skills.</param>
    public static ImmutableArray<ReadOnlyMemory<float>> Conditions(SentenceUnderstanding understanding, IEnumerable<Skill> skills) =>
        [.. skills.Select(skill => understanding.Understand(skill.Captions[0]).Latent.AsMemory())];

    /// <summary>Queries of sentences, which are taken as they are in a play.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="sentences">The sentences, with the index of the skill that each asks for.</param>
    /// <exception cref="MotionException">A sentence has no words, or too many.</exception>
    public IReadOnlyList<SkillQuery> Queries(SentenceEmbedding embedding, IReadOnlyList<(string Sentence, int Skill)> sentences)
    {
        using SentenceUnderstanding understanding = Understanding(embedding, Skills);
        return [.. sentences.Select(pair =>
        {
            UnderstoodSentence understood = understanding.Understand(pair.Sentence);
            return understood.Latent.IsEmpty
                ? throw new MotionException(ExitCode.BadInput, understood.Message)
                : new SkillQuery(pair.Sentence, pair.Skill, understood.Latent.AsMemory());
        })];
    }

    private static ImmutableArray<float> LatentOf(CharacterClip clip, SentenceEmbedding embedding)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return [.. new MotionLatents(embedding, clip.Character).Of([clip]).data<float>().ToArray()];
    }

    /// <summary>Names of the clips whose experts track them; says which others there are.</summary>
    /// <param name="context">To whom it is said.</param>
    /// <param name="folder">Folder of experts.</param>
    public static string[] Tracked(CommandContext context, string folder)
    {
        ILookup<bool, string> clips = ExpertFolder.Find(folder, []).Select(Expert.ReadCard).OrderBy(card => card.Clip, StringComparer.Ordinal).ToLookup(card => card.IsTracked, card => card.Clip);
        if (clips[false].Any())
        {
            context.Output.Note($"left out, for their experts do not hold their clips well enough: {string.Join(", ", clips[false])} (who is named is taken all the same)");
        }

        return [.. clips[true]];
    }

    /// <summary>The teacher: a tracker, or experts by clip.</summary>
    /// <param name="tracker">A tracker's file, or null.</param>
    /// <param name="experts">Folder of experts, where no tracker is named.</param>
    /// <param name="clips">The clips to teach.</param>
    /// <param name="character">Who acts.</param>
    /// <exception cref="MotionException">A file is missing or another character's, or it does not know a clip.</exception>
    public static (ITeacher Teacher, ImmutableArray<int> TargetSteps) Teacher(string? tracker, string experts, IReadOnlyList<CharacterClip> clips, Character character)
    {
        if (tracker is null)
        {
            IReadOnlyList<string> paths = ExpertFolder.Find(experts, [.. clips.Select(clip => clip.Name)]);
            Dictionary<string, Expert> byClip = paths.Select(path => Expert.Load(path, character)).ToDictionary(expert => expert.Card.Clip);
            return (new ExpertsTeacher([.. clips.Select(clip => byClip[clip.Name])]), [1]);
        }

        Expert policy = Expert.Load(tracker, character);
        ImmutableArray<string> known = policy.Card.Clips;
        if (!known.IsEmpty && clips.FirstOrDefault(clip => !known.Contains(clip.Name)) is { } unknown)
        {
            policy.Dispose();
            throw new InputException(tracker, 0, 0, $"did not learn clip '{unknown.Name}': train a tracker with it, or leave it out");
        }

        return (new TrackerTeacher(policy), policy.Card.Tracking.TargetSteps);
    }

    /// <summary>What lets a teacher try all changes from skill to skill.</summary>
    /// <param name="context">Whose threads are used.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="tracking">How they are followed.</param>
    /// <param name="physicsRate">Physics steps per second.</param>
    /// <param name="solverIterations">Sweeps of the contact solver in each.</param>
    public static TriedRoutes Routes(CommandContext context, IReadOnlyList<CharacterClip> clips, TrackingOptions tracking, int physicsRate, int solverIterations) =>
        new(clips, tracking, new BatchOptions { PhysicsRate = physicsRate, SolverIterations = solverIterations, ControlRate = tracking.ControlRate, Threads = context.Threads });

    /// <summary>Lets a teacher try all changes, and shows how far that is.</summary>
    /// <param name="context">Where it is shown.</param>
    /// <param name="tries">The changes.</param>
    /// <param name="teacher">Who acts.</param>
    public static Task<MotionRoutes> FindRoutes(CommandContext context, TriedRoutes tries, ITeacher teacher) =>
        context.Output.Progress("trying changes of skill", 1, "share", progress => Task.Run(() =>
            tries.Measure(teacher, share => progress.Report(new ProgressReport(share, teacher.Name)), context.Cancellation)));

    /// <summary>Digest by which a policy knows the embedding that it was told by.</summary>
    public static string DigestOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..16];
}
