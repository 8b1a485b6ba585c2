using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>
/// What a trained expert leaves for later stages: sequences of what it observed and of the action it chose, while a noisy one was carried out (Truong et
/// al., "PDP: Physics-Based Character Animation via Diffusion Policy", 2024), so that the sequences hold ways back onto the motion.
/// </summary>
/// <remarks>
/// Files <c>shard-0000.safetensors</c>, … hold, sample by sample, world after world: <c>observations</c>, <c>actions</c> (clean), <c>positions</c> and
/// <c>velocities</c> (the state before the action), <c>frames</c> (of the clip), <c>starts</c> (1 where a sequence begins).
/// </remarks>
public static class Experience
{
    /// <summary>Version of the files.</summary>
    public const int Version = 1;

    private const int Worlds = 64;

    /// <summary>Records an expert. Files that are there already are written anew.</summary>
    /// <param name="expert">Who acts.</param>
    /// <param name="training">What it was trained for, and how much to record.</param>
    /// <param name="folder">Where the files go.</param>
    /// <exception cref="MotionException">The folder cannot be written.</exception>
    public static void Record(Expert expert, ExpertTraining training, string folder)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(training);
        ExpertOptions options = training.Options;
        int samples = options.Experience.Samples;
        if (samples == 0)
        {
            return;
        }

        TrackingOptions tracking = options.Tracking with { Repeats = false, FailureDistance = 0.5f, FailOnContact = true };
        BatchOptions batchOptions = new()
        {
            WorldCount = Worlds,
            PhysicsRate = options.PhysicsRate,
            ControlRate = tracking.ControlRate,
            SolverIterations = options.SolverIterations,
            Threads = training.Threads,
            HistoryLength = 0,
        };
        using IWorldBatch batch = new WideEngine().CreateBatch(new Scene { Character = training.Character }, batchOptions);
        using TrackingTask task = new(batch, ReferenceTable.Of(training.Clips, tracking), tracking, options.Seed + 17);
        int steps = Math.Max(1, samples / Worlds), shardSteps = Math.Max(1, options.Experience.ShardSamples / Worlds);
        CounterRandom noise = CounterRandom.For(options.Seed, 0xE4);
        for (int first = 0, shard = 0; first < steps; first += shardSteps, shard++)
        {
            int count = Math.Min(shardSteps, steps - first);
            ExperienceShard recorded = new(task, count);
            for (int step = 0; step < count; step++)
            {
                recorded.Act(expert, step, (noise, options.Experience.Noise * expert.Card.Deviation, (ulong)(first + step)));
            }

            recorded.Write(Path.Combine(folder, $"shard-{shard:D4}.safetensors"), expert.Card);
        }
    }

    /// <summary>One file in the making: tables [world, step, …], since later stages read sequences.</summary>
    private sealed class ExperienceShard(TrackingTask task, int steps)
    {
        private readonly float[] _observations = new float[Worlds * steps * task.ObservationCount];
        private readonly float[] _actions = new float[Worlds * steps * task.ActionCount];
        private readonly float[] _positions = new float[Worlds * steps * task.Batch.PositionCount];
        private readonly float[] _velocities = new float[Worlds * steps * task.Batch.VelocityCount];
        private readonly int[] _frames = new int[Worlds * steps];
        private readonly byte[] _starts = new byte[Worlds * steps];
        private readonly float[] _seen = new float[Worlds * task.ObservationCount];
        private readonly float[] _chosen = new float[Worlds * task.ActionCount];
        private readonly float[] _noise = new float[Worlds * task.ActionCount];

        public void Act(Expert expert, int step, (CounterRandom Random, float Deviation, ulong Place) noise)
        {
            task.Observe(_seen);
            expert.Act(_seen, _chosen);
            for (int world = 0; world < Worlds; world++)
            {
                int sample = (world * steps) + step;
                Row(_seen, world, task.ObservationCount).CopyTo(Row(_observations, sample, task.ObservationCount));
                Row(_chosen, world, task.ActionCount).CopyTo(Row(_actions, sample, task.ActionCount));
                Column(task.Batch.Positions, world, Row(_positions, sample, task.Batch.PositionCount));
                Column(task.Batch.Velocities, world, Row(_velocities, sample, task.Batch.VelocityCount));
                _frames[sample] = task.FrameOf(world);
                _starts[sample] = (byte)(step == 0 || task.Terminated[world] || task.Truncated[world] ? 1 : 0);
            }

            noise.Random.Normal(noise.Place * (ulong)_noise.Length, _noise);
            for (int index = 0; index < _chosen.Length; index++)
            {
                _chosen[index] += noise.Deviation * _noise[index];
            }

            task.Step(_chosen);
        }

        public void Write(string path, ExpertCard card)
        {
            using DisposeScope scope = NewDisposeScope();
            Dictionary<string, Tensor> tensors = new()
            {
                ["observations"] = tensor(_observations).view(_frames.Length, -1),
                ["actions"] = tensor(_actions).view(_frames.Length, -1),
                ["positions"] = tensor(_positions).view(_frames.Length, -1),
                ["velocities"] = tensor(_velocities).view(_frames.Length, -1),
                ["frames"] = tensor(_frames),
                ["starts"] = tensor(_starts),
            };
            try
            {
                SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { ["experience_version"] = $"{Version}", ["card"] = ConfigurationText.Write(card) });
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}", problem);
            }
        }

        private static Span<float> Row(float[] table, int row, int count) => table.AsSpan(row * count, count);

        private static void Column(ReadOnlySpan<float> table, int world, Span<float> to)
        {
            for (int row = 0; row < to.Length; row++)
            {
                to[row] = table[(row * Worlds) + world];
            }
        }
    }
}
