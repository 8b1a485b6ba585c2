using System.Text.Json.Nodes;
using Motion.Testing;
using Motion.Torch.Safetensors;
using TorchSharp;

namespace Motion.Cli.Tests;

public class InspectTests
{
    [Fact]
    public async Task Shipped_character_is_told_with_masses_degrees_of_freedom_and_gains()
    {
        Said said = await Terminal.Type("inspect", "humanoid");
        Assert.Equal(0, said.ExitCode);
        string[] lines = said.Output.Split('\n');
        Assert.StartsWith("humanoid: 50.00 kg, 1.63 m, 15 bodies, 28 degrees of freedom and 6 of the floating root", lines[0], StringComparison.Ordinal);
        Assert.Equal(["left_shin", "left_thigh", "2.600", "capsule"], Cells("left_shin"));
        Assert.Equal(["left_knee", "left_shin", "hinge", "1", "0.00", "…", "2.70", "500", "50", "150", "0.02", "0", "0"], Cells("left_knee"));

        string[] Cells(string first) =>
            lines.Single(line => line.StartsWith(first + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Json_holds_the_same_figures()
    {
        JsonObject json = (await Terminal.Type("inspect", "humanoid", "--json")).Json;
        Assert.Equal(28, (int)json["joint_degrees"]!);
        Assert.Equal(50, (double)json["mass_kg"]!, 1e-3);
        Assert.Equal(15, json["bodies"]!.AsArray().Count);
        JsonNode neck = json["joints"]!.AsArray().Single(joint => (string)joint!["name"]! == "neck")!;
        Assert.Equal((100, 10, 50), ((int)neck["drives"]![0]!["kp"]!, (int)neck["drives"]![0]!["kd"]!, (int)neck["drives"]![0]!["torque_limit"]!));
    }

    [Fact]
    public async Task Character_file_with_something_unsupported_ends_with_its_line()
    {
        using TempFolder folder = new();
        string file = folder.Write("arm.xml", "<mujoco>\n  <worldbody>\n    <body>\n      <joint name=\"rail\" type=\"slide\"/>\n    </body>\n  </worldbody>\n</mujoco>");
        Said said = await Terminal.Type("inspect", file);
        Assert.Equal(2, said.ExitCode);
        Assert.Contains($"{file}:4:26: <joint name=\"rail\">: type 'slide' is not supported; wanted hinge or ball or free", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_is_told_with_how_its_file_is_understood()
    {
        JsonObject json = (await Terminal.Type("inspect", "walk_forward", "--json")).Json;
        Assert.Equal(("clip", "bvh", 79, 30), ((string)json["kind"]!, (string)json["format"]!, (int)json["frames"]!, (int)json["frame_rate"]!));
        JsonNode understood = json["understood"]!;
        Assert.Equal(("+Y", "+Z", 0.01), ((string)understood["up"]!, (string)understood["forward"]!, (double)understood["metres_per_unit"]!));
        Assert.Equal("LeftLeg", (string)understood["roles"]!["LeftShin"]!);
        Assert.InRange((double)understood["travel_m"]![0]!, 2, 5); // it walks forward: +X
    }

    [Fact]
    public async Task A_clip_that_is_no_person_is_shown_as_the_file_has_it()
    {
        using TempFolder folder = new();
        string file = folder.Write(
            "pendulum.bvh",
            """
            HIERARCHY
            ROOT pivot
            {
              OFFSET 0 0 0
              CHANNELS 3 Zrotation Xrotation Yrotation
              End Site
              {
                OFFSET 0 -100 0
              }
            }
            MOTION
            Frames: 2
            Frame Time: 0.5
            10 0 0
            -10 0 0

            """);
        Said said = await Terminal.Type("inspect", file);
        Assert.Equal(0, said.ExitCode);
        Assert.StartsWith("pendulum: Bvh, 2 frames at 2 a second (0.50 s), 1 joints\nnot understood as a person: ", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_clips_is_told_by_its_catalogue()
    {
        JsonObject json = (await Terminal.Type("inspect", Repository.PathOf("motions"), "--json")).Json;
        Assert.Equal("catalogue", (string)json["kind"]!);
        Assert.Contains("walk_forward", json["clips"]!.AsArray().Select(clip => (string)clip!));
    }

    [Fact]
    public async Task A_packed_library_is_told_clip_by_clip()
    {
        using TempFolder folder = new();
        string made = folder.PathOf("made");
        Assert.Equal(0, (await Terminal.Type("import", Repository.PathOf("motions", "walk_forward.bvh"), "--out", made, "--quiet")).ExitCode);
        JsonObject json = (await Terminal.Type("inspect", Path.Combine(made, "humanoid.library"), "--json")).Json;
        Assert.Equal(("library", "humanoid"), ((string)json["kind"]!, (string)json["character"]!));
        JsonNode clip = Assert.Single(json["clips"]!.AsArray())!;

        // 2.17 s of the walk are a cycle: 65 steps of 1/30 s.
        Assert.Equal(("walk_forward", 66, true), ((string)clip["name"]!, (int)clip["frames"]!, (bool)clip["loop"]!));
    }

    [Fact]
    public async Task Tensors_are_told_without_reading_them()
    {
        using TempFolder folder = new();
        string file = folder.PathOf("weights.safetensors");
        using (torch.Tensor weights = torch.zeros(3, 5))
        {
            SafetensorsFile.Write(file, new Dictionary<string, torch.Tensor> { ["layer.weight"] = weights }, new Dictionary<string, string> { ["made"] = "by hand" });
        }

        Said said = await Terminal.Type("inspect", file);
        Assert.StartsWith($"{file}: 1 tensors, 15 numbers, ", said.Output, StringComparison.Ordinal);
        Assert.Contains("\n  made: by hand\n", said.Output, StringComparison.Ordinal);
        Assert.Contains("layer.weight  Float32  [3, 5]  15", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wlk_forward", "there is no clip 'wlk_forward'; did you mean 'walk_forward'?")]
    [InlineData("none.safetensors", "none.safetensors")]
    public async Task What_is_not_there_is_named(string what, string message)
    {
        Said said = await Terminal.Type("inspect", what);
        Assert.Equal(2, said.ExitCode);
        Assert.Contains(message, said.Error, StringComparison.Ordinal);
    }
}
