using System.Collections.Immutable;
using System.Diagnostics;
using Motion.Sim.Physics;
using Motion.Sim.Skills;

namespace Motion.Policies.Planning;

/// <summary>Plans codes every few steps and follows them, with the state as it is at every step.</summary>
public sealed class PlanningController : IController
{
    private readonly Planner _planner;
    private readonly PlanVerifier? _verifier;
    private readonly CodeFollower _follower;
    private readonly StateReader _reader;
    private readonly TrajectoryShape _shape;
    private readonly ulong _seed;
    private readonly Plan?[] _plans;
    private readonly List<double> _times = [];
    private Pending? _pending;
    private ulong _made;
    private long _step;

    /// <param name="planner">Plans.</param>
    /// <param name="engine">Makes the copies that plans are tried out in.</param>
    /// <param name="worlds">The worlds that are acted in.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    public PlanningController(Planner planner, IPhysicsEngine engine, IWorldBatch worlds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(planner);
        ArgumentNullException.ThrowIfNull(worlds);
        (_planner, _shape, _seed) = (planner, planner.Model.Card.Shape, seed);
        _verifier = planner.Options.Verified > 0 ? new PlanVerifier(engine, worlds, planner, worlds.WorldCount) : null;
        _follower = new CodeFollower(planner.Model);
        _reader = new StateReader(new StateLayout(worlds.Scene.Character));
        _plans = new Plan?[worlds.WorldCount];
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> PlanMilliseconds => _times;

    /// <summary>
    /// How long planning may keep the worlds waiting. A plan that takes longer goes on being made beside them, while the last plan's next actions are used,
    /// or without one those of behaviour cloning. Null waits for every plan.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>How often planning took longer than its budget.</summary>
    public int Overruns { get; private set; }

    /// <summary>A policy's skills, which are tried out beside the best plans, where these are; taken over. Null to follow codes alone.</summary>
    public SkillPlans? Skills { get; init; }

    /// <summary>Latent of a sentence that plans are drawn for in all worlds; null for none.</summary>
    public float[]? Sentence { get; set; }

    /// <summary>Says what plans mean where they are tried out, while there is a sentence; null to believe what they were drawn for.</summary>
    public IMotionMeaning? Meaning { get; set; }

    /// <summary>What a world is following now; null before its first plan is made.</summary>
    public Plan? PlanOf(int world) => _plans[world];

    /// <inheritdoc/>
    public void Restart()
    {
        Abandon();
        Array.Clear(_plans);
        Skills?.Policy.Restart();
    }

    /// <summary>All that decides which plans come next, but for the worlds; a plan that is still being made is left out, and made anew.</summary>
    public PlanningState Save() => new([.. _plans], _pending is null ? _made : _made - 1) { Skills = Skills?.Policy.Save() };

    /// <summary>Goes back to where <see cref="Save"/> was called; whoever keeps the worlds has put them back.</summary>
    /// <param name="state">What it gave.</param>
    public void Restore(PlanningState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Abandon();
        state.Plans.CopyTo(_plans);
        _made = state.Made;
        if (state.Skills is { } skills)
        {
            Skills?.Policy.Restore(skills);
        }
    }

    /// <inheritdoc/>
    public void Act(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(objectives);
        float[][] states = new float[active.Count][];
        GroundPlace[] places = new GroundPlace[active.Count];
        for (int index = 0; index < active.Count; index++)
        {
            states[index] = new float[_reader.Layout.Count];
            places[index] = _reader.Read(worlds, active[index], states[index]);
        }

        Skills?.Policy.Look();
        if (_pending is null)
        {
            Ask(worlds, active, objectives, states, places);
        }

        Take();
        Follow([.. active.Zip(states).Where(pair => _plans[pair.First] is null or { Skill: < 0 })], worlds.WorldCount, targets);
        Skills?.Act([.. active.Where(world => _plans[world]?.Skill >= 0).Select(world => (world, _plans[world]!.SkillNow))], targets);
        _step++;
        foreach (int world in active)
        {
            _plans[world] = _plans[world] is { } plan ? plan with { Age = plan.Age + 1 } : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abandon();
        _verifier?.Dispose();
        Skills?.Dispose();
    }

    // The planner is not for two at once: a plan that nobody wants any more is made to its end.
    private void Abandon()
    {
        _pending?.Work.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _pending = null;
    }

    /// <summary>Acts by the codes of plans, with the states as they are.</summary>
    private void Follow((int World, float[] State)[] some, int worlds, Span<float> targets)
    {
        if (some.Length == 0)
        {
            return;
        }

        int actions = _reader.Layout.Actions;
        float[] chosen = new float[some.Length * actions];
        _follower.Act(
            [.. some.SelectMany(pair => pair.State)], [.. some.SelectMany(pair => CodesNow(_plans[pair.World]))], [.. some.Select(pair => (_plans[pair.World]?.Age ?? 0) % _shape.ChunkSteps)], chosen);
        for (int index = 0; index < some.Length; index++)
        {
            Transposed.WriteColumn(chosen.AsSpan(index * actions, actions), some[index].World, worlds, targets);
        }
    }

    // A plan that has run out goes on with its last chunk.
    private int[] CodesNow(Plan? plan) => plan is null
        ? [.. Enumerable.Repeat(-1, _shape.ChunkTokens)]
        : plan.Codes.AsSpan(Math.Min(plan.Age / _shape.ChunkSteps * _shape.ChunkTokens, plan.Codes.Length - _shape.ChunkTokens), _shape.ChunkTokens).ToArray();

    /// <summary>Begins to plan for the worlds whose plan is due.</summary>
    private void Ask(IWorldBatch worlds, IReadOnlyList<int> active, IReadOnlyList<IObjective> objectives, float[][] states, GroundPlace[] places)
    {
        int[] due = [.. Enumerable.Range(0, active.Count).Where(index => _plans[active[index]] is not { } plan || plan.Age >= _planner.Options.ExecuteSteps)];
        if (due.Length == 0)
        {
            return;
        }

        _made++;
        int[] which = [.. due.Select(index => active[index])];
        PlanRequest[] requests = [.. due.Select(index =>
            new PlanRequest(states[index], places[index], objectives[active[index]], _plans[active[index]], PlanRequest.SeedOf(_seed, active[index], _made)) { Sentence = Sentence, Seen = Sentence is null ? null : Meaning })];
        WorldState[] saved = _verifier is null ? [] : [.. which.Select(worlds.Save)];
        SkillSnapshot[] seen = _verifier is null || Skills is null ? [] : [.. which.Select(Skills.Policy.Task.Snapshot)];
        Plan[] Make()
        {
            long began = Stopwatch.GetTimestamp();
            Task<Plan[]>? skills = seen.Length == 0 ? null : Task.Run(() => Skills!.Best(seen, requests, _planner.Steps));
            Plan[][] plans = _planner.Plans(requests, Math.Max(1, _planner.Options.Verified));
            Plan[] best = _verifier?.Best(saved, requests, plans) ?? [.. plans.Select(own => own[0])];
            best = skills is null ? best : [.. best.Zip(skills.Result, (codes, skill) => skill.Score > codes.Score ? skill : codes)];
            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return best;
        }

        Task<Plan[]> work = Budget is null ? Task.FromResult(Make()) : Task.Run(Make);
        _pending = new Pending(work, which, _step);
        if (Budget is { } budget && !work.Wait(budget))
        {
            Overruns++;
        }
    }

    /// <summary>Takes plans over that are ready, aged by the steps that were done while they were made.</summary>
    private void Take()
    {
        if (_pending is not { Work.IsCompleted: true } ready)
        {
            return;
        }

        _pending = null;
        Plan[] plans = ready.Work.GetAwaiter().GetResult();
        for (int index = 0; index < plans.Length; index++)
        {
            _plans[ready.Worlds[index]] = plans[index] with { Age = (int)(_step - ready.Step) };
        }
    }

    private sealed record Pending(Task<Plan[]> Work, int[] Worlds, long Step);
}

/// <summary>What a <see cref="PlanningController"/> goes on with.</summary>
/// <param name="Plans">What each world follows: [world].</param>
/// <param name="Made">Times that it was asked for plans.</param>
public sealed record PlanningState(ImmutableArray<Plan?> Plans, ulong Made)
{
    /// <summary>What a policy whose skills are plans remembers; null where there is none.</summary>
    public object? Skills { get; init; }
}
