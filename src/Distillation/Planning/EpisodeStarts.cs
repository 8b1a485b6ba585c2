using Motion.Sim;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;

namespace Motion.Distillation.Planning;

/// <summary>
/// Where episodes of the paper's tasks start: frames 0 to 9 of a dozen clips, with noise on the root's velocity. The motion there often contradicts the
/// objective.
/// </summary>
/// <param name="clips">The clips, at the control rate.</param>
/// <param name="seed">Another seed gives other starts.</param>
public sealed class EpisodeStarts(IReadOnlyList<CharacterClip> clips, ulong seed)
{
    private const int Frames = 10;
    private const float Noise = 0.1f;

    /// <summary>Ids of the dozen shipped clips.</summary>
    public static IReadOnlyList<string> ClipNames { get; } =
    [
        "walk_forward", "walk_slow", "walk_backward", "walk_turn_left", "walk_veer_right", "run_forward", "jog", "sidestep_left", "sneak", "stand_idle", "wave_right_hand", "jump_up",
    ];

    /// <summary>Puts worlds at their starts: world after world the next clip, at a frame of its own.</summary>
    public void Place(IWorldBatch worlds)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        for (int world = 0; world < worlds.WorldCount; world++)
        {
            CharacterClip clip = clips[world % clips.Count];
            CounterRandom random = CounterRandom.For(seed, (ulong)world);
            int frame = random.Below(100, Math.Min(Frames, clip.FrameCount));
            float[] velocities = clip.VelocitiesAt(frame).ToArray(), noise = new float[6];
            random.Normal(0, noise);
            for (int index = 0; index < noise.Length; index++)
            {
                velocities[index] += Noise * noise[index];
            }

            worlds.Reset([world], clip.PositionsAt(frame), velocities);
        }
    }
}
