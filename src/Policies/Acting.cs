using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>Lets a policy choose actions without noise.</summary>
internal static class Acting
{
    /// <summary>Observations [world × feature] to actions [world × action].</summary>
    public static void Act(GaussianPolicy policy, ObservationNormaliser normaliser, Span<float> observations, Span<float> actions)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor seen = empty(observations.Length / policy.Observations, policy.Observations);
        seen.data<float>().CopyFrom(observations);
        policy.call(normaliser.Normalise(seen.to(policy.Device))).data<float>().CopyTo(actions);
    }
}
