namespace Motion.Language;

/// <summary>A file of weights or of a model that is not what it should be: says the file, what was wanted, what was found and what to do.</summary>
/// <param name="file">The file.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="inner">What it was noticed by.</param>
public sealed class LanguageException(string file, string problem, Exception? inner = null) : IOException($"{file}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>What is wrong, without the file.</summary>
    public string Problem { get; } = problem;
}
