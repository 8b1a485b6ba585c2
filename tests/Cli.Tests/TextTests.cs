using System.Text.Json.Nodes;
using Motion.Sim.Clips.Catalog;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class TextTests : IDisposable
{
    private static readonly string[] Ids = ["walk_forward", "jump_up", "run_turn_left", "run_turn_right"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_embedding_is_trained_measured_and_asked()
    {
        string clips = Clips();
        Said trained = await Terminal.Type("train", "embedding", "--profile", "smoke", "--motions", clips, "--out", _folder.PathOf("run"), "--publish", _folder.PathOf("models"), "--json");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Equal(4, (int)trained.Json["clips"]!);
        string model = (string)trained.Json["model"]!;
        Assert.True(File.Exists(model) && File.Exists(Path.ChangeExtension(model, ".json")) && File.Exists(_folder.PathOf("run", "metrics.csv")));

        string queries = _folder.Write("queries.csv", "sentence,clip\n\"run, then turn left\",run_turn_left\nhop,jump_up\n");
        Said measured = await Terminal.Type("evaluate", "text", "--model", model, "--motions", clips, "--queries", queries, "--say", "walk forward", "--say", "", "--say", "走る人", "--json");
        Assert.True(measured.ExitCode == 0, measured.Error);
        foreach (string split in new[] { "train", "file" })
        {
            JsonObject score = measured.Json[split]!.AsObject();
            Assert.All(new[] { "r1", "r3", "r5", "four_way" }, key => Assert.InRange((double)score[key]!, 0, 1));
            Assert.InRange((double)score["median_rank"]!, 1, 4);
            Assert.Equal(4, (int)score["candidates"]!);
            Assert.InRange((double)score["clip_to_sentence"]!["r1"]!, 0, 1);
        }

        Assert.Equal(2, (int)measured.Json["file"]!["queries"]!);
        Assert.Equal(["left_right", "fast_slow", "number", "negation"], measured.Json["contrasts"]!.AsObject().Select(pair => pair.Key));
        JsonArray said = measured.Json["sentences"]!.AsArray();
        Assert.NotEmpty(said[0]!["nearest"]!.AsArray());
        Assert.Contains("nothing was typed", (string)said[1]!["message"]!, StringComparison.Ordinal);
        Assert.False((bool)said[2]!["understood"]!);
    }

    [Fact]
    public async Task A_query_about_an_absent_clip_names_its_line()
    {
        string model = await Model();
        Said said = await Terminal.Type("evaluate", "text", "--model", model, "--motions", Clips(), "--queries", _folder.Write("queries.csv", "sentence,clip\nhop,jump_upp\n"));
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("queries.csv:2:1: there is no clip 'jump_upp' among the 4 given; did you mean 'jump_up'?", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_not_there_or_of_something_else_are_named()
    {
        Said absent = await Terminal.Type("train", "embedding", "--profile", "smoke", "--motions", Clips(), "--out", _folder.PathOf("run"), "--text-weights", _folder.PathOf("none.safetensors"));
        Assert.Equal(2, absent.ExitCode);
        Assert.Contains("none.safetensors: cannot be read as text weights", absent.Error, StringComparison.Ordinal);
        Said foreign = await Terminal.Type("evaluate", "text", "--model", _folder.Write("model.safetensors", "not one"));
        Assert.Equal(2, foreign.ExitCode);
        Assert.Contains("model.safetensors: cannot be read as an embedding", foreign.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_catalogue_is_named()
    {
        Said said = await Terminal.Type("train", "embedding", "--profile", "smoke", "--motions", _folder.Root, "--out", _folder.PathOf("run"));
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("holds no clips.json", said.Error, StringComparison.Ordinal);
    }

    private async Task<string> Model()
    {
        Said trained = await Terminal.Type("train", "embedding", "--profile", "smoke", "--set", "text_steps=0", "--set", "motion_steps=1", "--motions", Clips(), "--out", _folder.PathOf("run"), "--json");
        Assert.True(trained.ExitCode == 0, trained.Error);
        return (string)trained.Json["model"]!;
    }

    private string Clips()
    {
        ClipCatalog shipped = ClipCatalog.Read(Repository.PathOf("motions"));
        string folder = Directory.CreateDirectory(_folder.PathOf("clips")).FullName;
        CatalogEntry[] entries = [.. Ids.Select(shipped.Find)];
        foreach (CatalogEntry entry in entries)
        {
            File.Copy(Path.Combine(shipped.Folder, entry.File), Path.Combine(folder, entry.File), overwrite: true);
        }

        (shipped with { Folder = folder, Entries = [.. entries] }).Write();
        return folder;
    }
}
