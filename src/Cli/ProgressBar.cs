using Spectre.Console;
using Spectre.Console.Rendering;

namespace Motion.Cli;

/// <summary>Progress as bars on a terminal, with rate and time left.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work beneath as many bars as it begins.</summary>
    public static Task<T> Run<T>(IAnsiConsole console, string unit, Func<Func<ProgressOf, IProgress<ProgressReport>>, Task<T>> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 10 }, new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(progress => work(begun =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(begun.Title), maxValue: begun.Total);
                task.Value = begun.Before;
                return new TaskProgress(task, begun.Title);
            }));

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
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed switch
            {
                null => "",
                >= 100 and { } fast => $"{fast:N0} {unit}/s",
                { } slow => $"{slow:0.#} {unit}/s",
            });
    }
}
