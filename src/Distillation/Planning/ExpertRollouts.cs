using System.Numerics;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Planning;

/// <summary>
/// Rollouts of experts that hand over to each other: every world does one clip after another, entered at the frame most like the world's state, while
/// actions are noisy and the character is pushed. What is written down is the action without noise.
/// </summary>
public sealed class ExpertRollouts : IRolloutSource
{
    private const float StartNoise = 0.1f;
    private const int Tries = 6;
    private readonly Expert[] _experts;
    private readonly RolloutOptions _options;
    private readonly IWorldBatch _batch;
    private readonly TrackingTask _task;
    private readonly StateReader _reader;
    private readonly SkillEntrances _entrances;
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _positions;
    private readonly float[] _noise;
    private readonly int[] _order;
    private readonly float[] _gathered;
    private readonly float[] _chosen;
    private readonly float[] _loudness;
    private readonly int[] _pushed;
    private readonly bool[] _isNew;

    /// <param name="experts">Who acts, at least one; they are taken over. All must observe the same and run on the same physics.</param>
    /// <param name="clips">The clip of each.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">Threads for physics.</param>
    /// <exception cref="MotionException">Experts differ in what they observe, or a clip cannot be tracked.</exception>
    public ExpertRollouts(IReadOnlyList<Expert> experts, IReadOnlyList<CharacterClip> clips, RolloutOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(experts);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_experts, _options) = ([.. experts], options);
        ExpertCard first = experts[0].Card;
        RequireAlike(first, experts);
        Character character = clips[0].Character;
        TrackingOptions tracking = first.Tracking with { Repeats = false, FailureDistance = 0, FailOnContact = true, StartNoise = StartNoise, EpisodeSeconds = 3600 };
        _batch = new WideEngine().CreateBatch(new Scene { Character = character }, new BatchOptions
        {
            WorldCount = options.Worlds,
            PhysicsRate = first.PhysicsRate,
            ControlRate = tracking.ControlRate,
            SolverIterations = first.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        Layout = new StateLayout(character);
        _reader = new StateReader(Layout);
        ReferenceTable table = ReferenceTable.Of(clips, tracking);
        _entrances = new SkillEntrances(table, _reader, _batch);
        _task = new TrackingTask(_batch, table, tracking, seed: 0);
        Skills = [.. clips.Select(clip => clip.Name)];
        _observations = new float[options.Worlds * _task.ObservationCount];
        _actions = new float[options.Worlds * _task.ActionCount];
        _noise = new float[_actions.Length];
        _gathered = new float[_observations.Length];
        _chosen = new float[_actions.Length];
        _positions = new float[character.PositionCount];
        _order = new int[options.Worlds];
        _loudness = new float[options.Worlds];
        _pushed = new int[options.Worlds];
        _isNew = new bool[options.Worlds];
    }

    /// <inheritdoc/>
    public StateLayout Layout { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Skills { get; }

    /// <inheritdoc/>
    public string Description =>
        $"experts {string.Join(' ', _experts.Select(expert => $"{expert.Card.Clip}:{expert.Card.Training.Samples}"))}; {_options with { Transitions = 1 }}";

    /// <inheritdoc/>
    public void Roll(int number, TrajectoryRollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        CounterRandom random = CounterRandom.For((ulong)number, 0x9A7);
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            StartAnew(world, new CounterRandom(random.Bits((ulong)world)));
        }

        for (int step = 0; step < rollout.Steps; step++)
        {
            CounterRandom now = new(random.Bits((ulong)(_batch.WorldCount + step)));
            Decide(rollout, step, now);
            Push(now);
            _task.Step(_actions);
            Settle(rollout, step, now);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        _batch.Dispose();
        foreach (Expert expert in _experts)
        {
            expert.Dispose();
        }
    }

    private static void RequireAlike(ExpertCard first, IEnumerable<Expert> experts)
    {
        foreach (ExpertCard other in experts.Select(expert => expert.Card))
        {
            bool alike = other.Tracking.ControlRate == first.Tracking.ControlRate && other.Tracking.TargetSteps.SequenceEqual(first.Tracking.TargetSteps)
                && other.Tracking.ActionCenter == first.Tracking.ActionCenter && other.Tracking.ActionScale == first.Tracking.ActionScale
                && other.PhysicsRate == first.PhysicsRate && other.SolverIterations == first.SolverIterations;
            if (!alike)
            {
                throw new MotionException(ExitCode.BadInput, $"experts '{first.Clip}' and '{other.Clip}' differ in what they observe, in what actions mean or in physics: their rollouts cannot be one planner's data");
            }
        }
    }

    private void Decide(TrajectoryRollout rollout, int step, CounterRandom random)
    {
        _task.Observe(_observations);
        Act();
        random.Normal(1_000_000, _noise);
        int actions = _task.ActionCount;
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            int row = rollout.RowOf(world, step);
            _reader.Read(_batch, world, rollout.States.AsSpan(row * rollout.StateCount, rollout.StateCount));
            Span<float> action = _actions.AsSpan(world * actions, actions);
            _task.ControlsOf(world, action, rollout.Actions.AsSpan(row * actions, actions));
            rollout.Flags[row] = _isNew[world] ? TrajectoryRollout.Start : (byte)0;
            rollout.Skills[row] = _task.ClipOf(world);
            _isNew[world] = false;
            for (int index = 0; index < actions; index++)
            {
                action[index] += _loudness[world] * _noise[(world * actions) + index];
            }
        }
    }

    /// <summary>Every expert acts in the worlds that do its clip.</summary>
    private void Act()
    {
        for (int world = 0; world < _order.Length; world++)
        {
            _order[world] = world;
        }

        Array.Sort(_order, (one, other) => _task.ClipOf(one) != _task.ClipOf(other) ? _task.ClipOf(one).CompareTo(_task.ClipOf(other)) : one.CompareTo(other));
        int seen = _task.ObservationCount, acted = _task.ActionCount;
        for (int first = 0, past = 0; first < _order.Length; first = past)
        {
            int clip = _task.ClipOf(_order[first]);
            for (past = first; past < _order.Length && _task.ClipOf(_order[past]) == clip; past++)
            {
                _observations.AsSpan(_order[past] * seen, seen).CopyTo(_gathered.AsSpan((past - first) * seen));
            }

            _experts[clip].Act(_gathered.AsSpan(0, (past - first) * seen), _chosen.AsSpan(0, (past - first) * acted));
            for (int at = first; at < past; at++)
            {
                _chosen.AsSpan((at - first) * acted, acted).CopyTo(_actions.AsSpan(_order[at] * acted));
            }
        }
    }

    private void Push(CounterRandom random)
    {
        int rate = _task.Options.ControlRate, length = Math.Max(1, rate / 10);
        if (_options.PushForce == 0)
        {
            return;
        }

        for (int world = 0; world < _batch.WorldCount; world++)
        {
            CounterRandom own = new(random.Bits((ulong)world));
            if (_pushed[world] > 0 && --_pushed[world] == 0)
            {
                _batch.SetExternalForce(world, 0, default, default);
            }
            else if (_pushed[world] == 0 && own.Uniform(0) * _options.PushSeconds * rate < 1)
            {
                float side = MathF.Tau * own.Uniform(1), force = _options.PushForce * own.Uniform(2);
                _batch.SetExternalForce(world, 0, force * new Vector3(MathF.Cos(side), MathF.Sin(side), 0), default);
                _pushed[world] = length;
            }
        }
    }

    /// <summary>Marks who fell and begins them anew; lets the others change what they do.</summary>
    private void Settle(TrajectoryRollout rollout, int step, CounterRandom random)
    {
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            CounterRandom own = new(random.Bits(10_000_000 + (ulong)world));
            if (_task.Failed[world] || _task.Terminated[world] || _task.Truncated[world])
            {
                rollout.Flags[rollout.RowOf(world, step)] |= _task.Failed[world] ? TrajectoryRollout.Fall : (byte)0;
                StartAnew(world, own);
                continue;
            }

            ReferenceClip clip = _task.References.Clips[_task.ClipOf(world)];
            bool ends = !clip.IsLoop && _task.FrameOf(world) >= clip.Last - 2;
            bool lost = _task.Deviations[world] > _options.LostDistance;
            if (ends || own.Uniform(0) * _options.ChangeSeconds * _task.Options.ControlRate < 1)
            {
                Change(world, own, _task.References.Clips.Count);
            }
            else if (lost)
            {
                Change(world, own, 0);
            }
        }
    }

    /// <summary>Goes over to a clip drawn at random that has a frame like the world's state; when no draw has one, to the most like of those drawn.</summary>
    private void Change(int world, CounterRandom random, int choices)
    {
        Span<float> state = stackalloc float[Layout.Count];
        _reader.Read(_batch, world, state);
        (int Clip, int Frame, float Distance) best = (0, 0, float.PositiveInfinity);
        for (int attempt = 0; attempt < (choices == 0 ? 1 : Tries) && best.Distance > _options.EntranceDistance; attempt++)
        {
            int clip = choices == 0 ? _task.ClipOf(world) : random.Below(10 + (ulong)attempt, choices);
            (int frame, float distance) = _entrances.Nearest(clip, state);
            best = distance < best.Distance ? (clip, frame, distance) : best;
        }

        for (int index = 0; index < _positions.Length; index++)
        {
            _positions[index] = _batch.Positions[(index * _batch.WorldCount) + world];
        }

        _task.Follow(world, best.Clip, best.Frame, _entrances.Placement(best.Clip, best.Frame, _positions));
    }

    private void StartAnew(int world, CounterRandom random)
    {
        int clip = random.Below(0, _task.References.Clips.Count);
        _task.Start(world, clip, random.Below(1, Math.Max(1, _task.References.Clips[clip].Last - 3)), new CounterRandom(random.Bits(2)), StartNoise);
        _batch.SetExternalForce(world, 0, default, default);
        (_pushed[world], _isNew[world]) = (0, true);
        _loudness[world] = _options.Noise * _experts[clip].Card.Deviation * random.Uniform(3);
    }
}
