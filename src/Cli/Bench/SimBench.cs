using Motion.Sim.Physics;

namespace Motion.Cli.Bench;

/// <summary>How long and how much the physics benchmark measures.</summary>
internal sealed record SimBenchSettings
{
    /// <summary>Seconds of each measurement.</summary>
    public double Seconds { get; init; } = 0.4;

    /// <summary>Rounds in which our engine and MuJoCo take turns; the best of each counts, since other programs only ever slow one down.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>Worlds of the comparison.</summary>
    public int Worlds { get; init; } = 1024;

    /// <summary>Most worlds for which scaling is measured.</summary>
    public int MostWorlds { get; init; } = 16384;

    /// <summary>Most threads for which scaling is measured.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Control steps before a measurement: code is compiled and crowds spread over their episodes.</summary>
    public int WarmUpSteps { get; init; } = 60;

    /// <summary>Control steps of the single world.</summary>
    public int LatencySteps { get; init; } = 900;

    /// <summary>Seed of targets and poses.</summary>
    public int Seed { get; init; }
}

/// <summary>One scenario, here and in MuJoCo: physics steps in a second of one core's time, and contacts per step.</summary>
/// <param name="Scenario">What happens.</param>
/// <param name="StepsPerSecond">Ours.</param>
/// <param name="Contacts">Contacts per step of ours.</param>
/// <param name="Failures">Control steps of ours that ended in a reset because a world went wrong.</param>
/// <param name="MuJoCo">MuJoCo's best by integrator; empty where it is not installed.</param>
internal sealed record SimComparison(
    SimScenario Scenario, double StepsPerSecond, double Contacts, long Failures, IReadOnlyDictionary<string, MuJoCoSpeed> MuJoCo)
{
    /// <summary>MuJoCo's best of all integrators.</summary>
    public double? MuJoCoStepsPerSecond => MuJoCo.Count == 0 ? null : MuJoCo.Values.Max(speed => speed.PhysicsStepsPerSecond);

    /// <summary>How many times as many steps ours does.</summary>
    public double? Ratio => StepsPerSecond / MuJoCoStepsPerSecond;
}

/// <summary>Speed of one batch.</summary>
/// <param name="Worlds">Worlds in it.</param>
/// <param name="Threads">Threads that step it.</param>
/// <param name="Lanes">Worlds in a vector.</param>
/// <param name="Rate">Physics steps of one world, all threads together.</param>
internal sealed record SimSpeed(int Worlds, int Threads, int Lanes, SimRate Rate);

/// <summary>What the physics benchmark measured.</summary>
/// <param name="Comparisons">By scenario.</param>
/// <param name="Scaling">Over worlds on one thread, then over threads.</param>
/// <param name="Widths">By width of the vectors, one thread.</param>
/// <param name="BytesPerWorld">Memory of a world.</param>
/// <param name="SingleWorldControlStepMilliseconds">Median time of a control step of a single world.</param>
internal sealed record SimBenchResult(
    IReadOnlyList<SimComparison> Comparisons,
    IReadOnlyList<SimSpeed> Scaling,
    IReadOnlyList<SimSpeed> Widths,
    long BytesPerWorld,
    double SingleWorldControlStepMilliseconds);

/// <summary>Times our physics beside MuJoCo's in the same scenarios, then alone over worlds, threads and vector widths.</summary>
internal sealed class SimBench(IPhysicsEngine engine, SimBenchSettings settings, IProgress<ProgressReport> progress, CancellationToken cancellation)
{
    private static readonly string[] Integrators = ["euler", "implicit"];
    private static readonly int[] Widths = [.. new[] { 16, 8, 4 }.Where(lanes => lanes <= Sim.Physics.Wide.WideEngine.WidestLanes)];

    private int done;

    /// <summary>Figures that a run takes, for showing how far it is.</summary>
    public static int Measurements(SimBenchSettings settings) => (SimScenario.All.Count * settings.Rounds) + ScalingPoints(settings).Distinct().Count() + Widths.Length + 1;

    /// <summary>Runs it.</summary>
    /// <param name="peer">MuJoCo, or null where it is not installed.</param>
    public async Task<SimBenchResult> Run(MuJoCoBench? peer)
    {
        List<SimComparison> comparisons = [];
        foreach (SimScenario scenario in SimScenario.All)
        {
            comparisons.Add(await Compare(scenario, peer));
        }

        SimSpeed[] scaling = [.. ScalingPoints(settings).Distinct().Select(point => Measure(point.Worlds, point.Threads, 0))];
        SimSpeed[] widths = [.. Widths.Select(lanes => Measure(settings.Worlds, 1, lanes))];
        using SimCrowd crowd = Crowd(SimScenario.Standing, new BatchOptions { Threads = 1 });
        return new(comparisons, scaling, widths, crowd.BytesPerWorld, Latency(crowd));
    }

    private async Task<SimComparison> Compare(SimScenario scenario, MuJoCoBench? peer)
    {
        using SimCrowd crowd = Crowd(scenario, new BatchOptions { WorldCount = settings.Worlds, Threads = 1 });
        Dictionary<string, MuJoCoSpeed> theirs = [];
        double ours = 0, contacts = 0;
        for (int round = 0; round < settings.Rounds; round++)
        {
            foreach (string integrator in peer is null ? [] : Integrators)
            {
                MuJoCoSpeed speed = await peer!.Run(scenario, integrator, settings.Seconds, cancellation);
                theirs[integrator] = theirs.TryGetValue(integrator, out MuJoCoSpeed? best) && best.PhysicsStepsPerSecond > speed.PhysicsStepsPerSecond ? best : speed;
            }

            ours = Math.Max(ours, crowd.Measure(settings.Seconds, cancellation).PerProcessorSecond);
            contacts += crowd.ContactsPerWorld / settings.Rounds;
            Done();
        }

        return new(scenario, ours, contacts, crowd.Failures, theirs);
    }

    private SimSpeed Measure(int worlds, int threads, int lanes)
    {
        using SimCrowd crowd = Crowd(SimScenario.Falling, new BatchOptions { WorldCount = worlds, Threads = threads, Lanes = lanes });
        SimRate best = default;
        for (int round = 0; round < settings.Rounds; round++)
        {
            best = best.Best(crowd.Measure(settings.Seconds / settings.Rounds, cancellation));
        }

        Done();
        return new(worlds, threads, crowd.Lanes, best);
    }

    private double Latency(SimCrowd crowd)
    {
        TimeSpan[] times = [.. Enumerable.Range(0, settings.LatencySteps).Select(_ => crowd.Step()).Order()];
        Done();
        return times[times.Length / 2].TotalMilliseconds;
    }

    private SimCrowd Crowd(SimScenario scenario, BatchOptions options)
    {
        SimCrowd crowd = new(engine, scenario, options, settings.Seed);
        crowd.WarmUp(settings.WarmUpSteps);
        return crowd;
    }

    private static IEnumerable<(int Worlds, int Threads)> ScalingPoints(SimBenchSettings settings)
    {
        for (int worlds = 1; worlds <= settings.MostWorlds; worlds *= 4)
        {
            yield return (worlds, 1);
        }

        for (int threads = 2; threads < settings.Threads; threads *= 2)
        {
            yield return (settings.Worlds, threads);
        }

        if (settings.Threads > 1)
        {
            yield return (settings.Worlds, settings.Threads);
            yield return (settings.MostWorlds, settings.Threads);
        }
    }

    private void Done() => progress.Report(new ProgressReport(++done));
}
