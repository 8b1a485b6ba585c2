using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Motion.Policies;
using Motion.Testing;
using Motion.Torch.Safetensors;
using TorchSharp;
using Xunit.Abstractions;

namespace Motion.Cli.Tests;

public sealed class TrainExpertTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "motion.dll");
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_list_is_trained_measured_and_published()
    {
        Said said = await Terminal.Type([.. Train("walk_forward", "jog"), "--jobs", "2", "--threads", "2", "--publish", folder.PathOf("models"), "--set", "budget.samples=2000", "--json"]);
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(["walk_forward", "jog"], said.Json["clips"]!.AsArray().Select(clip => (string)clip!["name"]!));
        Assert.All(said.Json["clips"]!.AsArray(), clip => Assert.Equal("budget_spent", (string)clip!["end"]!));
        Assert.Contains("jog: not tracked within", said.Error, StringComparison.Ordinal);
        Assert.Equal("./motion train expert jog --threads 1 --profile smoke --set budget.samples=2000", Expert.ReadCard(folder.PathOf("models", "jog.safetensors")).Training.Command);

        Said measured = await Terminal.Type("evaluate", "expert", "--experts", folder.PathOf("models"), "--episodes", "4", "--record", folder.PathOf("seen"), "--json");
        Assert.True(measured.ExitCode == 0, measured.Error);
        JsonNode jog = measured.Json["clips"]![0]!;
        string[] keys =
        [
            "name", "success_05", "success_03", "success_05_start", "fall_rate", "fall_rate_pushed", "mpjpe_root_mm", "mpjpe_global_mm", "acceleration_error", "foot_slide_mm", "jerk", "samples",
            "seconds", "cores",
        ];
        Assert.Empty(keys.Except(jog.AsObject().Select(pair => pair.Key)));
        Assert.Equal(("jog", 2048, 0), ((string)jog["name"]!, (int)jog["samples"]!, (int)measured.Json["clips_passed"]!));

        Said exported = await Terminal.Type("export", folder.PathOf("seen", "jog.npz"), "--out", folder.PathOf("jog.bvh"));
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Contains("licence: CMU-mocap", exported.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name the clips to train, or say --all")]
    [InlineData("did you mean 'walk_forward'?", "walk_forwad")]
    [InlineData("not both", "walk_forward", "--all")]
    [InlineData("there is no profile 'big'", "walk_forward", "--profile", "big")]
    [InlineData("did you mean 'horizon'?", "walk_forward", "--set", "ppo.horizn=4")]
    [InlineData("Discount is 2", "walk_forward", "--set", "ppo.discount=2")]
    public async Task What_cannot_be_done_is_said(string words, params string[] arguments)
    {
        Said said = await Terminal.Type(["train", "expert", "--out", folder.PathOf("runs"), .. arguments]);
        Assert.InRange(said.ExitCode, 2, 3);
        Assert.Contains(words, said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("runs")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        folder.Write("runs", "a file where a folder should be");
        Said said = await Terminal.Type(Train("walk_forward"));
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("cannot be written", said.Output, StringComparison.Ordinal);
    }

    /// <summary>MOTION_KILLS says how often; a few times when not set.</summary>
    [RequiresFact("bash")]
    public async Task Killed_at_random_moments_it_always_goes_on_and_ends_with_the_same_bits()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("MOTION_KILLS") ?? "5", CultureInfo.InvariantCulture);
        string[] settings = ["--set", "checkpoint_seconds=0", "--set", "tracked.every_samples=4000", "--set", $"budget.samples={20_000 + (kills * 4000)}"];
        Assert.Equal(0, (await Run([.. TrainInto("whole", "walk_forward"), .. settings])).ExitCode);

        Random random = new(1);
        int killed = 0;
        for (int attempt = 0; attempt < kills; attempt++)
        {
            using Process process = new() { StartInfo = new ProcessStartInfo("dotnet", [Program, .. TrainInto("broken", "walk_forward"), .. settings]) { RedirectStandardError = true, RedirectStandardOutput = true } };
            process.Start();
            Task<string> error = process.StandardError.ReadToEndAsync(), said = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(random.Next(100, 1800)))
            {
                Assert.True(process.ExitCode == 0, await error + await said);
                break;
            }

            process.Kill();
            await process.WaitForExitAsync();
            killed++;
            string best = folder.PathOf("broken", "walk_forward", "best.safetensors");
            Assert.True(!File.Exists(best) || Expert.ReadCard(best).Clip == "walk_forward");
        }

        output.WriteLine($"killed {killed} times");
        Assert.InRange(killed, 1, kills);
        ProgramResult last = await Run([.. TrainInto("broken", "walk_forward"), .. settings]);
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Equal(Bits("whole", "last.safetensors"), Bits("broken", "last.safetensors"));
        Assert.Equal(Bits("whole", "best.safetensors"), Bits("broken", "best.safetensors"));
    }

    [RequiresFact("bash")]
    public async Task A_full_disk_is_said_and_harms_no_checkpoint()
    {
        string[] settings = ["--set", "checkpoint_seconds=0", "--set", "experience.samples=0"];
        Assert.Equal(0, (await Run([.. Train("walk_forward"), .. settings, "--set", "budget.samples=3000"])).ExitCode);
        Dictionary<string, string> last = Bits("runs", "last.safetensors"), best = Bits("runs", "best.safetensors");

        // Files larger than 200 KiB cannot be written; the checkpoint is larger. (The runtime itself maps a large file unless told not to.)
        string command = $"trap '' XFSZ; ulimit -f 200; exec dotnet {Program} {string.Join(' ', [.. Train("walk_forward"), .. settings, "--set", "budget.samples=30000"])}";
        ProgramResult full = await ExternalProgram.Run("bash", ["-c", command], environment: new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        Assert.Equal(2, full.ExitCode);
        Assert.Contains("cannot be written", full.Output + full.Error, StringComparison.Ordinal);
        Assert.Contains("the last good checkpoint is still there", full.Output + full.Error, StringComparison.Ordinal);
        Assert.Equal(last, Bits("runs", "last.safetensors"));
        Assert.Equal(best, Bits("runs", "best.safetensors"));
        Assert.Equal(0, (await Run([.. Train("walk_forward"), .. settings, "--set", "budget.samples=4000"])).ExitCode);
    }

    [Fact]
    public async Task Learning_is_timed_beside_its_matrix_products()
    {
        Said said = await Terminal.Type("bench", "train", "--profile", "smoke", "--rounds", "2", "--threads", "1", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.InRange((double)said.Json["update_ratio_to_matrix_products"]!, 0.5, 100);
        Assert.InRange((double)said.Json["samples_per_second"]!, 1, 1e8);
        Assert.Equal(["physics", "task", "observation", "inference", "update"], said.Json["split"]!.AsObject().Select(part => part.Key));
        Assert.Equal(64 * 16, (int)said.Json["samples_per_round"]!);
    }

    private static Task<ProgramResult> Run(IEnumerable<string> arguments) => ExternalProgram.Run("dotnet", [Program, .. arguments], patience: TimeSpan.FromMinutes(5));

    private string[] Train(params string[] clips) => ["train", "expert", .. clips, "--profile", "smoke", "--out", folder.PathOf("runs")];

    private string[] TrainInto(string runs, string clip) => ["train", "expert", clip, "--profile", "smoke", "--threads", "1", "--out", folder.PathOf(runs)];

    private Dictionary<string, string> Bits(string runs, string file)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return SafetensorsFile.Read(folder.PathOf(runs, "walk_forward", file)).Tensors.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(SHA256.HashData(pair.Value.bytes)));
    }
}
