using Motion.Distillation.Groups;
using Motion.Policies;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Tests.Groups;

/// <summary>Two motions that need no file, with experts that have learned nothing: they hold the clip's pose.</summary>
internal static class ToyGroups
{
    public static GroupOptions Tiny { get; } = GroupOptions.Profile("smoke") with
    {
        Worlds = 16,
        Policy = new() { Layers = [32] },
        Value = new() { Layers = [16] },
        WarmUpSamples = 3 * 16 * 16,
        SettlingSamples = 2 * 16 * 16,
        Budget = new() { Samples = 8 * 16 * 16 },
        LookSamples = 3 * 16 * 16,
        Look = new() { Episodes = 1, Transitions = 1, Seconds = 1 },
        Final = new() { Episodes = 1, Transitions = 1, Seconds = 1 },
    };

    public static IReadOnlyList<CharacterClip> Clips { get; } = [TestMotions.Waving(), TestMotions.Gliding()];

    public static Expert ExpertOf(string clip, ulong seed = 0, TrackingOptions? tracking = null)
    {
        TrackingOptions seen = tracking ?? new();
        int observations = ObservationLayout.Of(TestMotions.Humanoid, seen).Count, actions = TestMotions.Humanoid.Actuators.Length;
        NetworkOptions layers = new() { Layers = [8] };
        ExpertCard card = new()
        {
            Clip = clip,
            Character = TestMotions.Humanoid.Name,
            CharacterFingerprint = Expert.FingerprintOf(TestMotions.Humanoid),
            Observations = observations,
            Actions = actions,
            Tracking = seen,
            Policy = layers,
            Deviation = 0.2f,
        };
        return new Expert(card, new GaussianPolicy(observations, actions, layers, 0.2f, seed), new ObservationNormaliser(observations));
    }
}
