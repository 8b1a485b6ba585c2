using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;
using Motion.Torch.Safetensors;

namespace Motion.Distillation.Tests.Experts;

public sealed class ExpertTrainerTests : IDisposable
{
    private static readonly ExpertOptions Tiny = ExpertOptions.Profile("smoke") with
    {
        Worlds = 32,
        Budget = new() { Samples = 8 * 32 * 16 },
        PeriodicSamples = 5 * 32 * 16,
        Tracked = new() { EverySamples = 3 * 32 * 16, Episodes = 4, Success = 2 },
        Experience = new() { Samples = 640, ShardSamples = 320 },
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_all_that_is_promised()
    {
        TrainingResult result = Train("run", Tiny);
        Assert.Equal((TrainingEnd.BudgetSpent, 8 * 32 * 16L), (result.End, result.Progress.Samples));
        Assert.Equal(
            ["best.json", "best.safetensors", "checkpoints", "config.json", "experience", "last.safetensors", "lock", "metrics.csv", "metrics.jsonl", "recordings", "result.json"],
            Directory.EnumerateFileSystemEntries(_folder.PathOf("run")).Select(path => Path.GetFileName(path)!).Where(name => !name.StartsWith("events", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        // Looks after updates 3 and 6, and networks kept every five updates: the second look is past the first five.
        Assert.Equal(["00000003072.json", "00000003072.safetensors"], Directory.EnumerateFiles(_folder.PathOf("run", "checkpoints")).Select(Path.GetFileName).Order());
        Assert.Equal(1 + 8, File.ReadAllLines(_folder.PathOf("run", "metrics.csv")).Length);

        ExpertCard card = Expert.ReadCard(_folder.PathOf("run", "best.safetensors"));
        Assert.Equal(("waving", "./motion train expert waving", false), (card.Clip, card.Training.Command, card.IsTracked));
        Assert.Equal(result.Score.MpjpeRootMm, card.Figures["mpjpe_root_mm"], 1e-4);
    }

    [Fact]
    public void Experience_holds_sequences_of_states_and_of_actions_without_noise()
    {
        Train("run", Tiny);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> shard = SafetensorsFile.Read(_folder.PathOf("run", "experience", "shard-0001.safetensors")).Tensors;
        using Expert expert = Expert.Load(_folder.PathOf("run", "best.safetensors"), TestMotions.Humanoid);
        long samples = shard["frames"].numel();
        Assert.Equal(320, samples);
        Assert.Equal([samples, TestMotions.Humanoid.PositionCount], shard["positions"].shape);

        // The recorded action is what the expert makes of the recorded observation, to the bit of its arithmetic.
        float[] actions = new float[samples * expert.Card.Actions];
        expert.Act(shard["observations"].data<float>().ToArray(), actions);
        Assert.All(actions.Zip(shard["actions"].data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        // Where no sequence begins, the frame is the one after the frame before.
        int[] frames = shard["frames"].data<int>().ToArray();
        byte[] starts = shard["starts"].data<byte>().ToArray();
        Assert.All(Enumerable.Range(1, frames.Length - 1).Where(at => starts[at] == 0), at => Assert.Equal(frames[at - 1] + 1, frames[at]));
        Assert.Contains((byte)0, starts);
    }

    [Theory]
    [InlineData(1, 1, AdversaryKind.None)]
    [InlineData(2, 3, AdversaryKind.None)]
    [InlineData(1, 7, AdversaryKind.None)]
    [InlineData(1, 1, AdversaryKind.Imitation)]
    [InlineData(2, 2, AdversaryKind.Difference)]
    public void A_run_that_was_interrupted_ends_with_the_same_bits(int threads, int updates, AdversaryKind adversary)
    {
        ExpertOptions options = Tiny with { Adversary = new() { Kind = adversary, ReplaySize = 2500, MinibatchSize = 128 } };
        Train("whole", options, threads);
        for (int tries = 0; tries < 100 && !File.Exists(_folder.PathOf("broken", "result.json")); tries++)
        {
            using CancellationTokenSource stop = new();
            int left = updates;
            try
            {
                Train("broken", options, threads, report: _ => CancelAfter(ref left, stop), cancellation: stop.Token);
            }
            catch (OperationCanceledException)
            {
                continue;
            }
        }

        Assert.Equal(Bits("whole", "last.safetensors"), Bits("broken", "last.safetensors"));
        Assert.Equal(Bits("whole", "best.safetensors"), Bits("broken", "best.safetensors"));
        Assert.Equal(Bits("whole", "experience/shard-0000.safetensors"), Bits("broken", "experience/shard-0000.safetensors"));
        Assert.Equal(Rows("whole"), Rows("broken"));
    }

    [RequiresFact("cuda")]
    [Trait("Category", "Gpu")]
    public void A_graphics_card_learns_the_same_but_for_rounding()
    {
        ExpertOptions once = Tiny with { Budget = new() { Samples = 32 * 16 } };
        Train("here", once);
        Train("there", once, device: CUDA);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> here = SafetensorsFile.Read(_folder.PathOf("here", "last.safetensors")).Tensors, there = SafetensorsFile.Read(_folder.PathOf("there", "last.safetensors")).Tensors;
        Assert.All(here.Where(pair => pair.Key.StartsWith("policy.", StringComparison.Ordinal)), pair => Assert.True(there[pair.Key].allclose(pair.Value, rtol: 1e-2, atol: 1e-4), pair.Key));
    }

    [Fact]
    public void A_finished_run_is_not_done_again()
    {
        Train("run", Tiny);
        DateTime written = File.GetLastWriteTimeUtc(_folder.PathOf("run", "best.safetensors"));
        Train("run", Tiny, report: _ => Assert.Fail("it trained"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.PathOf("run", "best.safetensors")));
    }

    [Fact]
    public void A_spent_budget_can_be_raised()
    {
        Train("run", Tiny);
        TrainingResult more = Train("run", Tiny with { Budget = new() { Samples = 10 * 32 * 16 } });
        Assert.Equal(10 * 32 * 16, more.Progress.Samples);
    }

    [Fact]
    public void A_run_that_was_begun_otherwise_is_refused_with_the_difference()
    {
        Train("run", Tiny);
        MotionException problem = Assert.Throws<MotionException>(() => Train("run", Tiny with { Ppo = Tiny.Ppo with { Discount = 0.9f } }));
        Assert.Equal(ExitCode.BadConfiguration, problem.ExitCode);
        Assert.Contains("options.ppo.discount = 0.97, and now 0.9 is asked for", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_that_diverges_stops_and_keeps_the_best()
    {
        ExpertOptions wild = Tiny with
        {
            Tracked = Tiny.Tracked with { EverySamples = 1 },
            Ppo = Tiny.Ppo with { PolicyRate = 0.9f, AdaptiveRate = false, TargetDivergence = 1e-3f, MinibatchSize = 64 },
            Budget = new() { Samples = 1_000_000 },
        };
        MotionException problem = Assert.Throws<MotionException>(() => Train("run", Tiny with { Tracked = wild.Tracked, Ppo = wild.Ppo, Budget = wild.Budget }));
        Assert.Equal(ExitCode.NumericFailure, problem.ExitCode);
        Assert.Contains("training diverged in update 1", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_damaged_checkpoint_is_named(int length)
    {
        Train("run", Tiny);
        string last = _folder.PathOf("run", "last.safetensors");
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..length]);
        InputException problem = Assert.Throws<InputException>(() => Train("run", Tiny));
        Assert.Equal(last, problem.File);
        Assert.Contains("delete it to start anew", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_cannot_train_in_one_folder()
    {
        using RunFolder held = RunFolder.Open(_folder.PathOf("run"));
        MotionException problem = Assert.Throws<MotionException>(() => RunFolder.Open(_folder.PathOf("run")));
        Assert.Contains("another process trains in it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_is_tracked_ends_training_at_once()
    {
        ExpertOptions easy = Tiny with { Tracked = Tiny.Tracked with { Success = 0, RootRelativeError = 1e9, Times = 2 } };
        TrainingResult result = Train("run", easy);
        Assert.Equal(TrainingEnd.Tracked, result.End);

        // Looked at every three updates, twice in a row.
        Assert.Equal(6 * 32 * 16, result.Progress.Samples);
        Assert.True(Expert.ReadCard(_folder.PathOf("run", "best.safetensors")).IsTracked);
    }

    private static void CancelAfter(ref int updates, CancellationTokenSource stop)
    {
        if (--updates == 0)
        {
            stop.Cancel();
        }
    }

    private TrainingResult Train(string name, ExpertOptions options, int threads = 1, Action<ExpertProgress>? report = null, Device? device = null, CancellationToken cancellation = default)
    {
        using RunFolder run = RunFolder.Open(_folder.PathOf(name));
        using ExpertTrainer trainer = new(new ExpertTraining([TestMotions.Waving()], options, threads, "./motion train expert waving") { Device = device ?? CPU }, run, TimeProvider.System);
        return trainer.Train(report ?? (_ => { }), cancellation);
    }

    // All but the card and the times, which differ from run to run.
    private SortedDictionary<string, string> Bits(string run, string file)
    {
        using DisposeScope scope = NewDisposeScope();
        return new(SafetensorsFile.Read(_folder.PathOf(run, file)).Tensors.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pair.Value.contiguous().bytes))));
    }

    private string[] Rows(string run) => [.. File.ReadAllLines(_folder.PathOf(run, "metrics.csv")).Select(line => string.Join(',', line.Split(',').Where((_, column) => column != 2)))];
}
