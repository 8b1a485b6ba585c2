using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using TorchSharp;

namespace Motion.Distillation.Skills;

/// <summary>Says which skill an executed motion shows: the one whose clip is nearest in the embedding.</summary>
public sealed class SkillJudge
{
    private readonly SentenceEmbedding _embedding;
    private readonly MotionFeatures _features;
    private readonly Character _character;
    private readonly HashSet<string>[] _sentences;
    private readonly float[] _clips;
    private readonly int _size;

    /// <summary>Prepares for the skills to choose among.</summary>
    /// <param name="embedding">The embedding; not disposed here.</param>
    /// <param name="clips">The skills' clips, as the character's motion.</param>
    /// <param name="skills">The same with their captions.</param>
    public SkillJudge(SentenceEmbedding embedding, IReadOnlyList<CharacterClip> clips, IReadOnlyList<Skill> skills)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(skills);
        (_embedding, _character) = (embedding, clips[0].Character);
        _features = new MotionFeatures(_character, embedding.Card.Shape.FrameRate);
        _sentences = [.. skills.Select(skill => skill.Captions.Select(CaptionWords.Plain).ToHashSet())];
        _clips = Latents([.. clips]);
        _size = _clips.Length / clips.Count;
    }

    /// <summary>Indices of the skills that motions show.</summary>
    /// <param name="motions">Position vectors of each: [frame × position].</param>
    /// <param name="rate">Their frames per second.</param>
    public int[] Nearest(IReadOnlyList<float[]> motions, double rate)
    {
        ArgumentNullException.ThrowIfNull(motions);
        float[] latents = Latents([.. motions.Select(positions => Clip(positions, rate))]);
        return [.. Enumerable.Range(0, motions.Count).Select(motion => Enumerable.Range(0, _sentences.Length).MaxBy(clip => Cosine(latents, motion, clip)))];
    }

    /// <summary>Whether a skill is right for a sentence about another: it is that one, or the very sentence is a caption of its own.</summary>
    public bool IsRight(int shown, int wanted, string sentence) => shown == wanted || _sentences[shown].Contains(CaptionWords.Plain(sentence));

    private float Cosine(float[] latents, int motion, int clip)
    {
        float sum = 0;
        for (int index = 0; index < _size; index++)
        {
            sum += latents[(motion * _size) + index] * _clips[(clip * _size) + index];
        }

        return sum;
    }

    private CharacterClip Clip(float[] positions, double rate) =>
        new MotionRecording { Name = "executed", Character = _character, FrameRate = rate, Positions = positions }.ToClip();

    private float[] Latents(IReadOnlyList<CharacterClip> motions)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return _embedding.EmbedMotions([.. motions.Select(motion => (ReadOnlyMemory<float>)_features.Of(motion))]).data<float>().ToArray();
    }
}
