using Motion.Language.Embedding;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using TorchSharp;

namespace Motion.Distillation.Embedding;

/// <summary>Says what motions of a character mean, by an embedding.</summary>
/// <param name="embedding">The embedding; not disposed here.</param>
/// <param name="character">Whose motions.</param>
public sealed class MotionLatents(SentenceEmbedding embedding, Character character) : IMotionMeaning
{
    private readonly MotionFeatures _features = new(character, embedding.Card.Shape.FrameRate);

    /// <inheritdoc/>
    public float[][] Of(IReadOnlyList<MotionRecording> motions)
    {
        ArgumentNullException.ThrowIfNull(motions);
        using DisposeScope scope = torch.NewDisposeScope();
        float[] all = Of([.. motions.Select(motion => motion.ToClip())]).data<float>().ToArray();
        return [.. all.Chunk(all.Length / motions.Count)];
    }

    /// <summary>Latents of clips: [clip, latent], owned by the caller's scope.</summary>
    public torch.Tensor Of(IReadOnlyList<CharacterClip> clips) => embedding.EmbedMotions([.. clips.Select(clip => (ReadOnlyMemory<float>)_features.Of(clip))]);
}
