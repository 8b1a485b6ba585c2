using System.CommandLine;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Motion.Cli;

/// <summary>What a running command is given: its parsed arguments, the common options, where to write, and when to stop.</summary>
internal sealed record CommandContext
{
    /// <summary>Creates the context of one invocation.</summary>
    public CommandContext(ParseResult parse, CancellationToken cancellation)
    {
        Parse = parse;
        Cancellation = cancellation;
        Output = new Output(
            parse.InvocationConfiguration.Output,
            parse.InvocationConfiguration.Error,
            json: parse.GetValue(CommonOptions.Json),
            quiet: parse.GetValue(CommonOptions.Quiet));
    }

    /// <summary>The parsed arguments.</summary>
    public ParseResult Parse { get; }

    /// <summary>Cancelled by Ctrl-C: write a checkpoint and return.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Where to write.</summary>
    public Output Output { get; }

    /// <summary>Seed of every random generator.</summary>
    public int Seed => Parse.GetValue(CommonOptions.Seed);

    /// <summary>Worker threads, at least 1.</summary>
    public int Threads => Parse.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device => Parse.GetRequiredValue(CommonOptions.Device);

    /// <summary>
    /// Makes libtorch ready as the common options ask: its threads, its seed, and the device to put tensors on, which is made sure to exist.
    /// </summary>
    /// <param name="besideEachOther">
    /// How many works will use it at the same time, which share the threads: OpenBLAS lets one of them in at a time where it has more than one, and the other waits.
    /// </param>
    /// <exception cref="MotionException">With <see cref="ExitCode.MissingComponent"/>: there is no such device here.</exception>
    public torch.Device ReadyTorch(int besideEachOther = 1)
    {
        torch.set_num_threads(Math.Max(1, Threads / besideEachOther));
        torch.manual_seed(Seed);
        if (Device == "cuda" && !torch.cuda.is_available())
        {
            throw new MotionException(
                ExitCode.MissingComponent,
                $"--device cuda was asked for, but libtorch {torch.__version__} sees no CUDA device: see './motion doctor', or leave the option out");
        }

        return torch.device(Device);
    }

    /// <summary>Value of an argument, which must have one: given, or by default.</summary>
    public T Value<T>(Argument<T> argument) => Parse.GetRequiredValue(argument);

    /// <summary>Value of an option, or the type's default when it was not given.</summary>
    public T? Value<T>(Option<T> option) => Parse.GetValue(option);
}

/// <summary>What a command measured or made.</summary>
/// <param name="Measured">Becomes the last line of standard output under <c>--json</c>; keys are snake_case.</param>
/// <param name="ExitCode">The exit code, for commands that report a fault in full instead of throwing.</param>
internal sealed record Outcome(JsonObject Measured, ExitCode ExitCode = ExitCode.Done)
{
    /// <summary>A result that is all well.</summary>
    public static implicit operator Outcome(JsonObject measured) => new(measured);
}

/// <summary>Gives commands their action.</summary>
internal static class CommandActions
{
    /// <summary>
    /// Sets what the command does. Its result is printed as JSON when <c>--json</c> is given. A command that Ctrl-C stops either throws, or returns
    /// what it has; the exit code is the same.
    /// </summary>
    public static Command Runs(this Command command, Func<CommandContext, Task<Outcome>> action)
    {
        command.SetAction(async (parse, cancellation) =>
        {
            CommandContext context = new(parse, cancellation);
            Outcome result = await action(context);
            context.Output.Result(result.Measured);
            return cancellation.IsCancellationRequested ? Failure.Stopped : (int)result.ExitCode;
        });
        return command;
    }

    /// <summary>Sets what a command does that never waits.</summary>
    public static Command Runs(this Command command, Func<CommandContext, Outcome> action) =>
        command.Runs(context => Task.FromResult(action(context)));
}
