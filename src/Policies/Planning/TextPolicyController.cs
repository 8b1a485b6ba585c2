using System.Diagnostics;
using Motion.Policies.Skills;
using Motion.Sim.Physics;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Policies.Planning;

/// <summary>Acts by a policy that is told one sentence, whatever the objective is. Made before episodes start: the worlds are started anew meanwhile.</summary>
public sealed class TextPolicyController : IController
{
    private readonly SkillPolicy _policy;
    private readonly SkillTask _task;
    private readonly float[] _sentence;
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _targets;
    private readonly List<double> _times = [];
    private bool _begun;

    /// <param name="policy">The policy; not disposed here.</param>
    /// <param name="clips">Clips to have beside the worlds; what they are does not matter.</param>
    /// <param name="worlds">The worlds that are acted in.</param>
    /// <param name="sentence">Latent of what it is told.</param>
    /// <exception cref="MotionException">The policy was trained on other physics than the worlds'.</exception>
    public TextPolicyController(SkillPolicy policy, ReferenceTable clips, IWorldBatch worlds, float[] sentence)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(worlds);
        SkillCard card = policy.Card;
        if (card.PhysicsRate != worlds.Options.PhysicsRate || card.SolverIterations != worlds.Options.SolverIterations || card.Tracking.ControlRate != worlds.Options.ControlRate)
        {
            throw new MotionException(ExitCode.BadInput, $"the policy was trained at {card.Tracking.ControlRate} control and {card.PhysicsRate} physics steps a second with {card.SolverIterations} sweeps; these worlds have {worlds.Options.ControlRate}, {worlds.Options.PhysicsRate} and {worlds.Options.SolverIterations}");
        }

        (_policy, _sentence) = (policy, sentence);
        SkillConditions none = new(card.ConditionSize, [.. clips.Clips.Select(_ => new float[card.ConditionSize])]);
        _task = new SkillTask(worlds, clips, none, card.Seen.Unattended(), card.Tracking with { FailOnContact = false }, seed: 0);
        _observations = new float[worlds.WorldCount * _task.ObservationCount];
        _actions = new float[worlds.WorldCount * _task.ActionCount];
        _targets = new float[_task.ActionCount];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => _times;

    /// <inheritdoc/>
    public void Restart() => _begun = false;

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(active);
        Look(worlds.WorldCount);
        long began = Stopwatch.GetTimestamp();
        _task.Observe(_observations);
        _policy.Act(_observations, _actions);
        _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        foreach (int world in active)
        {
            _task.Actions.ToTargets(_actions.AsSpan(world * _targets.Length, _targets.Length), _targets);
            for (int action = 0; action < _targets.Length; action++)
            {
                targets[(action * worlds.WorldCount) + world] = _targets[action];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _task.Dispose();

    private void Look(int worlds)
    {
        _task.Notice();
        for (int world = 0; !_begun && world < worlds; world++)
        {
            _task.StartHere(world, 0);
            _task.Tell(world, _sentence);
        }

        _begun = true;
    }
}
