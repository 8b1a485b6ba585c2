using System.Diagnostics;
using Motion.Viewer.Live;

namespace Motion.Cli.Bench;

/// <summary>What the viewer's benchmark measured.</summary>
/// <param name="FirstFrame">Seconds from the start of the program to its first picture.</param>
/// <param name="FrameSeconds">Seconds from each picture to the next, after the first second.</param>
/// <param name="RealTimeFactor">Simulated seconds in a second of the clock, mean.</param>
/// <param name="Memory">Memory of the process now and then: seconds since the start, bytes resident.</param>
internal sealed record ViewerBenchResult(double FirstFrame, IReadOnlyList<double> FrameSeconds, double RealTimeFactor, IReadOnlyList<(double Seconds, double Bytes)> Memory)
{
    // Until then code is compiled and buffers grow, s; or until a tenth of the time has passed.
    private const double WarmUp = 60;

    /// <summary>Pictures a second, middle.</summary>
    public double FramesPerSecond => 1 / FrameSeconds.Order().ElementAt(FrameSeconds.Count / 2);

    /// <summary>How much more memory the process takes each hour, bytes: the line of least squares through what was measured after warming up.</summary>
    public double BytesPerHour
    {
        get
        {
            double start = Math.Min(WarmUp, Memory[^1].Seconds / 10);
            (double Seconds, double Bytes)[] used = [.. Memory.Where(sample => sample.Seconds >= start)];
            double time = used.Average(sample => sample.Seconds), bytes = used.Average(sample => sample.Bytes);
            double spread = used.Sum(sample => (sample.Seconds - time) * (sample.Seconds - time));
            return spread > 0 ? 3600 * used.Sum(sample => (sample.Seconds - time) * (sample.Bytes - bytes)) / spread : 0;
        }
    }
}

/// <summary>Times a play as its window shows it: physics and policy on their thread, pictures on this one.</summary>
internal static class ViewerBench
{
    // As the window does it.
    private const double LeastFrame = 1 / 60.0;
    private const double WarmUp = 1;
    private const double MemoryEvery = 2;

    /// <summary>Runs it.</summary>
    /// <param name="window">The play's window, just opened.</param>
    /// <param name="started">When the program was started.</param>
    /// <param name="seconds">How long to measure.</param>
    /// <param name="progress">Told the seconds that have passed.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ViewerBenchResult Run(PlayWindow window, DateTime started, double seconds, Action<double> progress, CancellationToken cancellation)
    {
        window.DrawOnce(LeastFrame);
        double first = (DateTime.UtcNow - started).TotalSeconds;
        List<double> frames = [], factors = [];
        List<(double, double)> memory = [];
        long began = Stopwatch.GetTimestamp(), last = began;
        double passed = LeastFrame;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds + WarmUp && !cancellation.IsCancellationRequested)
        {
            window.DrawOnce(passed);
            double left = LeastFrame - Stopwatch.GetElapsedTime(last).TotalSeconds;
            if (left > 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(left));
            }

            passed = Stopwatch.GetElapsedTime(last).TotalSeconds;
            last = Stopwatch.GetTimestamp();
            double now = Stopwatch.GetElapsedTime(began, last).TotalSeconds;
            if (now >= WarmUp)
            {
                frames.Add(passed);
                factors.Add(window.RealTimeFactor);
            }

            if (memory.Count == 0 || now - memory[^1].Item1 >= MemoryEvery)
            {
                memory.Add((now, Resident()));
                progress(now);
            }
        }

        return new ViewerBenchResult(first, frames, factors.Average(), memory);
    }

    private static double Resident()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
