using System.Numerics;
using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Experts;

/// <summary>
/// Lets an expert act without noise and measures it: half of a clip's episodes start at frames spread evenly over the clip, half at its first frame. Every
/// start is a little off the reference (<see cref="StartNoise"/>), so that no two episodes are the same.
/// </summary>
public sealed class ExpertEvaluation : IDisposable
{
    /// <summary>Standard deviation of starts from the reference: of joint velocities, rad/s, and of the root's, m/s and rad/s.</summary>
    public const float StartNoise = 0.1f;

    /// <summary>Force of a push on the root, N: for a tenth of a second, once in every second, at a random time and from a random side.</summary>
    public const float PushForce = 200;

    private const float FailureDistance = 0.5f;
    private readonly IReadOnlyList<CharacterClip> _clips;
    private readonly IWorldBatch _batch;
    private readonly TrackingTask _task;
    private readonly int _episodes;
    private readonly int _steps;
    private readonly float[] _observations;
    private readonly float[] _actions;

    /// <param name="clips">The clips that are tracked.</param>
    /// <param name="card">How experts were trained: what they observe, and the physics; what they were forgiven is not used.</param>
    /// <param name="episodes">Episodes of each kind and clip.</param>
    /// <param name="threads">Threads for physics.</param>
    /// <param name="engine">What simulates; the project's own when null.</param>
    /// <exception cref="MotionException">A clip cannot be tracked.</exception>
    public ExpertEvaluation(IReadOnlyList<CharacterClip> clips, ExpertCard card, int episodes, int threads, IPhysicsEngine? engine = null)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(card);
        (_clips, _episodes) = (clips, episodes);
        TrackingOptions tracking = card.Tracking with { Repeats = false };
        ReferenceTable table = ReferenceTable.Of(clips, tracking);
        _steps = table.Clips.Max(clip => clip.IsLoop ? (int)(tracking.EpisodeSeconds * tracking.ControlRate) : clip.Last);
        _batch = (engine ?? new WideEngine()).CreateBatch(new Scene { Character = clips[0].Character }, new BatchOptions
        {
            WorldCount = 2 * episodes * clips.Count,
            PhysicsRate = card.PhysicsRate,
            ControlRate = tracking.ControlRate,
            SolverIterations = card.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        TrackingOptions forgiving = tracking with { FailureDistance = 0, FailOnContact = false, EpisodeSeconds = 36_000f / tracking.ControlRate };
        _task = new TrackingTask(_batch, table, forgiving, seed: 0);
        _observations = new float[_task.WorldCount * _task.ObservationCount];
        _actions = new float[_task.WorldCount * _task.ActionCount];
    }

    /// <summary>Measures an expert. The same expert gives the same figures.</summary>
    /// <param name="expert">Who acts.</param>
    /// <param name="pushes">Whether to measure it pushed too.</param>
    public ExpertScore Measure(Expert expert, bool pushes)
    {
        ArgumentNullException.ThrowIfNull(expert);
        Episode[] plain = Run(expert, pushed: false);
        Episode[] spread = [.. plain.Where((_, world) => !IsFromStart(world))], starts = [.. plain.Where((_, world) => IsFromStart(world))];
        ExpertScore score = new()
        {
            Success05 = Share(spread, episode => episode.Furthest <= FailureDistance),
            Success03 = Share(spread, episode => episode.Furthest <= 0.3f),
            Success05Start = Share(starts, episode => episode.Furthest <= FailureDistance),
            FallRate = Share(plain, episode => episode.Fell),
            MpjpeRootMm = 1000 * Mean(plain, episode => episode.Errors.RootDistance),
            MpjpeGlobalMm = 1000 * Mean(plain, episode => episode.Errors.Distance),
            VelocityError = Mean(plain, episode => episode.Errors.Velocity),
            AccelerationError = Mean(plain, episode => episode.Errors.Acceleration),
            FootSlideMm = 1000 * Mean(plain, episode => episode.Errors.Slide),
            Jerk = Mean(plain, episode => episode.Errors.Jerk),
        };
        if (!pushes)
        {
            return score;
        }

        Episode[] pushed = Run(expert, pushed: true);
        return score with { FallRatePushed = Share(pushed, episode => episode.Fell), Success05Pushed = Share(pushed, episode => episode.Furthest <= FailureDistance) };
    }

    /// <summary>What an expert does from the clip's first frame, undisturbed, up to the end of the episode.</summary>
    /// <param name="expert">Who acts.</param>
    /// <param name="clip">Index of the clip.</param>
    public MotionRecording Record(Expert expert, int clip = 0)
    {
        ArgumentNullException.ThrowIfNull(expert);
        MotionRecorder recorder = new(_batch.Scene.Character, _task.Options.ControlRate);
        int world = (2 * clip * _episodes) + _episodes;
        Run(expert, pushed: false, episodes =>
        {
            if (!episodes[world].Over)
            {
                recorder.Add(_batch.Positions, _task.WorldCount, world);
            }
        });
        return recorder.Finish(_clips[clip].Name) with { Licence = _clips[clip].Licence, Captions = _clips[clip].Captions };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        _batch.Dispose();
    }

    private static double Share(Episode[] episodes, Func<Episode, bool> holds) => episodes.Count(holds) / (double)episodes.Length;

    private static double Mean(Episode[] episodes, Func<Episode, MeanValue> of)
    {
        double sum = episodes.Sum(episode => of(episode).Sum), count = episodes.Sum(episode => of(episode).Count);
        return count > 0 ? sum / count : 0;
    }

    private Episode[] Run(Expert expert, bool pushed, Action<Episode[]>? look = null)
    {
        CounterRandom random = new(pushed ? 2u : 1u);
        Episode[] episodes = new Episode[_task.WorldCount];
        for (int world = 0; world < episodes.Length; world++)
        {
            int clip = world / (2 * _episodes), episode = world % (2 * _episodes);
            int frame = IsFromStart(world) ? 0 : (int)((long)episode * (_task.References.Clips[clip].Last - 1) / _episodes);
            episodes[world] = new Episode(_batch.BodyCount);
            _task.Start(world, clip, frame, CounterRandom.For(random.Bits((ulong)world), 0), StartNoise);
        }

        for (int step = 0; step < _steps && episodes.Any(episode => !episode.Over); step++)
        {
            if (pushed)
            {
                Push(random, step);
            }

            _task.Observe(_observations);
            expert.Act(_observations, _actions);
            _task.Step(_actions);
            for (int world = 0; world < episodes.Length; world++)
            {
                Look(episodes[world], world);
            }

            look?.Invoke(episodes);
        }

        return episodes;
    }

    private bool IsFromStart(int world) => world % (2 * _episodes) >= _episodes;

    private void Look(Episode episode, int world)
    {
        if (episode.Over)
        {
            return;
        }

        bool broke = _batch.Failed[world];
        episode.Furthest = broke ? float.PositiveInfinity : MathF.Max(episode.Furthest, _task.Deviations[world]);
        episode.Fell |= broke || _task.Fallen[world];

        // At its end a world has already started anew: what it looked like before is gone, all but how far it was off.
        bool ended = _task.Terminated[world] || _task.Truncated[world];
        if (!ended && episode.Furthest <= FailureDistance)
        {
            episode.Errors.Add(_task, world, 1f / _task.Options.ControlRate);
        }

        episode.Over = ended || broke;
    }

    private void Push(CounterRandom random, int step)
    {
        int rate = _task.Options.ControlRate, length = Math.Max(1, rate / 10), second = step / rate;
        for (int world = 0; world < _task.WorldCount; world++)
        {
            CounterRandom own = new(random.Bits(1_000_003 + ((ulong)world * 4099) + (ulong)second));
            int begin = own.Below(0, rate - length), now = step % rate;
            float side = MathF.Tau * own.Uniform(1);
            Vector3 force = now >= begin && now < begin + length ? PushForce * new Vector3(MathF.Cos(side), MathF.Sin(side), 0) : default;
            _batch.SetExternalForce(world, 0, force, default);
        }
    }

    private sealed class Episode(int bodies)
    {
        public TrackingErrors Errors { get; } = new(bodies);

        public float Furthest { get; set; }

        public bool Fell { get; set; }

        public bool Over { get; set; }
    }
}
