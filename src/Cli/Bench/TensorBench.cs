using System.Diagnostics;
using static TorchSharp.torch;

namespace Motion.Cli.Bench;

/// <summary>How long and how often the tensor benchmark measures.</summary>
internal sealed record TensorBenchSettings
{
    /// <summary>Rounds in which this program and the C++ one take turns.</summary>
    public int Rounds { get; init; } = 40;

    /// <summary>Samples of a training step that is timed.</summary>
    public int Batch { get; init; } = 4096;

    /// <summary>Additions of a round.</summary>
    public int Additions { get; init; } = 20_000;

    /// <summary>Training steps over which memory is watched.</summary>
    public int MemorySteps { get; init; } = 10_000;

    /// <summary>Samples of a training step while memory is watched.</summary>
    public int MemoryBatch { get; init; } = 16;

    /// <summary>Threads that an operator may use, here and in C++.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>What the tensor benchmark measured.</summary>
/// <param name="TrainStepRatioToCpp">Time of a training step here over the same in C++: the middle one of all rounds.</param>
/// <param name="TrainStepSeconds">Time of a training step here, in seconds: the middle one.</param>
/// <param name="TrainStepSecondsCpp">Time of a training step in C++, in seconds: the middle one.</param>
/// <param name="AddMicroseconds">Time of adding two 1×1 tensors and letting the sum go, in microseconds: the middle one.</param>
/// <param name="AddMicrosecondsCpp">The same in C++.</param>
/// <param name="AddAllocatedBytes">Managed bytes that one addition allocates: the tensor object.</param>
/// <param name="ResidentBytesPerStep">Slope of resident memory over the training steps.</param>
/// <param name="ManagedBytesPerStep">Slope of live managed memory over the training steps.</param>
internal sealed record TensorBenchResult(
    double TrainStepRatioToCpp,
    double TrainStepSeconds,
    double TrainStepSecondsCpp,
    double AddMicroseconds,
    double AddMicrosecondsCpp,
    double AddAllocatedBytes,
    double ResidentBytesPerStep,
    double ManagedBytesPerStep);

/// <summary>
/// Times a training step of the network 320 → 512 → 512 → 36 (forward, backward, AdamW) and the addition of two 1×1 tensors against a C++
/// program that does the same work, in turns so that what else the machine does falls on both; then watches memory.
/// </summary>
internal static class TensorBench
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">How long and how often.</param>
    /// <param name="peerPath">The C++ program.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    public static TensorBenchResult Run(TensorBenchSettings settings, string peerPath, CancellationToken cancellation)
    {
        set_num_threads(settings.Threads);
        using TorchPeer peer = new(peerPath, settings.Threads);
        var steps = TrainInTurns(settings, peer, cancellation);
        var (additions, allocated) = AddInTurns(settings, peer, cancellation);
        var (resident, managed) = MemorySlopes(settings, cancellation);
        return new(
            Median(steps.Select(pair => pair.Here / pair.There)),
            Median(steps.Select(pair => pair.Here)),
            Median(steps.Select(pair => pair.There)),
            Median(additions.Select(pair => pair.Here)) * 1e6,
            Median(additions.Select(pair => pair.There)) * 1e6,
            allocated,
            resident,
            managed);
    }

    private static List<(double Here, double There)> TrainInTurns(
        TensorBenchSettings settings, TorchPeer peer, CancellationToken cancellation)
    {
        using TensorTraining training = new(settings.Batch);
        return InTurns(settings.Rounds, () => SecondsEach(1, training.Step), () => peer.SecondsPerStep(1, settings.Batch), cancellation);
    }

    private static (List<(double Here, double There)> Times, double AllocatedBytes) AddInTurns(
        TensorBenchSettings settings, TorchPeer peer, CancellationToken cancellation)
    {
        using TensorAddition addition = new();
        var times = InTurns(
            settings.Rounds, () => SecondsEach(settings.Additions, addition.Add), () => peer.SecondsPerAddition(settings.Additions), cancellation);
        return (times, addition.AllocatedBytes());
    }

    private static List<(double Here, double There)> InTurns(
        int rounds, Func<double> here, Func<double> there, CancellationToken cancellation)
    {
        // The first calls compile, find operators and fill caches.
        for (var warmUp = 0; warmUp < 3; warmUp++)
        {
            here();
            there();
        }

        List<(double Here, double There)> times = [];
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (round % 2 == 0)
            {
                var first = here();
                times.Add((first, there()));
            }
            else
            {
                var first = there();
                times.Add((here(), first));
            }
        }

        return times;
    }

    private static double SecondsEach(int count, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }

    private static (double Resident, double Managed) MemorySlopes(TensorBenchSettings settings, CancellationToken cancellation)
    {
        const int SampleEvery = 100;
        using TensorTraining training = new(settings.MemoryBatch);
        List<(double Step, double Resident, double Managed)> samples = [];
        // Pools and caches fill during the first tenth.
        for (var step = -settings.MemorySteps / 10; step <= settings.MemorySteps; step++)
        {
            training.Step();
            if (step >= 0 && step % SampleEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var managed = GC.GetTotalMemory(forceFullCollection: true);
                samples.Add((step, Environment.WorkingSet, managed));
            }
        }

        return (Slope(samples.Select(sample => (sample.Step, sample.Resident))), Slope(samples.Select(sample => (sample.Step, sample.Managed))));
    }

    /// <summary>Least squares.</summary>
    private static double Slope(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] all = [.. points];
        var (meanX, meanY) = (all.Average(point => point.X), all.Average(point => point.Y));
        return all.Sum(point => (point.X - meanX) * (point.Y - meanY)) / all.Sum(point => (point.X - meanX) * (point.X - meanX));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
