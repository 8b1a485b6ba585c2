using System.Collections.Immutable;
using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Skills;

/// <summary>
/// Distils teachers into one policy that is told what to do by sentences, by supervision alone: first the teachers act and the student clones them, then the
/// student acts and its teachers label the states it comes to (Ross et al., "A reduction of imitation learning to no-regret online learning" (DAgger), 2011;
/// Juravsky et al., "SuperPADL", 2024, section 6). A run that was stopped goes on from its last checkpoint; the labelled states are gathered anew.
/// </summary>
public sealed class GlobalTrainer : IDisposable
{
    private const double LeastRate = 0.05;

    // With a leash this long a student is as good as alone.
    private const float Free = 2;

    private static readonly string[] Columns = ["samples", "seconds", "loss", "falls_per_minute", "own_share", "learning_rate"];

    private readonly GlobalTraining _training;
    private readonly GlobalOptions _options;
    private readonly RunFolder _run;
    private readonly TimeProvider _clock;
    private readonly IWorldBatch _batch;
    private readonly SkillTask _task;
    private readonly Workers _workers;
    private readonly SkillPolicy _student;
    private readonly SharedGradient<GaussianPolicy> _learner;
    private readonly CloneMemory _memory;
    private readonly CounterRandom _random;
    private readonly float[] _noise;
    private readonly float[] _leashes;
    private readonly float[] _noisy;
    private GlobalProgress _progress = new();
    private double _owed;

    /// <summary>Prepares a training in a run's folder, going on from its last checkpoint if it has one.</summary>
    /// <param name="training">What is distilled; its teacher is not disposed here.</param>
    /// <param name="run">Where it is kept; not disposed here.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="MotionException">A clip cannot be tracked, settings are out of range, or the checkpoint is damaged or another training's.</exception>
    public GlobalTrainer(GlobalTraining training, RunFolder run, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(clock);
        (_training, _options, _run, _clock) = (training, training.Options, run, clock);
        _options.Validate();
        RunConfiguration<GlobalOptions>.Settle(run, training.Clips, _options, options => options with { Budget = new(), CheckpointSeconds = 0 });
        TrackingOptions tracking = _options.Tracking with { TargetSteps = training.TargetSteps };
        ReferenceTable table = ReferenceTable.Of(training.Clips, tracking);
        _batch = new WideEngine().CreateBatch(new Scene { Character = training.Clips[0].Character }, new BatchOptions
        {
            WorldCount = _options.Worlds,
            PhysicsRate = _options.PhysicsRate,
            ControlRate = tracking.ControlRate,
            SolverIterations = _options.SolverIterations,
            Threads = training.Threads,
            DumpFolder = run.Failures,
        });
        _task = new SkillTask(_batch, table, training.Conditions, _options.Skills, tracking, _options.Seed) { Routes = training.Routes };
        _student = SkillPolicy.Create(CardOf(tracking), _options.Seed);
        _workers = new Workers(training.Threads);
        _learner = new SharedGradient<GaussianPolicy>(_workers, _student.Policy, own => own.Sharing(), (float)_options.Rate, gradientLimit: 1);
        _random = CounterRandom.For(_options.Seed, 0xDA66);
        _memory = new CloneMemory(_options.MemorySamples / _options.Worlds * _options.Worlds, _task.ObservationCount, _task.ActionCount, CounterRandom.For(_options.Seed, 0x3E3));
        _noise = new float[_options.Worlds * _task.ActionCount];
        _leashes = new float[_options.Worlds];
        _noisy = new float[_options.Worlds];
        for (int world = 0; world < _options.Worlds; world++)
        {
            BeginEpisode(world);
        }

        if (File.Exists(run.LastCheckpoint))
        {
            Restore();
        }
        else if (training.From is { } from)
        {
            BeginWith(from);
        }
    }

    /// <summary>Where training stands.</summary>
    public GlobalProgress Progress => _progress;

    private double Rate => _options.Rate * Math.Max(LeastRate, 1 - ((1 - LeastRate) * _progress.Samples / _options.Budget.Samples));

    private bool IsOver => _progress.Samples >= _options.Budget.Samples || _progress.Seconds >= 60 * _options.Budget.Minutes;

    /// <summary>Trains to the end of the budget.</summary>
    /// <param name="report">Told after every round where training stands.</param>
    /// <param name="cancellation">Stops after the present round; a checkpoint is left.</param>
    /// <returns>The file of the policy.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="MotionException">Numbers diverged (the last checkpoint is kept), or the folder can no longer be written.</exception>
    public string Train(Action<GlobalProgress> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        using MetricsLog metrics = new(_run.Path, Columns, _progress.Iteration, _clock);
        long began = _clock.GetTimestamp(), saved = began;
        double before = _progress.Seconds;
        while (!IsOver)
        {
            Act();
            double loss = Learn();
            _progress = _progress with { Iteration = _progress.Iteration + 1, Loss = loss, Seconds = before + _clock.GetElapsedTime(began).TotalSeconds };
            metrics.Add(_progress.Iteration, Row());
            report(_progress);
            if (!double.IsFinite(loss))
            {
                throw new MotionException(ExitCode.NumericFailure, $"training diverged after {_progress.Samples:N0} samples: the error is {loss}; what was saved last is kept in {_run.BestCheckpoint}; try a lower rate");
            }

            if (cancellation.IsCancellationRequested || IsOver || _clock.GetElapsedTime(saved).TotalSeconds >= _options.CheckpointSeconds)
            {
                Save();
                saved = _clock.GetTimestamp();
            }

            cancellation.ThrowIfCancellationRequested();
        }

        if (!File.Exists(_run.BestCheckpoint))
        {
            Save();
        }

        return _run.BestCheckpoint;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        _learner.Dispose();
        _memory.Dispose();
        _student.Dispose();
        _task.Dispose();
        _batch.Dispose();
    }

    /// <summary>Some steps of every world: each is labelled by the teacher, and acted in by the student, or by the teacher in some episodes.</summary>
    private void Act()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int worlds = _options.Worlds, falls = 0, own = 0;
        for (int step = 0; step < _options.Horizon; step++)
        {
            int at = _memory.Reserve(worlds);
            Tensor seen = _memory.Observations.narrow(0, at, worlds), labels = _memory.Labels.narrow(0, at, worlds); // [world, …]
            _task.Observe(CloneMemory.Numbers(seen));
            _training.Teacher.Label(_task, CloneMemory.Numbers(labels));
            labels.clamp_(-Leash.LargestLabel, Leash.LargestLabel);
            if (_student.Normaliser.Seen < _options.NormaliserSamples)
            {
                _student.Normaliser.Learn(seen);
            }

            float[] executed = Choose(seen, labels);
            _task.Step(executed);
            for (int world = 0; world < worlds; world++)
            {
                bool ended = _task.Terminated[world] || _task.Truncated[world];
                own += _leashes[world] >= Free ? 1 : 0;
                falls += _leashes[world] >= Free && _task.Terminated[world] ? 1 : 0;
                if (ended)
                {
                    BeginEpisode(world);
                }
            }
        }

        double minutes = own / (60.0 * _task.Tracking.Options.ControlRate);
        double share = Math.Min(1, 0.2 * minutes);
        _progress = _progress with
        {
            Samples = _progress.Samples + ((long)worlds * _options.Horizon),
            FallsPerMinute = own == 0 ? _progress.FallsPerMinute : ((1 - share) * _progress.FallsPerMinute) + (share * falls / minutes),
        };
    }

    /// <summary>What is executed, by <see cref="Leash"/>: [world × action].</summary>
    private float[] Choose(Tensor seen, Tensor labels)
    {
        int worlds = _options.Worlds, actions = _task.ActionCount;
        Tensor chosen = empty([worlds, actions]);
        _workers.Run(_workers.Count, slice =>
        {
            using DisposeScope own = NewDisposeScope();
            using IDisposable unrecorded = no_grad();
            int first = slice * worlds / _workers.Count, next = (slice + 1) * worlds / _workers.Count;
            chosen.narrow(0, first, next - first).copy_(_student.Policy.call(_student.Normaliser.Normalise(seen.narrow(0, first, next - first))));
        });
        float[] executed = chosen.data<float>().ToArray();
        Span<float> taught = CloneMemory.Numbers(labels);
        _random.Normal(1_000_000_007 + (_progress.Place * (ulong)_noise.Length), _noise);
        _progress = _progress with { Place = _progress.Place + 1 };
        int own = 0;
        for (int world = 0; world < worlds; world++)
        {
            int first = world * actions;
            own += Leash.Hold(executed.AsSpan(first, actions), taught.Slice(first, actions), _leashes[world], _noise.AsSpan(first, actions), _noisy[world]) ? 1 : 0;
        }

        _progress = _progress with { OwnShare = _progress.OwnShare + (0.01 * (((double)own / worlds) - _progress.OwnShare)) };
        return executed;
    }

    private void BeginEpisode(int world)
    {
        ulong place = (_progress.Place * (ulong)_options.Worlds) + (ulong)world;
        float choice = _random.Uniform(2 * place);
        _leashes[world] = _progress.Samples < _options.WarmUpSamples || choice < _options.TeacherShare ? 0 : _options.Leash / choice;
        _noisy[world] = _options.Noise * _random.Uniform((2 * place) + 1);
    }

    /// <summary>Steps along the gradient of the squared distance from the labels, flattened where it is large (Huber, 1964).</summary>
    private double Learn()
    {
        _learner.LearningRate = Rate;
        _owed += _options.Reuse * _options.Worlds * _options.Horizon / _options.MinibatchSize;
        double loss = 0;
        int steps = 0;
        for (; _owed >= 1; _owed--, steps++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor seen, labels;
            using (no_grad())
            {
                (Tensor raw, labels) = _memory.Draw(_options.MinibatchSize);
                seen = _student.Normaliser.Normalise(raw);
            }

            double numbers = labels.numel();
            (float[] sums, _) = _learner.Step(0, _options.MinibatchSize, (module, first, count) =>
            {
                Tensor predicted = module.call(seen.narrow(0, first, count));
                using IDisposable unrecorded = no_grad();
                Tensor away = predicted - labels.narrow(0, first, count);
                return (predicted, away.clamp(-_options.LargestError, _options.LargestError).mul_(2 / numbers), away.square().sum().unsqueeze(0).div_(numbers));
            });
            loss += sums[0];
        }

        return steps == 0 ? _progress.Loss : loss / steps;
    }

    private Dictionary<string, double> Row()
    {
        double[] values = [_progress.Samples, _progress.Seconds, _progress.Loss, _progress.FallsPerMinute, _progress.OwnShare, Rate];
        return Columns.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private SkillCard CardOf(TrackingOptions tracking) => new()
    {
        Condition = _training.Kind,
        ConditionSize = _training.Conditions.Size,
        Embedding = _training.Embedding,
        Skills = _training.Skills,
        ClipLicence = string.Join(", ", _training.Clips.Select(clip => clip.Licence).Distinct()),
        Character = _batch.Scene.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(_batch.Scene.Character),
        Observations = _task.ObservationCount,
        Actions = _task.ActionCount,
        Seen = _options.Skills,
        Tracking = tracking,
        PhysicsRate = _options.PhysicsRate,
        SolverIterations = _options.SolverIterations,
        Policy = _options.Policy,
        Method = _training.Teacher.Name,
    };

    private void Save()
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = new();
        state.Add("policy", _student.Policy.state_dict());
        state.Add("optimiser", _learner.Save());
        state.Tensors.Add("normaliser", _student.Normaliser.Save());
        state.Progress = ConfigurationText.Write(_progress);
        state.Write(_run.LastCheckpoint);
        TrainingCost cost = new()
        {
            Samples = _progress.Samples,
            Seconds = Math.Round(_progress.Seconds, 1),
            Cores = _training.Threads,
            Seed = _options.Seed,
            Command = _training.Command,
        };
        _student.With(_student.Card with { Training = cost, Figures = ImmutableSortedDictionary<string, double>.Empty.Add("loss", Math.Round(_progress.Loss, 5)) }).Save(_run.BestCheckpoint);
    }

    private void BeginWith(string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using SkillPolicy from = SkillPolicy.Load(path, _batch.Scene.Character);
        try
        {
            _student.Policy.load_state_dict(from.Policy.state_dict());
            _student.Normaliser.Load(from.Normaliser.Save());
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or KeyNotFoundException or System.Runtime.InteropServices.ExternalException)
        {
            throw new InputException(path, 0, 0, $"cannot be begun with: its networks are not shaped as these ({problem.Message})", problem);
        }
    }

    private void Restore() => TrainingState.Resume(_run.LastCheckpoint, state =>
    {
        _progress = ConfigurationText.Read<GlobalProgress>(state.Progress, _run.LastCheckpoint);
        _student.Policy.load_state_dict(state.Under("policy"));
        _student.Normaliser.Load(state.Tensors["normaliser"]);
        _learner.Load(state.Under("optimiser"));
    });
}
