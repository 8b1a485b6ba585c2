using System.Diagnostics;
using Motion.Sim.Tracking;

namespace Motion.Cli.Bench;

/// <summary>Takes the time of what an environment does.</summary>
/// <param name="inner">The environment, which is not disposed here.</param>
internal sealed class TimedEnvironment(IEnvironment inner) : IEnvironment
{
    /// <summary>Time of observing.</summary>
    public TimeSpan Observing { get; private set; }

    /// <summary>Time of stepping.</summary>
    public TimeSpan Stepping { get; private set; }

    public int WorldCount => inner.WorldCount;

    public int ObservationCount => inner.ObservationCount;

    public int ActionCount => inner.ActionCount;

    public ReadOnlySpan<float> Rewards => inner.Rewards;

    public ReadOnlySpan<bool> Terminated => inner.Terminated;

    public ReadOnlySpan<bool> Truncated => inner.Truncated;

    public int RowOf(int world) => inner.RowOf(world);

    public void Restart() => inner.Restart();

    public void Observe(Span<float> observations)
    {
        long began = Stopwatch.GetTimestamp();
        inner.Observe(observations);
        Observing += Stopwatch.GetElapsedTime(began);
    }

    public ReadOnlySpan<float> FinalObservation(int world) => inner.FinalObservation(world);

    public void Step(ReadOnlySpan<float> actions)
    {
        long began = Stopwatch.GetTimestamp();
        inner.Step(actions);
        Stepping += Stopwatch.GetElapsedTime(began);
    }

    public void Save(BinaryWriter writer) => inner.Save(writer);

    public void Restore(BinaryReader reader) => inner.Restore(reader);

    public void Dispose()
    {
    }
}
