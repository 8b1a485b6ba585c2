using Motion.Sim.Physics;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Policies.Skills;

/// <summary>
/// A policy that is told conditions in worlds which somebody else steps. Made before episodes start: the worlds are started anew meanwhile. What worlds were
/// like before it first looked is taken to be what they are like then.
/// </summary>
public sealed class ToldPolicy : IDisposable
{
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _targets;
    private bool _begun;

    /// <param name="policy">The policy; not disposed here.</param>
    /// <param name="clips">Clips to have beside the worlds; what they are does not matter.</param>
    /// <param name="worlds">The worlds that are acted in.</param>
    /// <exception cref="MotionException">The policy was trained on other physics than the worlds'.</exception>
    public ToldPolicy(SkillPolicy policy, ReferenceTable clips, IWorldBatch worlds)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(worlds);
        SkillCard card = policy.Card;
        if (card.PhysicsRate != worlds.Options.PhysicsRate || card.SolverIterations != worlds.Options.SolverIterations || card.Tracking.ControlRate != worlds.Options.ControlRate)
        {
            throw new MotionException(ExitCode.BadInput, $"the policy was trained at {card.Tracking.ControlRate} control and {card.PhysicsRate} physics steps a second with {card.SolverIterations} sweeps; these worlds have {worlds.Options.ControlRate}, {worlds.Options.PhysicsRate} and {worlds.Options.SolverIterations}");
        }

        Policy = policy;
        Task = card.Task(worlds, clips);
        _observations = new float[worlds.WorldCount * Task.ObservationCount];
        _actions = new float[worlds.WorldCount * Task.ActionCount];
        _targets = new float[Task.ActionCount];
    }

    /// <summary>The policy.</summary>
    public SkillPolicy Policy { get; }

    /// <summary>The worlds, with what is remembered and told.</summary>
    public SkillTask Task { get; }

    /// <summary>Forgets what worlds were like.</summary>
    public void Restart() => _begun = false;

    /// <summary>Looks at the worlds: once before every control step.</summary>
    public void Look()
    {
        Task.Notice();
        for (int world = 0; !_begun && world < Task.WorldCount; world++)
        {
            Task.StartHere(world, 0);
        }

        _begun = true;
    }

    /// <summary>Chooses joint targets.</summary>
    /// <param name="active">The worlds to act in.</param>
    /// <param name="targets">Result: [actuator, world].</param>
    public void Act(IReadOnlyList<int> active, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(active);
        Task.Observe(_observations);
        Policy.Act(_observations, _actions);
        foreach (int world in active)
        {
            Task.Actions.ToTargets(_actions.AsSpan(world * _targets.Length, _targets.Length), _targets);
            Transposed.WriteColumn(_targets, world, Task.WorldCount, targets);
        }
    }

    /// <summary>What it remembers and tells, for <see cref="Restore"/>.</summary>
    public object Save()
    {
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory))
        {
            Task.Save(writer);
        }

        return (_begun, memory.ToArray());
    }

    /// <summary>Remembers what it did once; the worlds go back there too.</summary>
    public void Restore(object state)
    {
        (_begun, byte[] task) = ((bool, byte[]))state;
        using BinaryReader reader = new(new MemoryStream(task));
        Task.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => Task.Dispose();
}
