using System.Collections.Immutable;
using Motion.Policies.Skills;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Policies.Tests.Skills;

/// <summary>Told its first skill it holds the rest pose, which stands for some seconds; told its second it throws itself down.</summary>
internal static class ToyPolicy
{
    public static TrackingOptions Tracking { get; } = new() { FailOnContact = false };

    public static ImmutableArray<ReadOnlyMemory<float>> Skills { get; } = [new float[] { 0, 1 }, new float[] { 1, 0 }];

    public static SkillCard Card()
    {
        SkillOptions seen = new() { PastStates = 2, PastStride = 2 };
        return new SkillCard
        {
            Condition = SkillConditionKind.Sentence,
            ConditionSize = 2,
            Skills = [],
            Character = TestMotions.Humanoid.Name,
            CharacterFingerprint = Expert.FingerprintOf(TestMotions.Humanoid),
            Observations = SkillTask.CountOf(ObservationLayout.Of(TestMotions.Humanoid, Tracking).StateCount, seen, 2),
            Actions = TestMotions.Humanoid.Actuators.Length,
            Seen = seen,
            Tracking = Tracking,
            Policy = new NetworkOptions { Layers = [16] },
        };
    }

    public static SkillPolicy Make()
    {
        SkillPolicy policy = SkillPolicy.Create(Card(), seed: 0);
        using IDisposable unrecorded = no_grad();
        Tensor[] weights = [.. policy.Policy.state_dict().Values];
        Array.ForEach(weights, weight => weight.zero_());
        weights.Single(weight => weight.shape is [16, > 28])[0, -2] = 1f;
        weights.Single(weight => weight.shape is [_, 16]).narrow(1, 0, 1).fill_(0.7f);
        return policy;
    }
}
