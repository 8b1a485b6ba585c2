using Motion.Sim;
using Motion.Sim.Characters;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>How joint targets are searched on the true dynamics.</summary>
public sealed record TrueDynamicsOptions
{
    /// <summary>Rollouts of each round, for a character.</summary>
    public int Samples { get; init; } = 16;

    /// <summary>Control steps ahead.</summary>
    public int Steps { get; init; } = 16;

    /// <summary>Knots of the splines that targets follow, which lie even over the steps ahead; between them targets are interpolated linearly.</summary>
    public int Knots { get; init; } = 5;

    /// <summary>Rounds of a plan; noise gets smaller from one to the next.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Standard deviation of targets, rad.</summary>
    public float Noise { get; init; } = 0.25f;

    /// <summary>What is left of the noise from one round to the next.</summary>
    public float Annealing { get; init; } = 0.5f;

    /// <summary>Softness of the mean over rollouts, in deviations of their scores; 0 takes the best (predictive sampling).</summary>
    public double Temperature { get; init; }

    /// <summary>What a fall costs, as reward.</summary>
    public double FallCost { get; init; } = 60;

    /// <summary>Control steps that are done of a plan.</summary>
    public int ExecuteSteps { get; init; } = 4;

    /// <summary>Control steps simulated for a plan.</summary>
    public int Simulated => Samples * Steps * Rounds;

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        Setting.Require(Samples is >= 2 and <= 65_536, nameof(Samples), Samples, "2 to 65536");
        Setting.Require(Steps is >= 2 and <= 1000, nameof(Steps), Steps, "2 to 1000");
        Setting.Require(Knots >= 2 && Knots <= Steps, nameof(Knots), Knots, $"2 to Steps ({Steps})");
        Setting.Require(Rounds is >= 1 and <= 100, nameof(Rounds), Rounds, "1 to 100");
        Setting.Require(ExecuteSteps >= 1 && ExecuteSteps <= Steps, nameof(ExecuteSteps), ExecuteSteps, $"1 to Steps ({Steps})");
    }
}

/// <summary>
/// Plans joint targets by trying them out in copies of the world: predictive sampling (Howell et al., 2022), MPPI (Williams et al., 2017), and annealed
/// MPPI over splines (Xue et al., "DIAL-MPC", 2025), which differ in their options alone. A baseline: it knows the true dynamics and no motion.
/// </summary>
public sealed class TrueDynamicsPlanner : IDisposable
{
    private readonly TrueDynamicsOptions _options;
    private readonly IWorldBatch _copies;
    private readonly StateReader _reader;
    private readonly FallDetector _falls;
    private readonly float[] _state;
    private readonly float[] _controls;
    private readonly float[] _noise;
    private readonly float[] _rest;
    private readonly int _actions;

    /// <param name="engine">Makes worlds.</param>
    /// <param name="worlds">The worlds that are planned in; copies are of the same scene.</param>
    /// <param name="options">How.</param>
    /// <param name="plans">For how many characters at a time.</param>
    public TrueDynamicsPlanner(IPhysicsEngine engine, IWorldBatch worlds, TrueDynamicsOptions options, int plans)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _copies = engine.CreateBatch(worlds.Scene, worlds.Options with { WorldCount = plans * options.Samples, HistoryLength = 0, DumpFolder = null });
        StateLayout layout = new(worlds.Scene.Character);
        (_reader, _falls, _actions) = (new StateReader(layout), new FallDetector(layout), layout.Actions);
        _state = new float[layout.Count];
        _controls = new float[_copies.WorldCount * _actions];
        _noise = new float[_copies.WorldCount * options.Knots * _actions];
        _rest = new float[_actions];
    }

    /// <summary>Knots to begin with: the joint targets that a world's pose is, all along.</summary>
    /// <param name="batch">The worlds.</param>
    /// <param name="world">Which one.</param>
    public float[] Begin(IWorldBatch batch, int world)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Character character = batch.Scene.Character;
        float[] positions = new float[character.PositionCount];
        for (int index = 0; index < positions.Length; index++)
        {
            positions[index] = batch.Positions[(index * batch.WorldCount) + world];
        }

        for (int action = 0; action < _actions; action++)
        {
            Actuator actuator = character.Actuators[action];
            Joint joint = character.Joints[actuator.Joint];
            _rest[action] = joint.Kind == JointKind.Hinge ? positions[joint.PositionIndex] : Rotations.ToVector(PositionVector.Rotation(joint, positions))[actuator.Axis];
        }

        return [.. Enumerable.Range(0, _options.Knots).SelectMany(_ => _rest)];
    }

    /// <summary>Improves knots.</summary>
    /// <param name="worlds">The worlds.</param>
    /// <param name="which">The world of each request.</param>
    /// <param name="requests">What is wanted, and the seeds of what is tried.</param>
    /// <param name="knots">Of each, [knot × actuator]: changed in place.</param>
    public void Improve(IWorldBatch worlds, IReadOnlyList<int> which, IReadOnlyList<PlanRequest> requests, IReadOnlyList<float[]> knots)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(knots);
        float noise = _options.Noise;
        for (int round = 0; round < _options.Rounds; round++, noise *= _options.Annealing)
        {
            Restore(worlds, which);
            Disturb(requests, round, noise);
            double[] scores = Try(requests, knots);
            for (int plan = 0; plan < which.Count; plan++)
            {
                Merge(knots[plan], plan, scores.AsSpan(plan * _options.Samples, _options.Samples));
            }
        }
    }

    /// <summary>Joint targets of a step of a plan: [actuator].</summary>
    public void Targets(ReadOnlySpan<float> knots, int step, Span<float> targets)
    {
        float place = Math.Min(step, _options.Steps - 1) * (_options.Knots - 1) / (float)(_options.Steps - 1);
        int knot = Math.Min((int)place, _options.Knots - 2);
        float share = place - knot;
        for (int action = 0; action < _actions; action++)
        {
            float before = knots[(knot * _actions) + action], after = knots[((knot + 1) * _actions) + action];
            targets[action] = before + (share * (after - before));
        }
    }

    /// <summary>Knots of what is left of a plan after some steps; the last targets are held.</summary>
    public void Shift(Span<float> knots, int steps)
    {
        float[] moved = new float[knots.Length];
        for (int knot = 0; knot < _options.Knots; knot++)
        {
            int at = (int)MathF.Round(knot * (_options.Steps - 1) / (float)(_options.Knots - 1));
            Targets(knots, at + steps, moved.AsSpan(knot * _actions, _actions));
        }

        moved.CopyTo(knots);
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    private void Restore(IWorldBatch worlds, IReadOnlyList<int> which)
    {
        for (int plan = 0; plan < which.Count; plan++)
        {
            WorldState state = worlds.Save(which[plan]);
            for (int sample = 0; sample < _options.Samples; sample++)
            {
                _copies.Restore((plan * _options.Samples) + sample, state);
            }
        }
    }

    // The first sample of each plan is the plan as it is: nothing that was found is lost.
    private void Disturb(IReadOnlyList<PlanRequest> requests, int round, float deviation)
    {
        int each = _options.Samples * _options.Knots * _actions, first = _options.Knots * _actions;
        for (int plan = 0; plan < requests.Count; plan++)
        {
            Span<float> own = _noise.AsSpan(plan * each, each);
            CounterRandom.For(requests[plan].Seed, 0x7D + (ulong)round).Normal(0, own);
            for (int index = 0; index < own.Length; index++)
            {
                own[index] *= index < first ? 0 : deviation;
            }
        }
    }

    private double[] Try(IReadOnlyList<PlanRequest> requests, IReadOnlyList<float[]> knots)
    {
        int copies = requests.Count * _options.Samples, size = _options.Knots * _actions;
        double[] scores = new double[copies];
        bool[] fallen = new bool[copies];
        float[] own = new float[size], targets = new float[_actions];
        for (int step = 0; step < _options.Steps; step++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                float[] middle = knots[copy / _options.Samples];
                for (int index = 0; index < size; index++)
                {
                    own[index] = middle[index] + _noise[(copy * size) + index];
                }

                Targets(own, step, targets);
                for (int action = 0; action < _actions; action++)
                {
                    _controls[(action * _copies.WorldCount) + copy] = targets[action];
                }
            }

            _copies.SetControls(_controls);
            _copies.Step();
            for (int copy = 0; copy < copies; copy++)
            {
                if (!fallen[copy])
                {
                    GroundPlace place = _reader.Read(_copies, copy, _state);
                    fallen[copy] = _falls.HasFallen(_copies, copy);
                    scores[copy] += fallen[copy] ? -_options.FallCost : requests[copy / _options.Samples].Objective.Reward(new RootState(_state, place));
                }
            }
        }

        return scores;
    }

    private void Merge(float[] knots, int plan, ReadOnlySpan<double> scores)
    {
        double[] weights = Weights(scores, _options.Temperature);
        for (int index = 0; index < knots.Length; index++)
        {
            double change = 0;
            for (int sample = 0; sample < scores.Length; sample++)
            {
                change += weights[sample] * _noise[(((plan * _options.Samples) + sample) * knots.Length) + index];
            }

            knots[index] += (float)change;
        }
    }

    /// <summary>Weights of rollouts, whose sum is 1: the exponential of their scores in deviations over the temperature; all on the best one at 0.</summary>
    internal static double[] Weights(ReadOnlySpan<double> scores, double temperature)
    {
        double[] weights = new double[scores.Length];
        int best = 0;
        double mean = 0, squares = 0;
        for (int sample = 0; sample < scores.Length; sample++)
        {
            best = scores[sample] > scores[best] ? sample : best;
            mean += scores[sample] / scores.Length;
        }

        if (temperature <= 0)
        {
            weights[best] = 1;
            return weights;
        }

        foreach (double score in scores)
        {
            squares += (score - mean) * (score - mean) / scores.Length;
        }

        double sum = 0, softness = temperature * Math.Max(1e-9, Math.Sqrt(squares));
        for (int sample = 0; sample < scores.Length; sample++)
        {
            sum += weights[sample] = Math.Exp((scores[sample] - scores[best]) / softness);
        }

        for (int sample = 0; sample < scores.Length; sample++)
        {
            weights[sample] /= sum;
        }

        return weights;
    }
}
