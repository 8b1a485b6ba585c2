using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public class DoctorTests
{
    private static readonly string[] Keys = ["sdk", "libtorch", "cpu", "cuda", "blas", "opengl", "ffmpeg", "mujoco", "blender"];

    [Fact]
    public async Task Every_component_says_whether_it_is_here_which_version_and_what_is_lost_without_it()
    {
        Said said = await Terminal.Type("doctor", "--json");
        JsonObject json = said.Json;
        Assert.Equal(Keys.Prepend("ready").Order(), json.Select(pair => pair.Key).Order());
        foreach (string key in Keys)
        {
            JsonObject component = json[key]!.AsObject();
            bool present = (bool)component["present"]!;
            Assert.NotEmpty((string)component["without_it"]!);
            Assert.True(!present || ((string)component["version"]!).Length > 0, $"{key} is present and has no version");
            Assert.True(present || (string)component["path"]! == "", $"{key} is missing and has a path");
        }

        Assert.Equal((bool)json["ready"]! ? 0 : 5, said.ExitCode);
    }

    [Fact]
    public async Task Instruction_sets_processors_devices_and_threads_are_figures()
    {
        JsonObject json = (await Terminal.Type("doctor", "--json")).Json;
        Assert.Equal(Environment.ProcessorCount, (int)json["cpu"]!["processors"]!);
        Assert.Equal(
            System.Runtime.Intrinsics.X86.Avx2.IsSupported,
            json["cpu"]!["instruction_sets"]!.AsArray().Any(set => (string)set! == "AVX2"));
        Assert.Equal((bool)json["cuda"]!["present"]!, json["cuda"]!["devices"]!.AsArray().Count > 0);
        Assert.Equal((bool)json["blas"]!["present"]!, (int)json["blas"]!["threads"]! >= 1);
        Assert.Equal((bool)json["libtorch"]!["present"]!, (int)json["libtorch"]!["threads"]! >= 1);
    }

    [Fact]
    public async Task Every_component_has_a_line_in_the_table()
    {
        Said said = await Terminal.Type("doctor");
        string[] lines = said.Output.TrimEnd().Split('\n');
        Assert.StartsWith("component", lines[0], StringComparison.Ordinal);
        Assert.Equal(1 + Keys.Length + 1, lines.Length);
    }

    [Fact]
    public async Task Where_nothing_is_installed_the_doctor_still_says_so()
    {
        using TempFolder empty = new();
        ProgramResult doctor = await Doctor(new() { ["PATH"] = empty.Root, ["TORCH_DIR"] = empty.Root, ["MOTION_NATIVE"] = empty.PathOf("none.so") });
        JsonObject json = JsonNode.Parse(doctor.Output.TrimEnd())!.AsObject();
        Assert.Equal(5, doctor.ExitCode);
        Assert.False((bool)json["ready"]!);
        foreach (string key in new[] { "libtorch", "cuda", "ffmpeg", "blender" })
        {
            Assert.False((bool)json[key]!["present"]!, $"{key} cannot be here");
        }

        Assert.StartsWith($"TORCH_DIR={empty.Root} holds no lib/libtorch_cpu.so; ", (string)json["libtorch"]!["remark"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Haswell", true)]
    [InlineData("SkylakeX", false)]
    [InlineData("", false)]
    public async Task A_BLAS_that_is_kept_from_half_of_the_processor_is_pointed_out(string core, bool wanted)
    {
        ProgramResult doctor = await Doctor(new() { ["OPENBLAS_CORETYPE"] = core });
        JsonNode blas = JsonNode.Parse(doctor.Output.TrimEnd())!["blas"]!;
        bool can = Avx512BW.IsSupported && ((string)blas["version"]!).StartsWith("OpenBLAS", StringComparison.Ordinal);
        Assert.Equal(can && wanted, ((string)blas["remark"]!).Contains("OPENBLAS_CORETYPE=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_libtorch_that_is_there_and_does_not_load_is_told_apart()
    {
        using TempFolder torch = new();
        string library = torch.Write("lib/libtorch_cpu.so", "");
        torch.Write("include/torch/csrc/api/include/torch/version.h", "#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION \"2.9.1\"\n");
        ProgramResult doctor = await Doctor(new() { ["TORCH_DIR"] = torch.Root, ["MOTION_NATIVE"] = torch.PathOf("none.so") });
        JsonNode found = JsonNode.Parse(doctor.Output)!["libtorch"]!;
        Assert.False((bool)found["present"]!);
        Assert.StartsWith($"{library} is version 2.9.1; ", (string)found["remark"]!, StringComparison.Ordinal);
        Assert.Contains("none.so", (string)found["remark"]!, StringComparison.Ordinal);
    }

    private static Task<ProgramResult> Doctor(Dictionary<string, string?> environment) =>
        ExternalProgram.Run(
            Environment.ProcessPath!, // the dotnet that runs this test: it is found without PATH
            [typeof(CommandLine).Assembly.Location, "doctor", "--json"],
            environment: environment);
}
