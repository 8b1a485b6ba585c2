using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Motion.Suite;

/// <summary>How one test ended.</summary>
internal enum Verdict
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was not run.</summary>
    Skipped,
}

/// <summary>One test that ran or was skipped.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Message">Why it failed, with the place, or why it was skipped.</param>
internal sealed record TestResult(string Name, Verdict Verdict, TimeSpan Duration, string Message);

/// <summary>The tests of one project.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Elapsed">From the start of its process to the end.</param>
/// <param name="Tests">Its tests, in the order of the result file.</param>
internal sealed record ProjectResult(string Project, TimeSpan Elapsed, IReadOnlyList<TestResult> Tests)
{
    /// <summary>How many tests ended in that way.</summary>
    public int Count(Verdict outcome) => Tests.Count(test => test.Verdict == outcome);

    /// <summary>
    /// Reads what a test process left. A process that fails without a failed test (it crashed, was killed, or wrote no result) counts as
    /// one failed test, so that it can never pass unseen.
    /// </summary>
    /// <param name="project">Name of the project.</param>
    /// <param name="elapsed">How long its process ran.</param>
    /// <param name="resultFile">The TRX file; it may be missing or broken.</param>
    /// <param name="exitCode">Exit code of the process.</param>
    /// <param name="said">Where to look for what it said.</param>
    public static ProjectResult Read(string project, TimeSpan elapsed, string resultFile, int exitCode, string said)
    {
        List<TestResult> tests = [];
        string problem = $"the test process ended with exit code {exitCode}; what it said is in {said}";
        try
        {
            tests.AddRange(XDocument.Load(resultFile).Descendants().Where(element => element.Name.LocalName == "UnitTestResult").Select(ReadTest));
        }
        catch (Exception exception) when (exception is IOException or XmlException)
        {
            problem = $"{problem}; no results: {exception.Message}";
            exitCode = exitCode == 0 ? 1 : exitCode;
        }

        if (exitCode != 0 && !tests.Any(test => test.Verdict == Verdict.Failed))
        {
            tests.Add(new($"{project} (process)", Verdict.Failed, elapsed, problem));
        }

        return new(project, elapsed, tests);
    }

    private static TestResult ReadTest(XElement element)
    {
        string Attribute(string name) => element.Attribute(name)?.Value ?? "";
        string Text(string name) => element.Descendants().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";
        Verdict outcome = Attribute("outcome") switch
        {
            "Passed" => Verdict.Passed,
            "NotExecuted" => Verdict.Skipped,
            _ => Verdict.Failed,
        };
        string message = outcome == Verdict.Failed ? $"{Text("Message")}\n{Text("StackTrace")}".TrimEnd() : Text("Message");
        TimeSpan.TryParse(Attribute("duration"), CultureInfo.InvariantCulture, out TimeSpan duration);
        return new(Attribute("testName"), outcome, duration, message);
    }
}
