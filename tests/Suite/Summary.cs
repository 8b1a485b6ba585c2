namespace Motion.Suite;

/// <summary>Prints results for people and, in the last line, for scripts.</summary>
internal static class Summary
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>Prints one project: a line, and what failed.</summary>
    public static void Print(TextWriter output, ProjectResult result)
    {
        output.WriteLine($"{result.Project,-32} {result.Elapsed.TotalSeconds,6:0.0} s   {Counts([result])}");
        foreach (TestResult test in result.Tests.Where(test => test.Verdict == Verdict.Failed))
        {
            output.WriteLine($"  FAILED {test.Name}");
            output.WriteLine($"    {test.Message.ReplaceLineEndings("\n    ")}");
        }
    }

    /// <summary>Prints the whole: the slowest tests, each skipped test with its reason, the counts.</summary>
    /// <returns>0 when nothing failed and something ran, otherwise 1.</returns>
    public static int Print(TextWriter output, IReadOnlyCollection<ProjectResult> results)
    {
        TestResult[] tests = [.. results.SelectMany(result => result.Tests)];
        foreach (TestResult test in tests.Where(test => test.Duration >= Slow).OrderByDescending(test => test.Duration).Take(10))
        {
            output.WriteLine($"slow: {test.Duration.TotalSeconds,6:0.0} s  {test.Name}");
        }

        foreach (TestResult test in tests.Where(test => test.Verdict == Verdict.Skipped).OrderBy(test => test.Name, StringComparer.Ordinal))
        {
            output.WriteLine($"skipped: {test.Name}: {test.Message}");
        }

        foreach (TestResult test in tests.Where(test => test.Verdict == Verdict.Failed))
        {
            output.WriteLine($"failed: {test.Name}");
        }

        output.WriteLine(Counts(results));
        return tests.Any(test => test.Verdict == Verdict.Failed) || !tests.Any(test => test.Verdict == Verdict.Passed) ? 1 : 0;
    }

    private static string Counts(IReadOnlyCollection<ProjectResult> results)
    {
        int Sum(Verdict outcome) => results.Sum(result => result.Count(outcome));
        return $"{Sum(Verdict.Passed)} passed, {Sum(Verdict.Failed)} failed, {Sum(Verdict.Skipped)} skipped";
    }
}
