using Motion.Sim.Clips.Recording;

namespace Motion.Policies.Planning;

/// <summary>Says what motions mean.</summary>
public interface IMotionMeaning
{
    /// <summary>Latents of motions, in the space of sentences: [motion][latent].</summary>
    /// <param name="motions">Motions of two frames or more.</param>
    float[][] Of(IReadOnlyList<MotionRecording> motions);
}
