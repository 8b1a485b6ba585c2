namespace Motion.Cli.Tests;

public class ShippedPlannerTests
{
    [Fact]
    public async Task It_runs_forward_without_a_fall_and_far_ahead_of_one_who_stands()
    {
        Said said = await Terminal.Type("plan", "--task", "forward", "--seconds", "4", "--budget", "10000", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(1, (double)said.Json["survival"]!);
        Assert.True((double)said.Json["return"]! > 60, said.Output);
    }
}
