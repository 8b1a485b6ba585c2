using System.Text.Json.Nodes;
using Motion.Testing;

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
}
