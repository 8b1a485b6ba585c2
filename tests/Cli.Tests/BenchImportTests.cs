using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class BenchImportTests
{
    private static readonly string Walk = Repository.PathOf("motions", "walk_forward.bvh");

    [RequiresFact("blender")]
    public async Task Import_is_timed_beside_blender_s_of_the_same_files()
    {
        JsonObject measured = (await Terminal.Type("bench", "import", Walk, "--seconds", "0", "--json")).Json;

        // Consistent figures of one file: 79 frames at 30 a second; reading is a part of the import, and one clip a second is 2.63 times real time.
        Assert.Equal(1, (int)measured["clips"]!);
        Assert.Equal(79 / 30.0, (double)measured["motion_seconds"]!, 1e-9);
        Assert.True((double)measured["read"]!["clips_per_second"]! > (double)measured["import"]!["clips_per_second"]!);
        Assert.Equal((double)measured["import"]!["clips_per_second"]! * 79 / 30, (double)measured["import"]!["times_real_time"]!, 1e-6);
        double ratio = (double)measured["import"]!["clips_per_second"]! / (double)measured["blender"]!["clips_per_second"]!;
        Assert.Equal(ratio, (double)measured["blender_time_over_import"]!, 1e-6);
    }

    [Fact]
    public async Task Bad_file_ends_with_2()
    {
        Said said = await Terminal.Type("bench", "import", Repository.PathOf("tests", "Sim.Tests", "Clips", "BadInput", "Files", "nan.bvh"));

        Assert.Equal(2, said.ExitCode);
    }
}
