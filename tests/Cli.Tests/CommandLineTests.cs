namespace Motion.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("doctr", "motion: unknown command 'doctr'; did you mean 'doctor'? (see './motion --help')")]
    [InlineData("frobnicate", "motion: unknown command 'frobnicate' (see './motion --help')")]
    [InlineData("doctor --jsn", "motion: unknown option '--jsn'; did you mean '--json'? (see './motion doctor --help')")]
    [InlineData("doctor again", "motion: unknown argument 'again' (see './motion doctor --help')")]
    [InlineData("doctor --device gpu", "motion: Argument 'gpu' not recognized. Must be one of: 'cpu' 'cuda' (see './motion doctor --help')")]
    [InlineData("doctor --threads 0", "motion: --threads must be at least 1, not 0 (see './motion doctor --help')")]
    [InlineData("doctor --seed", "motion: Required argument missing for option: '--seed' (see './motion doctor --help')")]
    [InlineData("", "motion: Required command was not provided (see './motion --help')")]
    public async Task What_is_not_understood_ends_with_2_and_names_the_nearest(string typed, string message)
    {
        Said said = await Terminal.Type(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, "", message), (said.ExitCode, said.Output, said.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("play --headless")]
    [InlineData("evaluate expert")]
    [InlineData("bench sim")]
    public async Task The_engine_that_is_in_no_build_is_refused_with_its_package_and_the_one_that_is(string command)
    {
        Said said = await Terminal.Type([.. command.Split(' '), "--engine", "bepu"]);
        Assert.Equal(
            (5, "", "motion: --engine bepu: no engine on the package BepuPhysics is in this build. Go on with --engine wide, the default, which needs no package"),
            (said.ExitCode, said.Output, said.Error.TrimEnd()));
    }

    [Fact]
    public async Task A_usage_error_is_json_too_when_asked_for()
    {
        Said said = await Terminal.Type("doctor", "--json", "--threads", "many");
        Assert.Equal(2, said.ExitCode);
        Assert.Equal(2, (int)said.Json["exit_code"]!);
        Assert.Contains("'many'", (string)said.Json["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_told()
    {
        Said said = await Terminal.Type("--version");
        Assert.Equal(0, said.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", said.Output);
    }
}
