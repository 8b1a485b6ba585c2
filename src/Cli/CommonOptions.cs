using System.CommandLine;

namespace Motion.Cli;

/// <summary>The options that mean the same for every command.</summary>
internal static class CommonOptions
{
    /// <summary>Standard output holds one JSON object, and text goes to standard error.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "print one JSON object as the last line of standard output; text goes to standard error",
        Recursive = true,
    };

    /// <summary>Seed of every random generator.</summary>
    public static Option<int> Seed { get; } = new("--seed")
    {
        Description = "seed of every random generator: the same seed gives the same numbers",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        Recursive = true,
    };

    /// <summary>Worker threads.</summary>
    public static Option<int?> Threads { get; } = AtLeastOne(new("--threads")
    {
        Description = "worker threads; as many as there are processors when not given",
        HelpName = "number",
        Recursive = true,
    });

    /// <summary>Where tensors live.</summary>
    public static Option<string> Device { get; } = new Option<string>("--device")
    {
        Description = "where networks run; physics always runs on the processor",
        HelpName = "cpu|cuda",
        DefaultValueFactory = _ => "cpu",
        Recursive = true,
    }.AcceptOnlyFromAmong("cpu", "cuda");

    /// <summary>No progress and no notes.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet")
    {
        Description = "no progress and no notes: results and errors only",
        Recursive = true,
    };

    /// <summary>All of them, in the order in which help lists them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Json, Seed, Threads, Device, Quiet];

    private static Option<int?> AtLeastOne(Option<int?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value < 1)
            {
                result.AddError($"{option.Name} must be at least 1, not {value}");
            }
        });
        return option;
    }
}
