using Motion.Policies;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Experts;

/// <summary>Measures how well an expert comes into its clip from other motions: from other clips' poses, and from standing at rest.</summary>
public sealed class EntryEvaluation : IDisposable
{
    /// <summary>How long it must not fall, s.</summary>
    public const float Seconds = 4;

    private const float RestStarts = 0.2f;
    private readonly IWorldBatch _batch;
    private readonly TrackingTask _task;
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly byte[] _starts;

    /// <param name="clip">The clip to come into.</param>
    /// <param name="others">Clips to come from; at least one.</param>
    /// <param name="card">How experts were trained.</param>
    /// <param name="episodes">Episodes.</param>
    /// <param name="threads">Threads for physics.</param>
    public EntryEvaluation(CharacterClip clip, IReadOnlyList<CharacterClip> others, ExpertCard card, int episodes, int threads)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(card);
        TrackingOptions tracking = card.Tracking with
        {
            FailureDistance = 0,
            TransitionStarts = 1 - RestStarts,
            RestStarts = RestStarts,
            EpisodeSeconds = Seconds,
            StartNoise = ExpertEvaluation.StartNoise,
        };
        _batch = new WideEngine().CreateBatch(new Scene { Character = clip.Character }, new BatchOptions
        {
            WorldCount = episodes,
            PhysicsRate = card.PhysicsRate,
            ControlRate = tracking.ControlRate,
            SolverIterations = card.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        _task = new TrackingTask(_batch, ReferenceTable.Of([clip, .. others], tracking), tracking, seed: 1, followed: 1);
        _observations = new float[episodes * _task.ObservationCount];
        _actions = new float[episodes * _task.ActionCount];
        using MemoryStream starts = new();
        using (BinaryWriter writer = new(starts))
        {
            _task.Save(writer);
        }

        _starts = starts.ToArray();
    }

    /// <summary>The share of episodes without a fall; a clip that ends sooner counts up to its end. The same expert gives the same figure.</summary>
    /// <param name="expert">Who acts.</param>
    public double Measure(Expert expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        using BinaryReader reader = new(new MemoryStream(_starts));
        _task.Restore(reader);
        bool[] over = new bool[_task.WorldCount];
        int fell = 0;
        for (int step = 0; step < Seconds * _task.Options.ControlRate && over.Contains(false); step++)
        {
            _task.Observe(_observations);
            expert.Act(_observations, _actions);
            _task.Step(_actions);
            for (int world = 0; world < over.Length; world++)
            {
                fell += !over[world] && _task.Failed[world] ? 1 : 0;
                over[world] |= _task.Terminated[world] || _task.Truncated[world];
            }
        }

        return 1 - (fell / (double)over.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        _batch.Dispose();
    }
}
