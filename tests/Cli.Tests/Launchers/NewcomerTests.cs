using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests.Launchers;

/// <summary>What someone does first: clone (of what is committed), <c>./motion doctor</c>, <c>./test</c>.</summary>
public class NewcomerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [RequiresFact("git")]
    public async Task A_clean_clone_builds_answers_and_tests_itself()
    {
        using TempFolder folder = new();
        string clone = folder.PathOf("clone");
        Assert.Equal(0, (await ExternalProgram.Run("git", ["clone", "--quiet", Repository.Root, clone])).ExitCode);

        ProgramResult doctor = await Run(clone, "./motion", "doctor", "--json");
        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Error);
        Assert.True((bool)JsonNode.Parse(doctor.Output)!["ready"]!);

        // One quick class of tests stands for all of them: ./test is running already.
        ProgramResult test = await Run(clone, "./test", "Cli", "--filter", $"FullyQualifiedName~{nameof(FailureTests)}");
        Assert.True(test.ExitCode == 0, test.Output + test.Error);
        Assert.Matches(@"^[1-9]\d* passed, 0 failed, 0 skipped$", test.Output.TrimEnd().Split('\n')[^1]);

        // Whatever was built is where git ignores it.
        Assert.Empty((await ExternalProgram.Run("git", ["status", "--porcelain"], clone)).Output);
    }

    private static Task<ProgramResult> Run(string clone, string launcher, params string[] arguments) =>
        ExternalProgram.Run(
            Path.Combine(clone, launcher), arguments, clone, new Dictionary<string, string?> { ["MOTION_NATIVE"] = null }, Patience);
}
