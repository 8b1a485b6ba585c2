using Motion.Suite;
using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>How ./test reads what test processes leave, and what it says of it.</summary>
public sealed class SuiteTests : IDisposable
{
    private const string Results =
        """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
          <UnitTestResult testName="A.Passes" outcome="Passed" duration="00:00:06.5" />
          <UnitTestResult testName="A.Skips" outcome="NotExecuted" duration="00:00:00">
            <Output><ErrorInfo><Message>no CUDA device</Message></ErrorInfo></Output></UnitTestResult>
          <UnitTestResult testName="A.Fails" outcome="Failed" duration="00:00:00.1">
            <Output><ErrorInfo><Message>expected 1</Message><StackTrace>at A.cs:3</StackTrace></ErrorInfo></Output></UnitTestResult>
        </Results></TestRun>
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void The_last_line_is_the_counts_and_every_skip_has_its_reason()
    {
        ProjectResult result = Read(Results, exitCode: 1);
        StringWriter output = new();
        Assert.Equal(1, Summary.Print(output, [result, result with { Tests = [result.Tests[0]] }]));
        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal("2 passed, 1 failed, 1 skipped", lines[^1]);
        Assert.Contains("skipped: A.Skips: no CUDA device", lines);
        Assert.Contains("failed: A.Fails", lines);
        Assert.Contains("slow:    6.5 s  A.Passes", lines);
    }

    [Fact]
    public void A_failure_is_shown_with_its_message_and_place()
    {
        StringWriter output = new();
        Summary.Print(output, Read(Results, exitCode: 1));
        Assert.Contains("  FAILED A.Fails\n    expected 1\n    at A.cs:3\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void When_nothing_fails_the_exit_code_is_0()
    {
        TestResult passed = Read(Results, exitCode: 1).Tests[0];
        Assert.Equal(0, Summary.Print(new StringWriter(), [new ProjectResult("A", TimeSpan.Zero, [passed])]));
    }

    [Fact]
    public void When_nothing_ran_the_exit_code_is_not_0() =>
        Assert.Equal(1, Summary.Print(new StringWriter(), [new ProjectResult("A", TimeSpan.Zero, [])]));

    [Theory]
    [InlineData("<TestRun><Results><UnitTestResult testName=\"A\" outcome=\"Passed\" /></Results></TestRun>", 134)]
    [InlineData("<TestRun><Resul", 0)]
    [InlineData("", 139)]
    public void A_test_process_that_crashes_counts_as_a_failure(string results, int exitCode)
    {
        ProjectResult result = Read(results, exitCode);
        TestResult failure = Assert.Single(result.Tests, test => test.Verdict == Verdict.Failed);
        Assert.Contains("said.log", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_process_without_a_result_file_counts_as_a_failure() =>
        Assert.Equal(1, ProjectResult.Read("A", TimeSpan.Zero, _folder.PathOf("none.trx"), 0, "said.log").Count(Verdict.Failed));

    public void Dispose() => _folder.Dispose();

    private ProjectResult Read(string results, int exitCode) =>
        ProjectResult.Read("A", TimeSpan.FromSeconds(7), _folder.Write("results.trx", results), exitCode, "said.log");
}
