using System.Text.Json.Nodes;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Cli.Tests;

public class PlayTests
{
    [Fact]
    public async Task A_typed_sentence_moves_the_character_and_the_motion_is_taken_home()
    {
        using TempFolder folder = new();
        string bvh = folder.PathOf("out.bvh"), picture = folder.PathOf("out.png");
        JsonNode played = await Play("a person walks forward", "--seconds", "3", "--export", bvh, "--screenshot", picture, "--at", "1", "--size", "320x180");
        Assert.Equal("a person walks forward", played["doing"]!.GetValue<string>());
        Assert.Null(played["fell_at"]);
        Assert.Equal([bvh, bvh + ".json", picture], played["files"]!.AsArray().Select(file => file!.GetValue<string>()));
        RawClip clip = BvhReader.Read(bvh);

        // 3 s of 30 control steps; three seconds of walking carry a person more than a metre and less than six.
        Assert.Equal(90, clip.FrameCount);
        float centimetres = System.Numerics.Vector3.Distance(clip.RootPositions[0], clip.RootPositions[^1]);
        Assert.InRange(centimetres, 100, 600);
        Assert.True(new FileInfo(picture).Length > 1000);
    }

    [Fact]
    public async Task The_same_play_gives_the_same_file()
    {
        using TempFolder folder = new();
        string[] files = [folder.PathOf("a.csv"), folder.PathOf("b.csv")];
        foreach (string file in files)
        {
            await Play("a person punches", "--seconds", "1", "--export", file);
        }

        Assert.Equal(await File.ReadAllTextAsync(files[0]), await File.ReadAllTextAsync(files[1]));
    }

    [Fact]
    public async Task What_is_not_understood_is_said_and_the_character_goes_on_with_what_it_did()
    {
        using TempFolder folder = new();
        string prompts = folder.Write("p.csv", $"0,a person walks forward\n0.3,🦘🦘\n0.4,\u0001\u0007\n0.5,ein Mensch läuft vorwärts durch den Wald\n0.6,{new string('x', 10_000)}\n");
        JsonNode played = await Play("--prompts", prompts, "--seconds", "1");
        Assert.Equal([true, false, false, false, false], played["sentences"]!.AsArray().Select(said => said!["accepted"]!.GetValue<bool>()));
        Assert.All(played["sentences"]!.AsArray(), said => Assert.InRange(said!["message"]!.GetValue<string>().Length, 10, 500));
        Assert.Equal("a person walks forward", played["doing"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_empty_sentence_is_answered_too()
    {
        JsonNode played = await Play("", "--seconds", "0.5");
        Assert.StartsWith("nothing was typed", played["sentences"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reference", true)]
    [InlineData("random", false)]
    public async Task A_clip_is_looked_at_before_anything_is_trained(string controller, bool stands)
    {
        JsonNode played = await Play("--clip", "walk_forward", "--controller", controller, "--seconds", "3");
        Assert.Equal(stands, played["fell_at"] is null);
        Assert.Equal(controller, played["controller"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("--seconds 0", "--seconds 0: wanted more than 0, up to 3600")]
    [InlineData("--at 1", "--at is the moment of --screenshot FILE: name the file")]
    [InlineData("--screenshot a.png --seconds 1 --at 2", "--at 2: wanted 0 to 1, the length of the play")]
    [InlineData("--record a.avi", "--record a.avi: wanted a name that ends in .mp4")]
    [InlineData("--export a.doc", "a.doc")]
    [InlineData("--size 3x3", "--size 3x3: wanted even numbers")]
    [InlineData("--prompts /nowhere/p.csv", "/nowhere/p.csv: cannot be read")]
    [InlineData("--clip walk_forwrd", "did you mean 'walk_forward'?")]
    public async Task What_does_not_fit_together_is_said_before_anything_is_played(string options, string message)
    {
        Said said = await Terminal.Type(["play", "--headless", .. options.Split(' ')]);
        Assert.InRange(said.ExitCode, 2, 3);
        Assert.Contains(message, said.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> Play(params string[] arguments)
    {
        Said said = await Terminal.Type(["play", "--headless", "--json", "--threads", "1", .. arguments]);
        Assert.True(said.ExitCode == 0, said.Error);
        return said.Json;
    }
}
