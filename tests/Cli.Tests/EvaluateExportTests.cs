using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public class EvaluateExportTests
{
    [Fact]
    public async Task Round_trips_of_two_clips_are_measured_and_within_the_limits()
    {
        using TempFolder folder = new();

        Said said = await Terminal.Type("evaluate", "export", "bow", "walk_forward", "--keep", folder.Root, "--json");

        Assert.Equal(0, said.ExitCode);
        JsonObject measured = said.Json;
        Assert.Equal(2, (int)measured["clips"]!);
        Assert.True((bool)measured["within_limits"]!);
        foreach (string format in new[] { "bvh", "bvh_z_up", "gltf", "npz" })
        {
            Assert.InRange((double)measured[$"{format}_rotation_rad"]!, 0, 1e-4);
            // Text in single precision cannot come back without any loss: a zero would mean that nothing was compared.
            Assert.InRange((double)measured[$"{format}_position_mm"]!, double.Epsilon, 0.1);
        }

        Assert.InRange((double)measured["csv_position_mm"]!, double.Epsilon, 0.1);
        Assert.InRange((double)measured["own_rig_position_mm_median"]!, 0.1, 35);
        Assert.True(File.Exists(folder.PathOf("bow.glb")));
    }

    [RequiresFact("blender", "numpy", "gltf-validator")]
    public async Task Blender_and_the_validator_are_asked_where_they_are_installed()
    {
        JsonObject measured = (await Terminal.Type("evaluate", "export", "bow", "--json")).Json;

        Assert.InRange((double)measured["blender_position_mm"]!, double.Epsilon, 1);
        Assert.Equal(0, (int)measured["gltf_validator_complaints"]!);
    }
}
