using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class BenchClipsTests
{
    [Fact]
    public async Task Sampling_is_timed_beside_a_bare_copy_in_the_same_run()
    {
        JsonObject measured = (await Terminal.Type("bench", "clips", "--seconds", "0", "--worlds", "100", "--json")).Json;

        Assert.Equal((60, 100, 1), ((int)measured["clips"]!, (int)measured["worlds"]!, (int)measured["threads"]!));
        double rate = (double)measured["poses_per_second"]!;
        Assert.True(rate > 0 && (double)measured["poses_with_velocities_per_second"]! > 0 && (double)measured["contacts_per_second"]! > 0);
        Assert.Equal(rate / (double)measured["bare_copies_per_second"]!, (double)measured["share_of_bare_copy"]!, 1e-9);
    }

    [Fact]
    public async Task What_is_no_library_ends_with_2()
    {
        string clip = Repository.PathOf("motions", "jog.bvh");
        Said said = await Terminal.Type("bench", "clips", clip);

        Assert.Equal(2, said.ExitCode);
        Assert.StartsWith($"motion: {clip}: is not a clip library", said.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.Type("bench", "clips", "--worlds", "0")).ExitCode);
    }
}
