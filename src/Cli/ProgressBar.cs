using Spectre.Console;
using Spectre.Console.Rendering;

namespace Motion.Cli;

/// <summary>Progress as a bar on a terminal, with rate and time left.</summary>
internal static class ProgressBar
{
    /// <summary>Runs the work beneath a bar.</summary>
    public static Task<T> Run<T>(IAnsiConsole console, string title, double total, string unit, Func<IProgress<ProgressReport>, Task<T>> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(progress => work(new TaskProgress(progress.AddTask(Markup.Escape(title), maxValue: total), title)));

    private sealed class TaskProgress(ProgressTask task, string title) : IProgress<ProgressReport>
    {
        public void Report(ProgressReport value)
        {
            task.Value = value.Done;
            task.Description = Markup.Escape(value.Note.Length > 0 ? $"{title}  {value.Note}" : title);
        }
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? $"{speed:0.#} {unit}/s" : "");
    }
}
