using Motion.Distillation.Skills;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Groups;

/// <summary>
/// Lets a policy of several skills act and measures it: every skill from rest and from frames spread over its clip, and every change from one skill to
/// another, at a random time in the first half of a try. Actions have a little noise (<see cref="ActionNoise"/>), so that no two tries are the same.
/// </summary>
public sealed class GroupEvaluation : IDisposable
{
    /// <summary>Standard deviation of the noise on actions; one is the torque limit of a drive.</summary>
    public const float ActionNoise = 0.03f;

    // Neighbouring windows of the same try say nearly the same.
    private const int WindowStride = 3;

    private readonly IReadOnlyList<CharacterClip> _clips;
    private readonly MotionWindows[] _references;
    private readonly GroupTries _tries;
    private readonly IWorldBatch _batch;
    private readonly SkillTask _task;
    private readonly int _steps;
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _noise;

    /// <param name="clips">The skills' clips, in the order of indices.</param>
    /// <param name="card">What policies see, and the physics.</param>
    /// <param name="tries">How many tries.</param>
    /// <param name="threads">Threads for physics.</param>
    /// <exception cref="MotionException">A clip cannot be tracked, or is too short.</exception>
    public GroupEvaluation(IReadOnlyList<CharacterClip> clips, SkillCard card, GroupTries tries, int threads)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(tries);
        (_clips, _tries) = (clips, tries);
        int rate = card.Tracking.ControlRate;
        _references = [.. clips.Select(clip => MotionWindows.Of(clip, rate))];
        _steps = (int)Math.Round(tries.Seconds * rate);
        _batch = new WideEngine().CreateBatch(new Scene { Character = clips[0].Character }, new BatchOptions
        {
            WorldCount = FirstTransition + (clips.Count * (clips.Count - 1) * tries.Transitions),
            PhysicsRate = card.PhysicsRate,
            ControlRate = rate,
            SolverIterations = card.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        SkillOptions seen = card.Seen.Unattended();
        _task = new SkillTask(_batch, ReferenceTable.Of(clips, card.Tracking), SkillConditions.Indices(clips.Count), seen, card.Tracking, seed: 0);
        _observations = new float[_task.WorldCount * _task.ObservationCount];
        _actions = new float[_task.WorldCount * _task.ActionCount];
        _noise = new float[_actions.Length];
    }

    private int FirstTransition => 2 * _clips.Count * _tries.Episodes;

    /// <summary>Measures a policy. The same policy gives the same figures.</summary>
    /// <param name="policy">Who acts.</param>
    public (GroupScore Score, IReadOnlyList<SkillScore> Skills) Measure(SkillPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Measure(ActionsOf(policy));
    }

    /// <summary>Measures a teacher, which is told nothing but where in the clips the worlds are.</summary>
    /// <param name="teacher">Who acts.</param>
    public (GroupScore Score, IReadOnlyList<SkillScore> Skills) Measure(ITeacher teacher)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        return Measure(actions => teacher.Label(_task, actions));
    }

    private (GroupScore Score, IReadOnlyList<SkillScore> Skills) Measure(Action<float[]> act)
    {
        MotionRecorder[] recorders = Recorders();
        bool[] fell = Run(act, recorders);
        SkillScore[] skills = [.. Enumerable.Range(0, _clips.Count).Select(clip => ScoreOf(clip, fell, recorders))];
        return (new GroupScore
        {
            NoFallRest = skills.Average(skill => skill.NoFallRest),
            NoFallClip = skills.Average(skill => skill.NoFallClip),
            TransitionNoFall = skills.Average(skill => skill.TransitionNoFall),
            PrecisionAuc = skills.Average(skill => skill.Areas.Precision),
            RecallAuc = skills.Average(skill => skill.Areas.Recall),
        }, skills);
    }

    /// <summary>What a policy does from rest for each skill, up to a fall.</summary>
    /// <param name="policy">Who acts.</param>
    public IReadOnlyList<MotionRecording> Record(SkillPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        MotionRecorder[] recorders = Recorders();
        Run(ActionsOf(policy), recorders);
        return [.. _clips.Select((clip, index) => recorders[2 * index * _tries.Episodes].Finish(clip.Name) with { Licence = clip.Licence, Captions = clip.Captions })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        _batch.Dispose();
    }

    private MotionRecorder[] Recorders() => [.. Enumerable.Range(0, FirstTransition).Select(_ => new MotionRecorder(_batch.Scene.Character, _task.Tracking.Options.ControlRate))];

    private Action<float[]> ActionsOf(SkillPolicy policy) => actions =>
    {
        _task.Observe(_observations);
        policy.Act(_observations, actions);
    };

    private SkillScore ScoreOf(int clip, bool[] fell, MotionRecorder[] recorders)
    {
        int first = 2 * clip * _tries.Episodes, count = _tries.Episodes;
        MotionWindows done = MotionWindows.Of([.. recorders.AsSpan(first, 2 * count).ToArray().Where(recorder => recorder.FrameCount > 0).Select(recorder => recorder.Finish(_clips[clip].Name))], stride: WindowStride);
        int expected = 2 * count * (((_steps - done.Frames) / WindowStride) + 1);
        double NoFall(IEnumerable<int> worlds) => worlds.Average(world => fell[world] ? 0.0 : 1.0);
        return new SkillScore(
            _clips[clip].Name,
            NoFall(Enumerable.Range(first, count)),
            NoFall(Enumerable.Range(first + count, count)),
            NoFall(Enumerable.Range(FirstTransition, fell.Length - FirstTransition).Where(world => TransitionOf(world).To == clip)),
            PrecisionRecall.Compare(done, _references[clip], expected));
    }

    /// <summary>From which skill a world goes to which.</summary>
    private (int From, int To) TransitionOf(int world)
    {
        int pair = (world - FirstTransition) / _tries.Transitions, from = pair / (_clips.Count - 1), to = pair % (_clips.Count - 1);
        return (from, to < from ? to : to + 1);
    }

    /// <summary>Acts, records worlds up to their falls, and says who fell.</summary>
    private bool[] Run(Action<float[]> act, MotionRecorder[] recorders)
    {
        CounterRandom random = CounterRandom.For(0, 0x96);
        bool[] fell = new bool[_task.WorldCount];
        for (int world = 0; world < fell.Length; world++)
        {
            Start(world, random);
        }

        int[] switches = [.. Enumerable.Range(0, fell.Length).Select(world => 1 + random.Below((1 << 24) + (ulong)world, _steps / 2))];
        for (int step = 0; step < _steps; step++)
        {
            for (int world = FirstTransition; world < fell.Length; world++)
            {
                if (switches[world] == step)
                {
                    _task.Switch(world, TransitionOf(world).To);
                }
            }

            act(_actions);
            random.Normal((1 << 28) + ((ulong)step * (ulong)_noise.Length), _noise);
            for (int index = 0; index < _actions.Length; index++)
            {
                _actions[index] += ActionNoise * _noise[index];
            }

            _task.Step(_actions);
            for (int world = 0; world < fell.Length; world++)
            {
                fell[world] |= _task.Terminated[world] || _batch.Failed[world];
                if (!fell[world] && world < recorders.Length)
                {
                    recorders[world].Add(_batch.Positions, fell.Length, world);
                }
            }
        }

        return fell;
    }

    private void Start(int world, CounterRandom random)
    {
        bool changes = world >= FirstTransition;
        int clip = changes ? TransitionOf(world).From : world / (2 * _tries.Episodes), episode = world % (2 * _tries.Episodes);
        int last = _task.Tracking.References.Clips[clip].Last;
        if (!changes && episode < _tries.Episodes)
        {
            _task.StartAtRest(world, clip);
        }
        else
        {
            _task.StartAt(world, clip, changes ? random.Below((ulong)world, last) : (episode - _tries.Episodes) * last / _tries.Episodes);
        }
    }
}
