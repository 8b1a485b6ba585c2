using System.Diagnostics;
using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Acts by the model's choice of actions without codes: behaviour cloning, which knows no objective.</summary>
/// <param name="model">The model; not disposed here.</param>
public sealed class CloningController(TrajectoryModel model) : IController
{
    private readonly CodeFollower _follower = new(model);
    private StateReader? _reader;

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => [];

    /// <inheritdoc/>
    public void Restart()
    {
    }

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(active);
        _reader ??= new StateReader(new StateLayout(worlds.Scene.Character));
        int features = _reader.Layout.Count, actions = _reader.Layout.Actions;
        float[] states = new float[active.Count * features], chosen = new float[active.Count * actions];
        for (int index = 0; index < active.Count; index++)
        {
            _reader.Read(worlds, active[index], states.AsSpan(index * features, features));
        }

        int[] none = new int[active.Count * model.Card.Shape.ChunkTokens];
        Array.Fill(none, -1);
        _follower.Act(states, none, new int[active.Count], chosen);
        for (int index = 0; index < active.Count; index++)
        {
            Transposed.WriteColumn(chosen.AsSpan(index * actions, actions), active[index], worlds.WorldCount, targets);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

/// <summary>Acts by searching joint targets on the true dynamics.</summary>
public sealed class TrueDynamicsController : IController
{
    private readonly TrueDynamicsPlanner _planner;
    private readonly TrueDynamicsOptions _options;
    private readonly float[]?[] _knots;
    private readonly int[] _ages;
    private readonly StateReader _reader;
    private readonly ulong _seed;
    private readonly List<double> _times = [];
    private ulong _made;

    /// <param name="engine">Makes the copies that targets are tried out in.</param>
    /// <param name="worlds">The worlds that are acted in.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Seed of what is tried.</param>
    public TrueDynamicsController(IPhysicsEngine engine, IWorldBatch worlds, TrueDynamicsOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(options);
        _planner = new TrueDynamicsPlanner(engine, worlds, options, worlds.WorldCount);
        (_options, _seed) = (options, seed);
        _knots = new float[]?[worlds.WorldCount];
        _ages = new int[worlds.WorldCount];
        _reader = new StateReader(new StateLayout(worlds.Scene.Character));
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => _times;

    /// <inheritdoc/>
    public void Restart() => Array.Clear(_knots);

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(objectives);
        MakePlans(worlds, active, objectives);
        float[] chosen = new float[_reader.Layout.Actions];
        foreach (int world in active)
        {
            _planner.Targets(_knots[world], _ages[world]++, chosen);
            Transposed.WriteColumn(chosen, world, worlds.WorldCount, targets);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _planner.Dispose();

    private void MakePlans(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives)
    {
        int[] due = [.. active.Where(world => _knots[world] is null || _ages[world] >= _options.ExecuteSteps)];
        if (due.Length == 0)
        {
            return;
        }

        long began = Stopwatch.GetTimestamp();
        _made++;
        foreach (int world in due)
        {
            if (_knots[world] is { } knots)
            {
                _planner.Shift(knots, _ages[world]);
            }
            else
            {
                _knots[world] = _planner.Begin(worlds, world);
            }

            _ages[world] = 0;
        }

        PlanRequest[] requests = [.. due.Select(world => new PlanRequest([], default, objectives[world], null, PlanRequest.SeedOf(_seed, world, _made)))];
        _planner.Improve(worlds, due, requests, [.. due.Select(world => _knots[world]!)]);
        _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}

/// <summary>Acts by the best skill to tell a policy, tried out in copies of the world: the text policy with an objective in place of a sentence.</summary>
/// <param name="plans">The skills; taken over.</param>
/// <param name="steps">Control steps ahead.</param>
/// <param name="executed">Control steps that a skill is told for before the next choice.</param>
/// <param name="seed">Seed of which skills are tried.</param>
public sealed class SkillSearchController(SkillPlans plans, int steps, int executed, ulong seed) : IController
{
    private readonly List<double> _times = [];
    private readonly Dictionary<int, Plan> _chosen = [];
    private ulong _made;

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => _times;

    /// <inheritdoc/>
    public void Restart()
    {
        plans.Policy.Restart();
        _chosen.Clear();
    }

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(objectives);
        plans.Policy.Look();
        int[] due = [.. active.Where(world => !_chosen.TryGetValue(world, out Plan? plan) || plan.Age >= executed)];
        if (due.Length > 0)
        {
            long began = Stopwatch.GetTimestamp();
            _made++;
            PlanRequest[] requests = [.. due.Select(world => new PlanRequest([], default, objectives[world], _chosen.GetValueOrDefault(world), PlanRequest.SeedOf(seed, world, _made)))];
            foreach ((int world, Plan plan) in due.Zip(plans.Best([.. due.Select(plans.Policy.Task.Snapshot)], requests, steps)))
            {
                _chosen[world] = plan;
            }

            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        plans.Act([.. active.Select(world => (world, _chosen[world].SkillNow))], targets);
        foreach (int world in active)
        {
            _chosen[world] = _chosen[world] with { Age = _chosen[world].Age + 1 };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => plans.Dispose();
}
