using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class BenchSimTests
{
    [Fact]
    public async Task Physics_is_timed_over_worlds_threads_and_widths()
    {
        JsonObject measured = (await Terminal.Type("bench", "sim", "--quick", "--threads", "2", "--json")).Json;

        Assert.True((double)measured["physics_steps_per_second_per_core"]! > 0);
        Assert.True((double)measured["single_world_control_step_ms"]! > 0);

        // The humanoid's positions, velocities and controls in eight steps of history alone are 8·4·(35 + 34 + 28) bytes.
        Assert.True((double)measured["bytes_per_world"]! > 3104);
        Assert.Equal(
            [(1, 1), (4, 1), (16, 1), (64, 1), (256, 1), (1024, 1), (1024, 2)],
            measured["scaling"]!.AsArray().Select(point => ((int)point!["worlds"]!, (int)point["threads"]!)));
        Assert.All(measured["scaling"]!.AsArray().Concat(measured["widths"]!.AsArray()), point => Assert.True((double)point!["physics_steps_per_second"]! > 0));
        Assert.Equal(["standing", "falling", "thrashing"], measured["scenarios"]!.AsArray().Select(scenario => (string)scenario!["scenario"]!));

        Assert.All(measured["scenarios"]!.AsArray(), scenario => Assert.Equal(0, (long)scenario!["failures"]!));

        // Two soles on the ground: at least one corner of each pushes, and there are eight.
        Assert.InRange((double)measured["scenarios"]![0]!["contacts_per_step"]!, 2, 8);
    }

    [RequiresFact("mujoco"), Trait("Category", "Peer")]
    public async Task Physics_is_timed_beside_MuJoCo_in_the_same_scenarios()
    {
        Environment.SetEnvironmentVariable("MOTION_MUJOCO_PEER", MuJoCoPeer.Program);
        JsonObject measured = (await Terminal.Type("bench", "sim", "--quick", "--threads", "1", "--json")).Json;

        Assert.Equal(
            (double)measured["physics_steps_per_second_per_core"]! / (double)measured["mujoco_physics_steps_per_second"]!,
            (double)measured["ratio_to_mujoco"]!,
            1e-9);
        foreach (JsonNode? scenario in measured["scenarios"]!.AsArray())
        {
            JsonNode[] theirs = [.. new[] { "euler", "implicit" }.Select(integrator => scenario!["mujoco"]![integrator]!)];
            Assert.All(theirs, mujoco => Assert.True((double)mujoco["physics_steps_per_second"]! > 0));
            Assert.All(theirs, mujoco => Assert.Equal(0, (int)mujoco["unstable_episodes"]!));
        }
    }
}
