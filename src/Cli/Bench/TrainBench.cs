using System.Diagnostics;
using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using TorchSharp;

namespace Motion.Cli.Bench;

/// <summary>What the training benchmark measured.</summary>
/// <param name="SamplesPerSecond">Of a training as it is, its parts beside each other.</param>
/// <param name="Seconds">What each part takes of a round by itself, in seconds, middle of the rounds: physics, the task's own work, observation, inference, update.</param>
/// <param name="Samples">Samples of a round.</param>
/// <param name="ProductSeconds">What the bare matrix products of an update take, in seconds of processor time, middle of the rounds.</param>
/// <param name="UpdateRatio">Processor time of an update over that of its products: the middle of all rounds.</param>
internal sealed record TrainBenchResult(double SamplesPerSecond, IReadOnlyList<(string Part, double Seconds)> Seconds, int Samples, double ProductSeconds, double UpdateRatio);

/// <summary>Times the training of an expert: as a whole, and part by part, the update beside the matrix products that it is made of.</summary>
internal static class TrainBench
{
    /// <summary>Runs it.</summary>
    /// <param name="training">What to train.</param>
    /// <param name="rounds">Rollouts and updates.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    public static TrainBenchResult Run(ExpertTraining training, int rounds, CancellationToken cancellation)
    {
        ExpertOptions options = training.Options;
        using IWorldBatch batch = new WideEngine().CreateBatch(new Scene { Character = training.Character }, new BatchOptions
        {
            WorldCount = options.Worlds,
            PhysicsRate = options.PhysicsRate,
            ControlRate = options.Tracking.ControlRate,
            SolverIterations = options.SolverIterations,
            Threads = training.Threads,
            HistoryLength = 0,
        });
        using TrackingTask task = new(batch, ReferenceTable.Of(training.Clips, options.Tracking), options.Tracking, options.Seed);
        using TimedEnvironment timed = new(task);
        using GaussianPolicy policy = new GaussianPolicy(task.ObservationCount, task.ActionCount, options.Policy, options.Deviation, options.Seed).to(training.Device);
        using Perceptron value = new Perceptron(task.ObservationCount, 1, options.Value, options.Seed + 1).to(training.Device);
        using ObservationNormaliser normaliser = new(task.ObservationCount, training.Device);
        using Workers workers = new(training.Threads);
        using PpoLearner learner = new(policy, value, options.Ppo, workers, options.Seed);
        using Collector collector = new(timed, policy, normaliser, CounterRandom.For(options.Seed, 1));
        using Rollout rollout = new(options.Ppo.Horizon, options.Worlds, task.ObservationCount, task.ActionCount, training.Device);
        using BareProducts policyProducts = new(workers, [task.ObservationCount, .. options.Policy.Layers, task.ActionCount], options.Ppo.MinibatchSize);
        using BareProducts valueProducts = new(workers, [task.ObservationCount, .. options.Value.Layers, 1], options.Ppo.MinibatchSize);
        List<double[]> parts = [];
        List<(double Update, double Products)> updates = [];
        for (int round = 0; round <= rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            (TimeSpan physics, TimeSpan stepping, TimeSpan observing) = (task.PhysicsTime, timed.Stepping, timed.Observing);
            double collecting = Seconds(() => collector.Collect(rollout));
            PolicyUpdate update = default;
            double updateProcessor = 0;
            double updating = Seconds(() => updateProcessor = ProcessorSeconds(() =>
            {
                update = learner.UpdatePolicy(rollout, normaliser);
                learner.UpdateValue();
            }));
            int minibatches = rollout.Samples / Math.Min(options.Ppo.MinibatchSize, rollout.Samples);
            double products = ProcessorSeconds(() =>
            {
                Repeat(minibatches, () => valueProducts.Run(backward: false));
                Repeat(minibatches * update.Epochs, () => policyProducts.Run(backward: true));
                Repeat(minibatches * options.Ppo.ValueEpochs, () => valueProducts.Run(backward: true));
            });

            // The first round compiles.
            if (round > 0)
            {
                double inPhysics = (task.PhysicsTime - physics).TotalSeconds, inSteps = (timed.Stepping - stepping).TotalSeconds, inObserving = (timed.Observing - observing).TotalSeconds;
                parts.Add([inPhysics, inSteps - inPhysics, inObserving, collecting - inSteps - inObserving, updating]);
                updates.Add((updateProcessor, products));
            }
        }

        string[] names = ["physics", "task", "observation", "inference", "update"];
        return new TrainBenchResult(
            Whole(training, rounds),
            [.. names.Select((name, part) => (name, ImportBench.Middle(parts.Select(round => round[part]))))],
            rollout.Samples,
            ImportBench.Middle(updates.Select(update => update.Products)),
            ImportBench.Middle(updates.Select(update => update.Update / update.Products)));
    }

    /// <summary>Samples per second of a training in a folder of its own, which is gone afterwards.</summary>
    private static double Whole(ExpertTraining training, int rounds)
    {
        int samples = training.Options.Worlds * training.Options.Ppo.Horizon;
        string folder = Directory.CreateTempSubdirectory("motion-bench-").FullName;
        try
        {
            ExpertOptions options = training.Options with { Budget = new() { Samples = (long)samples * (rounds + 1) }, Tracked = training.Options.Tracked with { EverySamples = long.MaxValue }, Experience = new() { Samples = 0 } };
            using RunFolder run = RunFolder.Open(folder);
            using ExpertTrainer trainer = new(training with { Options = options }, run, TimeProvider.System);
            double first = 0, last = 0;
            trainer.Train(
                progress =>
                {
                    first = progress.Iteration == 1 ? progress.Seconds : first;
                    last = progress.Seconds;
                },
                CancellationToken.None);
            return samples * rounds / (last - first);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Repeat(int times, Action work)
    {
        for (int time = 0; time < times; time++)
        {
            work();
        }
    }

    private static double Seconds(Action work)
    {
        long began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Processor time of this program: what other programs do meanwhile does not count.</summary>
    private static double ProcessorSeconds(Action work)
    {
        double before = Environment.CpuUsage.TotalTime.TotalSeconds;
        work();
        return Environment.CpuUsage.TotalTime.TotalSeconds - before;
    }
}
