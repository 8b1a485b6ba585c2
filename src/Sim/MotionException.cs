namespace Motion;

/// <summary>The exit codes of the command line.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Outside data is wrong.</summary>
    BadInput = 2,

    /// <summary>A configuration value is wrong.</summary>
    BadConfiguration = 3,

    /// <summary>A number went wrong: divergence, not-a-number.</summary>
    NumericFailure = 4,

    /// <summary>Something that should be installed is not.</summary>
    MissingComponent = 5,
}

/// <summary>An error a person can act on: its message says what was wanted, what was found and what to do.</summary>
public class MotionException(ExitCode exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code that the command line ends with.</summary>
    public ExitCode ExitCode { get; } = exitCode;
}

/// <summary>A file that is not what it should be.</summary>
public sealed class InputException(string file, int line, int column, string problem, Exception? inner = null)
    : MotionException(ExitCode.BadInput, line > 0 ? $"{file}:{line}:{column}: {problem}" : $"{file}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;

    /// <summary>Line, from 1; 0 when the file has no lines.</summary>
    public int Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public int Column { get; } = column;
}
