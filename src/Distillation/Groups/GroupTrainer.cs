using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Distillation.Skills;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Groups;

/// <summary>
/// Trains one policy for a handful of skills that is told a skill's index and knows no clock (Juravsky et al., "SuperPADL", 2024, section 5): cloned from the
/// skills' experts at first, then improved by an adversary's reward and by cloning together, in its own states. A fall ends an episode. A run that was
/// stopped, or killed at any moment, goes on from its last checkpoint and comes to the same networks as one that was not.
/// </summary>
public sealed class GroupTrainer : IDisposable
{
    private readonly GroupTraining _training;
    private readonly GroupOptions _options;
    private readonly RunFolder _run;
    private readonly TimeProvider _clock;
    private readonly IWorldBatch _batch;
    private readonly SkillTask _task;
    private readonly ExpertsTeacher _teacher;
    private readonly Workers _workers;
    private readonly Perceptron _value;
    private readonly PpoLearner _learner;
    private readonly Collector _collector;
    private readonly Rollout _rollout;
    private readonly Adversary? _adversary;
    private readonly ActorCritic _learning;
    private readonly SkillPolicy _policy;
    private readonly GroupEvaluation _look;
    private GroupProgress _progress = new();
    private PolicyUpdate _update;
    private long _saved;
    private float[]? _restoredDeviations;

    /// <summary>Prepares a training in a run's folder, going on from its last checkpoint if it has one.</summary>
    /// <param name="training">What is trained.</param>
    /// <param name="run">Where it is kept; not disposed here.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="MotionException">A clip cannot be tracked, settings differ from the run's, or its checkpoint is damaged.</exception>
    public GroupTrainer(GroupTraining training, RunFolder run, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(clock);
        (_training, _options, _run, _clock) = (training, training.Options, run, clock);
        GroupCards.Settle(run, training);
        ulong seed = _options.Seed;
        _batch = new WideEngine().CreateBatch(new Scene { Character = training.Character }, new BatchOptions
        {
            WorldCount = _options.Worlds,
            PhysicsRate = _options.PhysicsRate,
            ControlRate = training.Tracking.ControlRate,
            SolverIterations = _options.SolverIterations,
            Threads = training.Threads,
            DumpFolder = run.Failures,
        });
        ReferenceTable table = ReferenceTable.Of(training.Clips, training.Tracking);
        _task = new SkillTask(_batch, table, SkillConditions.Indices(training.Clips.Count), _options.Skills, training.Tracking, seed);
        _teacher = new ExpertsTeacher(training.Experts);
        SkillCard card = GroupCards.Of(training, _task);
        GaussianPolicy policy = new GaussianPolicy(card.Observations, card.Actions, card.Policy, card.Deviation, seed).to(training.Device);
        _policy = new SkillPolicy(card, policy, new ObservationNormaliser(card.Observations, training.Device));
        _look = new GroupEvaluation(training.Clips, card, _options.Look, training.Threads);
        _value = new Perceptron(_task.ObservationCount, 1, _options.Value, seed + 1).to(training.Device);
        _workers = new Workers(training.Threads);
        _learner = new PpoLearner(_policy.Policy, _value, _options.Ppo, _workers, seed);
        bool cloned = _options.Method != GroupMethod.Adversarial;
        _collector = new Collector(_task, _policy.Policy, _policy.Normaliser, CounterRandom.For(seed, 0xAC7), cloned ? Label : null);
        _rollout = new Rollout(_options.Ppo.Horizon, _options.Worlds, _task.ObservationCount, _task.ActionCount, training.Device, labelled: cloned);
        _adversary = _options.Method == GroupMethod.Cloning ? null : new Adversary(_options.Adversary, References(), _task.Tracking.Layout.StateCount, _workers, seed, SkillsOfRows(table));
        _learning = new ActorCritic { Policy = policy, Normaliser = _policy.Normaliser, Value = _value, Worlds = _task, Learner = _learner, Collector = _collector, Adversary = _adversary };
        if (File.Exists(run.LastCheckpoint))
        {
            Restore();
        }
    }

    /// <summary>Where training stands.</summary>
    public GroupProgress Progress => _progress;

    private bool IsOver => _progress.Samples >= _options.Budget.Samples || _progress.Seconds >= 60 * _options.Budget.Minutes;

    private GroupPhase Phase => _options.Method switch
    {
        GroupMethod.Adversarial => GroupPhase.Reinforcement,
        GroupMethod.Cloning => GroupPhase.WarmUp,
        _ => _progress.Samples < _options.WarmUpSamples ? GroupPhase.WarmUp
            : _progress.Samples < _options.WarmUpSamples + _options.SettlingSamples ? GroupPhase.Settling
            : GroupPhase.Reinforcement,
    };

    private PolicyObjective Objective => Phase != GroupPhase.Reinforcement ? new() { Surrogate = 0, Cloning = 1, Rate = _options.CloningRate }
        : new() { Cloning = _options.Method == GroupMethod.Adversarial ? 0 : _options.CloningWeight };

    /// <summary>Trains until the budget is spent.</summary>
    /// <param name="report">Told after every update where training stands.</param>
    /// <param name="cancellation">Stops after the present update; a checkpoint is left.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="MotionException">Numbers diverged (the best checkpoint is kept), or the folder can no longer be written.</exception>
    public GroupResult Train(Action<GroupProgress> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (IsOver && File.Exists(_run.Result) && File.Exists(_run.BestCheckpoint))
        {
            GroupResult before = ConfigurationText.Read<GroupResult>(File.ReadAllText(_run.Result), _run.Result);
            if (before.Progress.Samples == _progress.Samples)
            {
                return before;
            }
        }

        using MetricsLog metrics = new(_run.Path, GroupCards.Metrics, _progress.Iteration, _clock);
        double earlier = _progress.Seconds;
        long began = _clock.GetTimestamp();
        _saved = began;
        while (!IsOver)
        {
            Collect();
            Improve();
            _progress = _progress with
            {
                Iteration = _progress.Iteration + 1,
                Samples = _progress.Samples + _rollout.Samples,
                Seconds = earlier + _clock.GetElapsedTime(began).TotalSeconds,
            };
            bool looked = LookIfDue();
            metrics.Add(_progress.Iteration, GroupCards.Row(_progress, _update, _learner.ValueError, looked));
            report(_progress);
            SaveIfDue(cancellation.IsCancellationRequested);
            cancellation.ThrowIfCancellationRequested();
        }

        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        _learner.Dispose();
        _collector.Dispose();
        _rollout.Dispose();
        _adversary?.Dispose();
        _look.Dispose();
        _task.Dispose();
        _batch.Dispose();
        _value.Dispose();
        _policy.Dispose();
    }

    private void Collect()
    {
        _progress = _progress with { Phase = Phase };
        _collector.TeacherActs = Phase == GroupPhase.WarmUp;
        _learning.Collect(_rollout, _workers);
    }

    // An expert has never been further from its clip than its training let it: what it would do there is no better than anything.
    private void Label(Span<float> actions, Span<float> trust)
    {
        _teacher.Label(_task, actions);
        ReadOnlySpan<float> deviations = _restoredDeviations ?? _task.Tracking.Deviations;
        for (int world = 0; world < trust.Length; world++)
        {
            trust[world] = deviations[world] <= _options.TrustDistance ? 1 : 0;
        }

        _restoredDeviations = null;
    }

    private void Improve()
    {
        _adversary?.Judge(_rollout, _policy.Normaliser);
        _update = _learner.UpdatePolicy(_rollout, _policy.Normaliser, Objective);
        using DisposeScope scope = NewDisposeScope();
        _policy.Normaliser.Learn(_rollout.Observations.narrow(0, 0, _rollout.Steps).view(_rollout.Samples, -1));
        double trusted = _rollout.Trust is null ? 0 : _rollout.Trust.mean().ToSingle();
        _progress = _progress with
        {
            Reward = _adversary?.Reward ?? 0,
            CloningError = _update.CloningError / Math.Max(1e-6, trusted),
            Trusted = trusted,
            Falls = _rollout.Terminated.Count(ended => ended) / (double)_rollout.Samples,
        };
        bool isBound = Phase != GroupPhase.Reinforcement || _update.Divergence < 100 * _options.Ppo.TargetDivergence;
        if (!float.IsFinite(_update.PolicyLoss) || !float.IsFinite(_update.GradientNorm) || !float.IsFinite(_update.CloningError) || !float.IsFinite(_learner.ValueError) || !isBound)
        {
            throw new MotionException(
                ExitCode.NumericFailure,
                $"training diverged in update {_progress.Iteration + 1}: policy loss {_update.PolicyLoss}, KL {_update.Divergence}, cloning error {_update.CloningError}, value error {_learner.ValueError}; the best networks are kept in {_run.BestCheckpoint}; try a lower ppo.policy_rate, ppo.value_rate or cloning_rate");
        }
    }

    private bool LookIfDue()
    {
        if (_progress.Samples < _progress.Looked + _options.LookSamples)
        {
            return false;
        }

        (GroupScore score, _) = _look.Measure(_policy);
        bool best = _progress.Best is null || score.Rank > _progress.Best.Rank;
        _progress = _progress with { Looked = _progress.Samples, Latest = score, Best = best ? score : _progress.Best };
        if (best)
        {
            SavePolicy(_policy, score);
        }

        return true;
    }

    private void SaveIfDue(bool now)
    {
        if (!now && !IsOver && _clock.GetElapsedTime(_saved).TotalSeconds < _options.CheckpointSeconds)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        TrainingState state = new();
        (LearnerProgress learner, ulong steps) = _learning.Save(state);
        state.Tensors.Add("deviations", tensor(_task.Tracking.Deviations.ToArray()));
        _progress = _progress with { Learner = learner, Steps = steps };
        state.Progress = ConfigurationText.Write(_progress);
        state.Write(_run.LastCheckpoint);
        _saved = _clock.GetTimestamp();
    }

    private void Restore() => TrainingState.Resume(_run.LastCheckpoint, state =>
    {
        _progress = ConfigurationText.Read<GroupProgress>(state.Progress, _run.LastCheckpoint);
        _learning.Load(state, _progress.Learner!, _progress.Steps);
        _restoredDeviations = state.Tensors["deviations"].data<float>().ToArray();
    });

    private GroupResult Finish()
    {
        (GroupScore last, _) = _look.Measure(_policy);
        if (_progress.Best is null || last.Rank > _progress.Best.Rank || !File.Exists(_run.BestCheckpoint))
        {
            SavePolicy(_policy, last);
        }

        using SkillPolicy best = SkillPolicy.Load(_run.BestCheckpoint, _training.Character);
        using GroupEvaluation evaluation = new(_training.Clips, best.Card, _options.Final, _training.Threads);
        (GroupScore score, _) = evaluation.Measure(best);
        SavePolicy(best, score);
        foreach (MotionRecording recording in evaluation.Record(best))
        {
            RecordingNpz.Write(_run.Inside("recordings", $"{recording.Name}.npz"), recording);
        }

        GroupResult result = new(_progress, score, _training.Threads);
        AtomicFile.Write(_run.Result, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ConfigurationText.Write(result))));
        return result;
    }

    private void SavePolicy(SkillPolicy policy, GroupScore score) => policy.With(GroupCards.WithCost(policy.Card, _progress, _training, score)).Save(_run.BestCheckpoint);

    /// <summary>The clips' states, as the policy would observe them but for the past and the condition: [row, feature].</summary>
    private Tensor References()
    {
        float[] rows = new float[_task.Tracking.References.RowCount * _task.ObservationCount];
        for (int row = 0; row < _task.Tracking.References.RowCount; row++)
        {
            _task.References.State(row).CopyTo(rows.AsSpan(row * _task.ObservationCount));
        }

        return tensor(rows).view(-1, _task.ObservationCount).to(_training.Device).DetachFromDisposeScope();
    }

    private static int[] SkillsOfRows(ReferenceTable table) => [.. table.Clips.SelectMany((clip, skill) => Enumerable.Repeat(skill, clip.Last + 1))];
}
