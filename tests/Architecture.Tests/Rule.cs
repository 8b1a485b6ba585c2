namespace Motion.Architecture.Tests;

/// <summary>Asserts that nothing breaks a rule.</summary>
internal static class Rule
{
    /// <summary>Fails with a list of what breaks the rule.</summary>
    /// <param name="rule">The rule, in words.</param>
    /// <param name="offenders">What breaks it.</param>
    public static void Holds<T>(string rule, IEnumerable<T> offenders)
    {
        T[] found = [.. offenders];
        Assert.True(found.Length == 0, $"{rule}:\n  {string.Join("\n  ", found)}");
    }
}
