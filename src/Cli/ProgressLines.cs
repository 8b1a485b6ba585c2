namespace Motion.Cli;

/// <summary>Progress as plain lines, at most one every five seconds besides the last: for logs.</summary>
internal sealed class ProgressLines(TextWriter writer, ProgressOf work, string unit, TimeProvider clock) : IProgress<ProgressReport>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _next;

    /// <inheritdoc/>
    public void Report(ProgressReport value)
    {
        lock (_lock)
        {
            TimeSpan elapsed = clock.GetElapsedTime(_started);
            if (elapsed < _next && value.Done < work.Total)
            {
                return;
            }

            _next = elapsed + Pause;
            writer.WriteLine(Describe(value, elapsed));
        }
    }

    private string Describe(ProgressReport value, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? (value.Done - work.Before) / elapsed.TotalSeconds : 0;
        string left = rate > 0 ? $", {Duration(TimeSpan.FromSeconds((work.Total - value.Done) / rate))} left" : "";
        string note = value.Note.Length > 0 ? $"  {value.Note}" : "";
        return $"{work.Title}: {value.Done:0} of {work.Total:0} {unit}, {rate:0.#} {unit}/s{left}{note}";
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{time:h\\:mm\\:ss}" : $"{time:m\\:ss}";
}
