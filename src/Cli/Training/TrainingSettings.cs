using System.CommandLine;
using Motion.Sim.Configuration;

namespace Motion.Cli.Training;

/// <summary>The options that every training has: where settings come from, in which order.</summary>
internal static class TrainingSettings
{
    /// <summary>Settings by name.</summary>
    public static Option<string> Profile { get; } = new Option<string>("--profile")
    {
        Description = "settings to start from: smoke (seconds, learns little), laptop (two cores), gpu",
        HelpName = "name",
        DefaultValueFactory = _ => "laptop",
    };

    /// <summary>A file of differences.</summary>
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "JSON file with the settings that differ from the profile",
        HelpName = "file",
    };

    /// <summary>Single differences.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "a setting that differs, as a.b=c; may be given several times",
        HelpName = "a.b=c",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The profile's settings, changed by the file, then by single settings.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="profile">Gives the settings of a profile.</param>
    /// <exception cref="MotionException">There is no such profile, file or key, or a value does not fit.</exception>
    public static T Read<T>(CommandContext context, Func<string, T> profile)
    {
        T settings = profile(context.Value(Profile)!);
        if (context.Value(Config) is { } file)
        {
            settings = ConfigurationText.WithFile(settings, file);
        }

        return ConfigurationText.With(settings, context.Value(Set) ?? []);
    }
}
