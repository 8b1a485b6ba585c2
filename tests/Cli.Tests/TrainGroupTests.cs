using System.Text.Json.Nodes;
using Motion.Policies.Skills;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class TrainGroupTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--profile", "smoke", "--threads", "1", "--set", "budget.samples=4000", "--set", "worlds=32", "--set", "warm_up_samples=1000", "--set", "settling_samples=1000",
        "--set", "look.seconds=1", "--set", "final.seconds=1", "--set", "final.episodes=1",
    ];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_group_is_trained_published_and_measured()
    {
        Said said = await Terminal.Type(["train", "group", "walk_forward", "wave_right_hand", .. Small, "--out", folder.PathOf("run"), "--publish", folder.PathOf("models", "pair.safetensors"), "--json"]);
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(("adversarial+cloning", 4096), ((string)said.Json["method"]!, (int)said.Json["samples"]!));
        SkillCard card = SkillPolicy.ReadCard(folder.PathOf("models", "pair.safetensors"));
        Assert.StartsWith("./motion train group walk_forward wave_right_hand --threads 1 --profile smoke", card.Training.Command, StringComparison.Ordinal);
        Assert.Equal(["walk_forward", "wave_right_hand"], card.Skills.Select(skill => skill.Clip));

        Said measured = await Terminal.Type("evaluate", "group", folder.PathOf("models", "pair.safetensors"), folder.PathOf("run"), "--episodes", "1", "--transitions", "1", "--seconds", "1", "--record", folder.PathOf("seen"), "--json");
        Assert.True(measured.ExitCode == 0, measured.Error);
        Assert.Equal(2, measured.Json["groups"]!.AsArray().Count);
        JsonNode pair = measured.Json["groups"]![0]!;
        string[] keys = ["file", "method", "no_fall_rest", "no_fall_clip", "transition_no_fall", "precision_auc", "recall_auc", "samples", "seconds", "cores", "skills"];
        Assert.Equal(keys, pair.AsObject().Select(entry => entry.Key));
        Assert.Equal(["walk_forward", "wave_right_hand"], pair["skills"]!.AsArray().Select(skill => (string)skill!["name"]!));
        Assert.Equal(["walk_forward.npz", "wave_right_hand.npz"], Directory.EnumerateFiles(folder.PathOf("seen")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("a group of one ('walk_forward') is an expert", "walk_forward")]
    [InlineData("a group of one is an expert")]
    [InlineData("clip 'jog' is named twice", "jog", "walk_forward", "jog")]
    [InlineData("there is no expert 'walk_forwad' in this folder; did you mean 'walk_forward'?", "jog", "walk_forwad")]
    [InlineData("there is no method 'padl'; there are adversarial+cloning, adversarial, cloning", "jog", "walk_forward", "--method", "padl")]
    [InlineData("there is no profile 'big'", "jog", "walk_forward", "--profile", "big")]
    [InlineData("did you mean 'cloning_weight'?", "jog", "walk_forward", "--set", "cloning_weigt=1")]
    [InlineData("TrustDistance is 0", "jog", "walk_forward", "--set", "trust_distance=0")]
    public async Task What_is_no_group_is_said(string words, params string[] arguments)
    {
        Said said = await Terminal.Type(["train", "group", "--out", folder.PathOf("runs"), .. arguments]);
        Assert.InRange(said.ExitCode, 2, 3);
        Assert.Contains(words, said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("runs")));
    }

    [Fact]
    public async Task Experts_that_are_none_and_files_that_are_no_policies_are_named()
    {
        folder.Write("experts/jog.safetensors", "not weights");
        folder.Write("experts/walk_forward.safetensors", "not weights");
        Said said = await Terminal.Type("train", "group", "walk_forward", "jog", "--experts", folder.PathOf("experts"), "--out", folder.PathOf("runs"));
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("walk_forward.safetensors", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("runs")));

        Said measured = await Terminal.Type("evaluate", "group", folder.PathOf("experts", "jog.safetensors"));
        Assert.Equal(2, measured.ExitCode);
        Assert.Contains("jog.safetensors", measured.Error, StringComparison.Ordinal);
    }
}
