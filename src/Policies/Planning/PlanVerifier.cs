using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Tries plans out in copies of the world they were made for, and tells which did best there.</summary>
public sealed class PlanVerifier : IDisposable
{
    private readonly IWorldBatch _copies;
    private readonly CodeFollower _follower;
    private readonly StateReader _reader;
    private readonly FallDetector _falls;
    private readonly TrajectoryShape _shape;
    private readonly Planner _planner;
    private readonly PlannerOptions _options;
    private readonly float[] _states;
    private readonly float[] _actions;
    private readonly float[] _controls;
    private readonly int[] _codes;
    private readonly int[] _phases;
    private readonly bool[] _fallen;

    /// <param name="engine">Makes worlds.</param>
    /// <param name="worlds">The worlds that plans are for; copies are of the same scene.</param>
    /// <param name="planner">Says how many plans are tried out, and what they are scored by.</param>
    /// <param name="plans">For how many characters at a time.</param>
    public PlanVerifier(IPhysicsEngine engine, IWorldBatch worlds, Planner planner, int plans)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(planner);
        (_planner, _options, _shape) = (planner, planner.Options, planner.Model.Card.Shape);
        _copies = engine.CreateBatch(worlds.Scene, worlds.Options with { WorldCount = plans * _options.Verified, HistoryLength = 0, DumpFolder = null });
        _follower = new CodeFollower(planner.Model);
        StateLayout layout = new(worlds.Scene.Character);
        (_reader, _falls) = (new StateReader(layout), new FallDetector(layout));
        _states = new float[_copies.WorldCount * layout.Count];
        _actions = new float[_copies.WorldCount * layout.Actions];
        _controls = new float[_actions.Length];
        _codes = new int[_copies.WorldCount * _shape.ChunkTokens];
        _phases = new int[_copies.WorldCount];
        _fallen = new bool[_copies.WorldCount];
    }

    /// <summary>In which copies the character fell when plans were last tried out: [request × plan].</summary>
    public IReadOnlyList<bool> Fallen => _fallen;

    /// <summary>Tries plans out.</summary>
    /// <param name="worlds">The worlds of the requests, as they were saved.</param>
    /// <param name="requests">What is wanted.</param>
    /// <param name="plans">Plans of each, as many as are tried out.</param>
    /// <returns>The best of each, with the score that it had; more where it is what was followed before.</returns>
    public Plan[] Best(IReadOnlyList<WorldState> worlds, IReadOnlyList<PlanRequest> requests, Plan[][] plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        int each = _options.Verified;
        (double[] earned, double[] meant) = Try(worlds, requests, plans);
        return [.. plans.Select((own, index) =>
        {
            int first = index * each;
            double patience = _planner.Follows(requests[index]) ? PlanScore.Patience(Standing(earned.Skip(first).Take(own.Length), first), _options) : 0;
            double ScoreOf(int plan) => earned[first + plan] + meant[first + plan] + (plan == 0 ? patience : 0);
            int best = Enumerable.Range(0, own.Length).MaxBy(ScoreOf);
            return own[best] with { Score = ScoreOf(best) };
        })];
    }

    /// <summary>What plans earn when they are tried out, with what their meaning earns: [request × plan].</summary>
    public double[] Scores(IReadOnlyList<WorldState> worlds, IReadOnlyList<PlanRequest> requests, Plan[][] plans)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(plans);
        (double[] earned, double[] meant) = Try(worlds, requests, plans);
        return [.. earned.Zip(meant, (steps, meaning) => steps + meaning)];
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    /// <summary>What plans earn step by step when they are tried out, and by what they mean: [request × plan].</summary>
    private (double[] Earned, double[] Meant) Try(IReadOnlyList<WorldState> worlds, IReadOnlyList<PlanRequest> requests, Plan[][] plans)
    {
        int each = _options.Verified, copies = worlds.Count * each, steps = plans[0][0].Codes.Length / _shape.ChunkTokens * _shape.ChunkSteps;
        for (int index = 0; index < worlds.Count; index++)
        {
            for (int plan = 0; plan < each; plan++)
            {
                _copies.Restore((index * each) + plan, worlds[index]);
            }
        }

        double[] earned = new double[copies];
        SeenMotions? seen = SeenMotions.For(requests, _copies, _planner.Model.Card.ControlRate, copies);
        bool[] fallen = _fallen;
        Array.Clear(fallen);
        for (int step = 0; step < steps; step++)
        {
            Act(requests, plans, copies, step);
            _copies.Step();
            for (int copy = 0; copy < copies; copy++)
            {
                if (fallen[copy])
                {
                    continue;
                }

                Span<float> state = _states.AsSpan(copy * _reader.Layout.Count, _reader.Layout.Count);
                GroundPlace place = _reader.Read(_copies, copy, state);
                fallen[copy] = _falls.HasFallen(_copies, copy);
                double reward = requests[copy / each].Objective.Reward(new RootState(state, place));
                earned[copy] += fallen[copy] ? PlanScore.Fall(reward, steps - step, _options) : reward;
                seen?.Add(copy, _copies, copy);
            }
        }

        double[] meant = seen?.Rewards(copy => requests[copy / each].Objective, steps) ?? [.. Enumerable.Range(0, copies).Select(copy => PlanOf(plans, copy).Meant)];
        return (earned, meant);
    }

    private IEnumerable<double> Standing(IEnumerable<double> scores, int first) => scores.Where((_, plan) => !_fallen[first + plan]);

    // Where there are fewer plans than copies, the last is tried out in several.
    private Plan PlanOf(Plan[][] plans, int copy) => plans[copy / _options.Verified][Math.Min(copy % _options.Verified, plans[copy / _options.Verified].Length - 1)];

    private void Act(IReadOnlyList<PlanRequest> requests, Plan[][] plans, int copies, int step)
    {
        int each = _options.Verified, chunk = step / _shape.ChunkSteps, actions = _reader.Layout.Actions;
        for (int copy = 0; copy < copies; copy++)
        {
            if (step == 0)
            {
                // A world that was put back does not know yet what its feet bear.
                requests[copy / each].State.CopyTo(_states, copy * _reader.Layout.Count);
            }

            PlanOf(plans, copy).Codes.AsSpan(chunk * _shape.ChunkTokens, _shape.ChunkTokens).CopyTo(_codes.AsSpan(copy * _shape.ChunkTokens));
            _phases[copy] = step % _shape.ChunkSteps;
        }

        _follower.Act(
            _states.AsSpan(0, copies * _reader.Layout.Count), _codes.AsSpan(0, copies * _shape.ChunkTokens), _phases.AsSpan(0, copies), _actions.AsSpan(0, copies * actions));
        Transposed.Write(_actions, actions, _copies.WorldCount, _controls);
        _copies.SetControls(_controls);
    }
}
