using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>
/// Trains a policy that performs one clip, until the clip is tracked or the budget is spent. A run that was stopped, or killed at any moment, goes on
/// from its last checkpoint and comes to the same networks as one that was not.
/// </summary>
public sealed class ExpertTrainer : IDisposable
{
    private readonly ExpertTraining _training;
    private readonly ExpertOptions _options;
    private readonly RunFolder _run;
    private readonly TimeProvider _clock;
    private readonly IWorldBatch _batch;
    private readonly TrackingTask _task;
    private readonly ExpertEvaluation _evaluation;
    private readonly EntryEvaluation? _entry;
    private readonly Workers _workers;
    private readonly Perceptron _value;
    private readonly PpoLearner _learner;
    private readonly Collector _collector;
    private readonly Rollout _rollout;
    private readonly Adversary? _adversary;
    private readonly ActorCritic _learning;
    private readonly Expert _expert;
    private ExpertProgress _progress = new();
    private PolicyUpdate _update;
    private long _saved;

    /// <summary>Prepares a training in a run's folder, going on from its last checkpoint if it has one.</summary>
    /// <param name="training">What is trained.</param>
    /// <param name="run">Where it is kept; not disposed here.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="MotionException">The clip cannot be tracked, settings are out of range or differ from the run's, or its checkpoint is damaged.</exception>
    public ExpertTrainer(ExpertTraining training, RunFolder run, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(clock);
        (_training, _options, _run, _clock) = (training, training.Options, run, clock);
        _options.Validate();
        // Budgets, and what comes after training, may change while a run goes on.
        RunConfiguration<ExpertOptions>.Settle(run, [.. training.Clips, .. training.Others], _options, options => options with { Budget = new(), CheckpointSeconds = 0, PeriodicSamples = 1, Tracked = new() { EverySamples = options.Tracked.EverySamples }, Experience = new() });
        Scene scene = new() { Character = training.Character };
        ReferenceTable table = ReferenceTable.Of([.. training.Clips, .. training.Others], _options.Tracking);
        // Where a graphics card learns, physics has every core.
        int collectorThreads = training.Device.type == DeviceType.CPU ? Math.Max(1, training.Threads / 2) : training.Threads;
        _batch = new WideEngine().CreateBatch(scene, new BatchOptions
        {
            WorldCount = _options.Worlds,
            PhysicsRate = _options.PhysicsRate,
            ControlRate = _options.Tracking.ControlRate,
            SolverIterations = _options.SolverIterations,
            Threads = collectorThreads,
            DumpFolder = run.Failures,
        });
        _task = new TrackingTask(_batch, table, _options.Tracking, _options.Seed, training.Clips.Count);
        GaussianPolicy policy = new GaussianPolicy(_task.ObservationCount, _task.ActionCount, _options.Policy, _options.Deviation, _options.Seed).to(training.Device);
        ObservationNormaliser normaliser = new(_task.ObservationCount, training.Device);
        _expert = new Expert(ExpertCards.Of(training, _task), policy, normaliser);
        _evaluation = new ExpertEvaluation(training.Clips, _expert.Card, _options.Tracked.Episodes, training.Threads);
        _entry = training.Others.Count == 0 ? null : new EntryEvaluation(training.Clips[0], training.Others, _expert.Card, 4 * _options.Tracked.Episodes, training.Threads);
        _value = new Perceptron(_task.ObservationCount, 1, _options.Value, _options.Seed + 1).to(training.Device);
        _workers = new Workers(training.Threads);
        _learner = new PpoLearner(policy, _value, _options.Ppo, _workers, _options.Seed);
        _collector = new Collector(_task, policy, normaliser, CounterRandom.For(_options.Seed, 0xAC7));
        _rollout = new Rollout(_options.Ppo.Horizon, _options.Worlds, _task.ObservationCount, _task.ActionCount, training.Device);
        _adversary = _options.Adversary.Kind == AdversaryKind.None ? null : new Adversary(_options.Adversary, tensor(ReferenceStates.Of(_task).Observations).view(-1, _task.ObservationCount).to(training.Device).DetachFromDisposeScope(), _task.Layout.StateCount, _workers, _options.Seed);
        _learning = new ActorCritic { Policy = policy, Normaliser = normaliser, Value = _value, Worlds = _task, Learner = _learner, Collector = _collector, Adversary = _adversary };
        if (File.Exists(run.LastCheckpoint))
        {
            Restore();
        }
        else if (training.From is { } other)
        {
            BeginWith(Path.Combine(other, Path.GetFileName(run.LastCheckpoint)));
        }
    }

    /// <summary>Where training stands.</summary>
    public ExpertProgress Progress => _progress;

    /// <summary>Trains.</summary>
    /// <param name="report">Told after every update where training stands.</param>
    /// <param name="cancellation">Stops after the present update; a checkpoint is left.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="MotionException">Numbers diverged (the best checkpoint is kept), or the folder can no longer be written.</exception>
    public TrainingResult Train(Action<ExpertProgress> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (EndReason() is TrainingEnd done && File.Exists(_run.Result) && File.Exists(_run.BestCheckpoint))
        {
            TrainingResult before = ConfigurationText.Read<TrainingResult>(File.ReadAllText(_run.Result), _run.Result);
            if (before.End == done && before.Progress.Samples == _progress.Samples)
            {
                return before;
            }
        }

        using MetricsLog metrics = new(_run.Path, ExpertMetrics.Names, _progress.Iteration, _clock);
        Stopwatch session = new(_clock, _progress);
        _saved = _clock.GetTimestamp();
        while (EndReason() is null)
        {
            _learning.Collect(_rollout, _workers);
            Improve();
            _progress = session.Advance(_progress, _rollout.Samples);
            bool looked = LookIfDue();
            metrics.Add(_progress.Iteration, ExpertMetrics.Row(_progress, _update, _learner.ValueError, _rollout, looked));
            report(_progress);
            SaveIfDue(cancellation.IsCancellationRequested);
            cancellation.ThrowIfCancellationRequested();
        }

        return Finish(EndReason()!.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        _learner.Dispose();
        _collector.Dispose();
        _rollout.Dispose();
        _adversary?.Dispose();
        _evaluation.Dispose();
        _entry?.Dispose();
        _task.Dispose();
        _batch.Dispose();
        _value.Dispose();
        _expert.Dispose();
    }

    private TrainingEnd? EndReason() =>
        _progress.Streak >= _options.Tracked.Times ? TrainingEnd.Tracked
        : _progress.Samples >= _options.Budget.Samples || _progress.Seconds >= 60 * _options.Budget.Minutes ? TrainingEnd.BudgetSpent
        : null;

    private void Improve()
    {
        _adversary?.Judge(_rollout, _expert.Normaliser);
        _update = _learner.UpdatePolicy(_rollout, _expert.Normaliser);
        using DisposeScope scope = NewDisposeScope();
        _expert.Normaliser.Learn(_rollout.Observations.narrow(0, 0, _rollout.Steps).view(_rollout.Samples, -1));
        double reward = _rollout.Rewards.Average(value => (double)value);
        _progress = _progress with { Reward = reward };
        if (!float.IsFinite(_update.PolicyLoss) || !float.IsFinite(_update.GradientNorm) || !float.IsFinite(_learner.ValueError) || !(_update.Divergence < 100 * _options.Ppo.TargetDivergence))
        {
            throw new MotionException(
                ExitCode.NumericFailure,
                $"training diverged in update {_progress.Iteration + 1}: policy loss {_update.PolicyLoss}, KL {_update.Divergence}, value error {_learner.ValueError}; the best networks are kept in {_run.BestCheckpoint}; try a lower ppo.policy_rate or ppo.value_rate");
        }
    }

    private bool LookIfDue()
    {
        if (_progress.Samples < _progress.Measured + _options.Tracked.EverySamples)
        {
            return false;
        }

        long before = _progress.Measured;
        ExpertScore score = Measure(_expert, pushes: false);
        bool tracked = (_entry is null || score.Entered >= _options.Tracked.Entered) && IsHeld(score);
        bool best = _progress.Best is null || score.Rank > _progress.Best.Rank;
        _progress = _progress with
        {
            Measured = _progress.Samples,
            Latest = score,
            Best = best ? score : _progress.Best,
            Streak = tracked ? _progress.Streak + 1 : 0,
        };
        if (best)
        {
            SaveExpert(_run.BestCheckpoint, score);
        }

        if (_progress.Samples / _options.PeriodicSamples > before / _options.PeriodicSamples)
        {
            SaveExpert(_run.Inside("checkpoints", $"{_progress.Samples:D11}.safetensors"), score);
        }

        return true;
    }

    private bool IsHeld(ExpertScore score) =>
        score.Success05 >= _options.Tracked.Success && score.Success05Start >= _options.Tracked.Success && score.MpjpeRootMm <= _options.Tracked.RootRelativeError;

    private ExpertScore Measure(Expert expert, bool pushes) =>
        _evaluation.Measure(expert, pushes) with { Entered = _entry?.Measure(expert) ?? -1 };

    private void SaveIfDue(bool now)
    {
        if (!now && EndReason() is null && _clock.GetElapsedTime(_saved).TotalSeconds < _options.CheckpointSeconds)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        TrainingState state = new();
        (LearnerProgress learner, ulong steps) = _learning.Save(state);
        _progress = _progress with { Learner = learner, Steps = steps };
        state.Progress = ConfigurationText.Write(_progress);
        state.Write(_run.LastCheckpoint);
        _saved = _clock.GetTimestamp();
    }

    private void Restore() => TrainingState.Resume(_run.LastCheckpoint, state =>
    {
        _progress = ConfigurationText.Read<ExpertProgress>(state.Progress, _run.LastCheckpoint);
        _learning.Load(state, _progress.Learner!, _progress.Steps);
    });

    private void BeginWith(string checkpoint)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = TrainingState.Read(checkpoint);
        try
        {
            _learning.LoadNetworks(state);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or KeyNotFoundException or System.Runtime.InteropServices.ExternalException)
        {
            throw new InputException(checkpoint, 0, 0, $"has other networks than this training: {problem.Message}", problem);
        }
    }

    private TrainingResult Finish(TrainingEnd end)
    {
        if (!File.Exists(_run.BestCheckpoint))
        {
            SaveExpert(_run.BestCheckpoint, Measure(_expert, pushes: false));
        }

        using Expert best = Expert.Load(_run.BestCheckpoint, _training.Character, _training.Device);
        ExpertScore score = Measure(best, pushes: true);

        // One that must come into its clip as well may spend its budget on that, long after it holds the clip.
        SaveExpert(_run.BestCheckpoint, score, best, end == TrainingEnd.Tracked || (_entry is not null && IsHeld(score)));
        for (int clip = 0; clip < _training.Clips.Count; clip++)
        {
            RecordingNpz.Write(_run.Inside("recordings", $"{_training.Clips[clip].Name}.npz"), _evaluation.Record(best, clip));
        }

        Experience.Record(best, _training, _run.Inside("experience"));
        TrainingResult result = new(end, _progress, score, _training.Threads);
        AtomicFile.Write(_run.Result, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ConfigurationText.Write(result))));
        return result;
    }

    private void SaveExpert(string path, ExpertScore score, Expert? expert = null, bool isTracked = false)
    {
        expert ??= _expert;
        ExpertCard card = ExpertCards.WithCost(expert.Card, _progress, _training, score) with { IsTracked = isTracked };
        new Expert(card, expert.Policy, expert.Normaliser).Save(path);
    }

    /// <summary>Adds up the time of all sessions.</summary>
    private sealed class Stopwatch(TimeProvider clock, ExpertProgress before)
    {
        private readonly long _began = clock.GetTimestamp();

        public ExpertProgress Advance(ExpertProgress progress, long samples) => progress with
        {
            Iteration = progress.Iteration + 1,
            Samples = progress.Samples + samples,
            Seconds = before.Seconds + clock.GetElapsedTime(_began).TotalSeconds,
        };
    }
}
