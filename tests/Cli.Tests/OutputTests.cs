using System.CommandLine;
using System.Text.Json.Nodes;

namespace Motion.Cli.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly StringWriter _standard = new();
    private readonly StringWriter _error = new();

    [Fact]
    public void Results_go_to_standard_output_and_notes_to_standard_error()
    {
        Output output = new(_standard, _error, json: false, quiet: false);
        output.Line("result");
        output.Note("note");
        output.Result(new JsonObject { ["unused"] = 1 });
        Assert.Equal(("result\n", "note\n"), (_standard.ToString(), _error.ToString()));
    }

    [Fact]
    public void Under_json_standard_output_is_one_object_on_one_line()
    {
        Output output = new(_standard, _error, json: true, quiet: false);
        output.Line("result");
        output.Result(new JsonObject { ["steps_per_second"] = 1.5, ["name"] = "naïve" });
        Assert.Equal("{\"steps_per_second\":1.5,\"name\":\"naïve\"}\n", _standard.ToString());
        Assert.Equal("result\n", _error.ToString());
    }

    [Fact]
    public async Task Quiet_leaves_out_notes_and_progress_but_not_results()
    {
        Output output = new(_standard, _error, json: false, quiet: true);
        output.Note("note");
        int result = await output.Progress("working", 2, "steps", progress =>
        {
            progress.Report(new(2));
            return Task.FromResult(7);
        });
        output.Line("result");
        Assert.Equal((7, "result\n", ""), (result, _standard.ToString(), _error.ToString()));
    }

    [Fact]
    public void A_table_away_from_a_terminal_is_aligned_columns()
    {
        new Output(_standard, _error, json: false, quiet: false).Table(new TextTable("name", "value").Add("a", "1").Add("longer", "2"));
        Assert.Equal("name    value\na       1\nlonger  2\n", _standard.ToString());
    }

    [Fact]
    public void A_row_with_the_wrong_number_of_cells_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TextTable("name", "value").Add("a"));

    [Fact]
    public void Progress_away_from_a_terminal_is_a_line_every_five_seconds_and_a_last_one()
    {
        SetClock clock = new();
        ProgressLines progress = new(_error, new ProgressOf("stepping", 100), "steps", clock);
        clock.Seconds = 1;
        progress.Report(new(10));
        clock.Seconds = 3;
        progress.Report(new(30)); // within five seconds of the first: left out
        clock.Seconds = 8;
        progress.Report(new(40, "loss 0.5"));
        clock.Seconds = 10;
        progress.Report(new(100));

        // 10 steps in 1 s leave 90 at 10/s: 9 s. 40 in 8 s leave 60 at 5/s: 12 s.
        Assert.Equal(
            """
            stepping: 10 of 100 steps, 10 steps/s, 0:09 left
            stepping: 40 of 100 steps, 5 steps/s, 0:12 left  loss 0.5
            stepping: 100 of 100 steps, 10 steps/s, 0:00 left

            """,
            _error.ToString());
    }

    [Fact]
    public async Task A_command_is_given_its_options_and_its_result_becomes_json()
    {
        CommandContext? seen = null;
        Command command = new Command("probe", "for this test").Runs(context =>
        {
            seen = context;
            return new Outcome(new JsonObject { ["done"] = true }, ExitCode.NumericFailure);
        });
        foreach (Option option in CommonOptions.All)
        {
            command.Add(option);
        }

        int code = await command.Parse(["--json", "--seed", "7", "--threads", "3", "--device", "cuda"])
            .InvokeAsync(new InvocationConfiguration { Output = _standard, Error = _error });
        Assert.Equal((4, "{\"done\":true}\n"), (code, _standard.ToString()));
        Assert.Equal((7, 3, "cuda"), (seen!.Seed, seen.Threads, seen.Device));
    }

    [Fact]
    public async Task A_stopped_command_still_tells_what_it_has_and_ends_with_130()
    {
        using CancellationTokenSource stop = new();
        Command command = new Command("probe", "for this test").Runs(async context =>
        {
            await stop.CancelAsync();
            return new JsonObject { ["stopped"] = context.Cancellation.IsCancellationRequested };
        });
        command.Add(CommonOptions.Json);
        int code = await command.Parse(["--json"]).InvokeAsync(new InvocationConfiguration { Output = _standard, Error = _error }, stop.Token);
        Assert.Equal((130, "{\"stopped\":true}\n"), (code, _standard.ToString()));
    }

    [Fact]
    public async Task Cuda_asked_for_where_there_is_none_ends_with_5()
    {
        Command command = new Command("probe", "for this test").Runs(context =>
        {
            context.ReadyTorch();
            return new JsonObject();
        });
        foreach (Option option in CommonOptions.All)
        {
            command.Add(option);
        }

        if (TorchSharp.torch.cuda.is_available())
        {
            Assert.Equal(0, await command.Parse(["--device", "cuda"]).InvokeAsync());
            return;
        }

        InvocationConfiguration unhandled = new() { EnableDefaultExceptionHandler = false };
        MotionException problem = await Assert.ThrowsAsync<MotionException>(() => command.Parse(["--device", "cuda"]).InvokeAsync(unhandled));
        Assert.Equal(ExitCode.MissingComponent, problem.ExitCode);
        Assert.StartsWith("--device cuda was asked for, but libtorch ", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _standard.Dispose();
        _error.Dispose();
    }

    private sealed class SetClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
