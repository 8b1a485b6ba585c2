using System.Diagnostics;
using Motion.Policies.Skills;
using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Acts by a policy that is told one sentence, whatever the objective is.</summary>
/// <param name="policy">The policy; taken over.</param>
/// <param name="sentence">Latent of what it is told.</param>
public sealed class TextPolicyController(ToldPolicy policy, float[] sentence) : IController
{
    private readonly List<double> _times = [];

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => _times;

    /// <inheritdoc/>
    public void Restart() => policy.Restart();

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(active);
        policy.Look();
        foreach (int world in active)
        {
            policy.Task.Tell(world, sentence);
        }

        long began = Stopwatch.GetTimestamp();
        policy.Act(active, targets);
        _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => policy.Dispose();
}
