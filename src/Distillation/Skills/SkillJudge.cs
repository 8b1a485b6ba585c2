using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using TorchSharp;

namespace Motion.Distillation.Skills;

/// <summary>
/// Says which skill an executed motion shows: the one whose clip is nearest in the embedding. A motion is compared with as much of a clip as it lasts, any
/// stretch of it, and a loop goes on for as long.
/// </summary>
public sealed class SkillJudge
{
    private const double StretchSeconds = 0.5;
    private readonly MotionLatents _latents;
    private readonly Character _character;
    private readonly HashSet<string>[] _sentences;
    private readonly IReadOnlyList<CharacterClip> _clips;

    /// <summary>Prepares for the skills to choose among.</summary>
    /// <param name="embedding">The embedding; not disposed here.</param>
    /// <param name="clips">The skills' clips, as the character's motion.</param>
    /// <param name="skills">The same with their captions.</param>
    public SkillJudge(SentenceEmbedding embedding, IReadOnlyList<CharacterClip> clips, IReadOnlyList<Skill> skills)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(skills);
        _character = clips[0].Character;
        _latents = new MotionLatents(embedding, _character);
        _sentences = [.. skills.Select(skill => skill.Captions.Select(CaptionWords.Plain).ToHashSet())];
        _clips = clips;
    }

    /// <summary>Indices of the skills that motions show.</summary>
    /// <param name="motions">Position vectors of each: [frame × position].</param>
    /// <param name="rate">Their frames per second.</param>
    public int[] Nearest(IReadOnlyList<float[]> motions, double rate)
    {
        ArgumentNullException.ThrowIfNull(motions);
        int[] shown = new int[motions.Count];
        foreach (IGrouping<int, int> alike in Enumerable.Range(0, motions.Count).GroupBy(motion => motions[motion].Length / _character.PositionCount))
        {
            (int Clip, CharacterClip Stretch)[] stretches = [.. _clips.SelectMany((clip, index) => Stretches(clip, alike.Key, rate).Select(stretch => (index, stretch)))];
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor known = _latents.Of([.. stretches.Select(stretch => stretch.Stretch)]), done = _latents.Of([.. alike.Select(motion => Clip(motions[motion], rate))]);
            long[] nearest = done.matmul(known.transpose(0, 1)).argmax(1).data<long>().ToArray();
            foreach ((int motion, int place) in alike.Select((motion, place) => (motion, place)))
            {
                shown[motion] = stretches[nearest[place]].Clip;
            }
        }

        return shown;
    }

    /// <summary>Whether a skill is right for a sentence about another: it is that one, or the very sentence is a caption of its own.</summary>
    public bool IsRight(int shown, int wanted, string sentence) => shown == wanted || _sentences[shown].Contains(CaptionWords.Plain(sentence));

    /// <summary>As much of a clip as lasts so many frames, from every half second of it; all of a clip that is shorter and does not go on.</summary>
    private IEnumerable<CharacterClip> Stretches(CharacterClip clip, int frames, double rate)
    {
        CharacterClip sampled = clip.Resample((int)rate);
        int size = _character.PositionCount, last = sampled.FrameCount - 1;
        float[] positions = clip.IsLoop ? MotionWindows.GoneOn(sampled, frames) : sampled.Positions;
        int starts = clip.IsLoop ? last : Math.Max(1, sampled.FrameCount - frames + 1);
        for (int start = 0; start < starts; start += Math.Max(1, (int)(StretchSeconds * rate)))
        {
            yield return Clip(positions[(start * size)..Math.Min(positions.Length, (start + frames) * size)], rate);
        }
    }

    private CharacterClip Clip(float[] positions, double rate) =>
        new MotionRecording { Name = "executed", Character = _character, FrameRate = rate, Positions = positions }.ToClip();
}
