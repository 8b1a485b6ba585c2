using System.Numerics;
using Motion.Distillation.Skills;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Planning;

/// <summary>
/// Rollouts of worlds that are told one skill after another. A teacher acts, or in some episodes a student, as far as its leash goes; actions are noisy and
/// the character is pushed. What is written down is the teacher's action without noise for the state that was come to.
/// </summary>
public sealed class SkillRollouts : IRolloutSource
{
    private const float StartNoise = 0.1f;
    private readonly RolloutCast _cast;
    private readonly RolloutOptions _options;
    private readonly IWorldBatch _batch;
    private readonly ReferenceTable _table;
    private readonly SkillConditions _conditions;
    private readonly StateReader _reader;
    private readonly FallDetector _falls;
    private readonly float[] _labels;
    private readonly float[] _executed;
    private readonly float[] _noise;
    private readonly float[] _leashes;
    private readonly float[] _noisy;
    private readonly int[] _pushed;
    private readonly bool[] _isNew;

    /// <param name="cast">Who takes part.</param>
    /// <param name="options">How.</param>
    /// <param name="threads">Threads for physics.</param>
    /// <exception cref="MotionException">Options are out of range, or a clip cannot be tracked.</exception>
    public SkillRollouts(RolloutCast cast, RolloutOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(cast);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_cast, _options) = (cast with { Tracking = cast.Tracking with { StartNoise = StartNoise } }, options);
        Character character = cast.Clips[0].Character;
        _table = ReferenceTable.Of(cast.Clips, _cast.Tracking);
        _conditions = cast.Conditions ?? new SkillConditions(1, [.. cast.Clips.Select(_ => new float[1])]);
        _batch = new WideEngine().CreateBatch(new Scene { Character = character }, new BatchOptions
        {
            WorldCount = options.Worlds,
            PhysicsRate = cast.PhysicsRate,
            ControlRate = cast.Tracking.ControlRate,
            SolverIterations = cast.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        Layout = new StateLayout(character);
        (_reader, _falls) = (new StateReader(Layout), new FallDetector(Layout));
        Skills = [.. cast.Clips.Select(clip => clip.Name)];
        _labels = new float[options.Worlds * Layout.Actions];
        _executed = new float[_labels.Length];
        _noise = new float[_labels.Length];
        _leashes = new float[options.Worlds];
        _noisy = new float[options.Worlds];
        _pushed = new int[options.Worlds];
        _isNew = new bool[options.Worlds];
    }

    /// <inheritdoc/>
    public StateLayout Layout { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Skills { get; }

    /// <inheritdoc/>
    public string Description => $"round {_cast.Round}; {_cast.Names}; {_options with { Transitions = 1, Rounds = 0 }}";

    /// <inheritdoc/>
    public void Roll(int number, TrajectoryRollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        using SkillTask task = Begin(number, _options.ChangeSeconds, out CounterRandom random);
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            BeginEpisode(world, new CounterRandom(random.Bits((ulong)world)));
        }

        for (int step = 0; step < rollout.Steps; step++)
        {
            CounterRandom now = new(random.Bits((ulong)(_batch.WorldCount + step)));
            Label(task);
            WriteDown(task, rollout, step, null);
            Choose(task, now);
            Push(now);
            task.Step(_executed);
            for (int world = 0; world < _batch.WorldCount; world++)
            {
                if (task.Terminated[world] || task.Truncated[world])
                {
                    rollout.Flags[rollout.RowOf(world, step)] |= task.Terminated[world] ? TrajectoryRollout.Fall : (byte)0;
                    BeginEpisode(world, new CounterRandom(now.Bits(10_000_000 + (ulong)world)));
                }
            }
        }
    }

    /// <summary>Lets teachers act for a window, without noise or pushes, then lets somebody else act from the very state that it began in.</summary>
    /// <param name="number">Which windows: another number gives others.</param>
    /// <param name="steps">Control steps of a window.</param>
    /// <param name="begin">Given what the teachers did, who acts then.</param>
    public Replayed Replay(int number, int steps, Func<TrajectoryRollout, ReplayActor> begin)
    {
        ArgumentNullException.ThrowIfNull(begin);
        int worlds = _batch.WorldCount;
        TrajectoryRollout taught = new(worlds, steps + 1, Layout.Count, Layout.Actions), repeated = new(worlds, steps + 1, Layout.Count, 0);
        GroundPlace[] taughtPlaces = new GroundPlace[taught.Rows], repeatedPlaces = new GroundPlace[taught.Rows];
        using SkillTask task = Begin(number, 0, out _);
        WorldState[] began = [.. Enumerable.Range(0, worlds).Select(_batch.Save)];
        for (int step = 0; step <= steps; step++)
        {
            Label(task);
            WriteDown(task, taught, step, taughtPlaces);
            task.Step(_labels);
            for (int world = 0; world < worlds; world++)
            {
                _isNew[world] = task.Terminated[world] || task.Truncated[world];
                taught.Flags[taught.RowOf(world, step)] |= step < steps && task.Terminated[world] ? TrajectoryRollout.Fall : (byte)0;
            }
        }

        ReplayActor actor = begin(taught);
        for (int world = 0; world < worlds; world++)
        {
            _batch.Restore(world, began[world]);

            // A world that was put back does not know yet what its feet bear.
            int first = repeated.RowOf(world, 0) * Layout.Count;
            taught.States.AsSpan(first, Layout.Count).CopyTo(repeated.States.AsSpan(first));
            repeatedPlaces[repeated.RowOf(world, 0)] = taughtPlaces[taught.RowOf(world, 0)];
        }

        Repeat(actor, repeated, repeatedPlaces);
        return new Replayed(taught, repeated, taughtPlaces, repeatedPlaces);
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private SkillTask Begin(int number, float changeSeconds, out CounterRandom random)
    {
        ulong seed = ((ulong)_cast.Round << 32) + (ulong)number;
        random = CounterRandom.For(seed, 0x9A7);
        Array.Fill(_isNew, true);
        Array.Clear(_pushed);
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            _batch.SetExternalForce(world, 0, default, default);
        }

        SkillOptions skills = _cast.Seen with { SwitchSeconds = changeSeconds, RestStarts = _options.RestStarts, OtherClipStarts = _options.OtherClipStarts, LostDistance = _options.LostDistance };
        return new SkillTask(_batch, _table, _conditions, skills, _cast.Tracking, seed) { Routes = _cast.Routes };
    }

    private void BeginEpisode(int world, CounterRandom random)
    {
        float choice = random.Uniform(0);
        _leashes[world] = _cast.Student is null || choice >= _options.StudentShare ? 0 : _options.Leash * _options.StudentShare / choice;
        _noisy[world] = _options.Noise * random.Uniform(1);
        _batch.SetExternalForce(world, 0, default, default);
        (_pushed[world], _isNew[world]) = (0, true);
    }

    private void Label(SkillTask task)
    {
        _cast.Teacher.Label(task, _labels);
        for (int index = 0; index < _labels.Length; index++)
        {
            _labels[index] = Math.Clamp(_labels[index], -Leash.LargestLabel, Leash.LargestLabel);
        }
    }

    private void WriteDown(SkillTask task, TrajectoryRollout rollout, int step, GroundPlace[]? places)
    {
        int actions = Layout.Actions;
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            int row = rollout.RowOf(world, step);
            GroundPlace place = _reader.Read(_batch, world, rollout.States.AsSpan(row * rollout.StateCount, rollout.StateCount));
            task.Actions.ToTargets(_labels.AsSpan(world * actions, actions), rollout.Actions.AsSpan(row * actions, actions));
            rollout.Flags[row] = _isNew[world] ? TrajectoryRollout.Start : (byte)0;
            rollout.Skills[row] = task.SkillOf(world);
            _isNew[world] = false;
            if (places is not null)
            {
                places[row] = place;
            }
        }
    }

    /// <summary>What is executed: the student's action, or the teacher's where the two are further apart than the episode allows, with noise.</summary>
    private void Choose(SkillTask task, CounterRandom random)
    {
        int actions = Layout.Actions;
        _cast.Student?.Invoke(task, _executed);
        random.Normal(1_000_000, _noise);
        for (int world = 0; world < _batch.WorldCount; world++)
        {
            int first = world * actions;
            _ = Leash.Hold(_executed.AsSpan(first, actions), _labels.AsSpan(first, actions), _leashes[world], _noise.AsSpan(first, actions), _noisy[world]);
        }
    }

    private void Push(CounterRandom random)
    {
        int rate = _cast.Tracking.ControlRate, length = Math.Max(1, rate / 10);
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

    private void Repeat(ReplayActor actor, TrajectoryRollout repeated, GroundPlace[] places)
    {
        int worlds = _batch.WorldCount, features = Layout.Count, actions = Layout.Actions;
        float[] states = new float[worlds * features], targets = new float[worlds * actions], controls = new float[targets.Length];
        for (int step = 0; step + 1 < repeated.Steps; step++)
        {
            for (int world = 0; world < worlds; world++)
            {
                repeated.States.AsSpan(repeated.RowOf(world, step) * features, features).CopyTo(states.AsSpan(world * features));
            }

            actor(step, states, targets);
            for (int world = 0; world < worlds; world++)
            {
                for (int action = 0; action < actions; action++)
                {
                    controls[(action * worlds) + world] = targets[(world * actions) + action];
                }
            }

            _batch.SetControls(controls);
            _batch.Step();
            for (int world = 0; world < worlds; world++)
            {
                int next = repeated.RowOf(world, step + 1);
                places[next] = _reader.Read(_batch, world, repeated.States.AsSpan(next * features, features));
                repeated.Flags[next - 1] |= _falls.HasFallen(_batch, world) ? TrajectoryRollout.Fall : (byte)0;
            }
        }
    }
}
