using System.Text.Json.Nodes;

namespace Motion.Cli.Tests;

public class FailureTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new MotionException(ExitCode.BadConfiguration, "x"), 3 },
        { new MotionException(ExitCode.NumericFailure, "x"), 4 },
        { new MotionException(ExitCode.MissingComponent, "x"), 5 },
        { new InputException("walk.bvh", 3, 7, "x"), 2 },
        { new FileNotFoundException("x"), 2 },
        { new DirectoryNotFoundException("x"), 2 },
        { new UnauthorizedAccessException("x"), 2 },
        { new DllNotFoundException("x"), 5 },
        { new TypeInitializationException("Torch", new DllNotFoundException("x")), 5 },
        { new OperationCanceledException("x"), 130 },
        { new InvalidOperationException("x"), 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_kind_of_failure_has_its_exit_code(Exception failure, int code) =>
        Assert.Equal(code, Failure.Report(failure, json: false, new StringWriter(), new StringWriter()));

    [Fact]
    public void A_foreseen_failure_is_its_message_alone()
    {
        (StringWriter output, StringWriter error) = (new(), new());
        Failure.Report(new InputException("walk.bvh", 3, 7, "expected a number, found 'abc'"), json: false, output, error);
        Assert.Equal("motion: walk.bvh:3:7: expected a number, found 'abc'\n", error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void A_defect_shows_where_it_happened()
    {
        StringWriter error = new();
        try
        {
            throw new InvalidOperationException("impossible");
        }
        catch (InvalidOperationException defect)
        {
            Failure.Report(defect, json: false, new StringWriter(), error);
        }

        Assert.Contains(nameof(A_defect_shows_where_it_happened), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Under_json_the_failure_is_an_object_on_standard_output()
    {
        StringWriter output = new();
        Failure.Report(new MotionException(ExitCode.BadConfiguration, "unknown key 'sed'"), json: true, output, new StringWriter());
        JsonObject json = JsonNode.Parse(output.ToString())!.AsObject();
        Assert.Equal(("unknown key 'sed'", 3), ((string)json["error"]!, (int)json["exit_code"]!));
    }
}
