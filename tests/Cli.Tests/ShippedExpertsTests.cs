using Motion.Policies;
using Motion.Sim.Characters;
using Motion.Sim.Configuration;
using Motion.Testing;

namespace Motion.Cli.Tests;

public class ShippedExpertsTests
{
    private static readonly string Folder = Repository.PathOf("models", "experts");

    public static TheoryData<string, string> Names()
    {
        TheoryData<string, string> names = [];
        foreach (string folder in (string[])["experts", "teachers"])
        {
            foreach (string path in Directory.EnumerateFiles(Repository.PathOf("models", folder), "*.safetensors").Order(StringComparer.Ordinal))
            {
                names.Add(folder, Path.GetFileNameWithoutExtension(path));
            }
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_a_card_with_licence_command_cost_and_figures(string folder, string name)
    {
        string path = Repository.PathOf("models", folder, name + ".safetensors");
        using Expert expert = Expert.Load(path, CharacterLibrary.Humanoid());
        ExpertCard card = expert.Card;
        Assert.Equal((name, "CMU-mocap"), (card.Clip, card.ClipLicence));
        Assert.StartsWith($"./motion train expert {name} ", card.Training.Command, StringComparison.Ordinal);
        Assert.True(card is { Training: { Samples: > 0, Seconds: > 0, Cores: > 0 }, Captions.Length: >= 3 } && card.Figures.ContainsKey("success_05"));
        Assert.Equal(folder == "teachers", card.Figures.ContainsKey("entered"));
        string beside = Path.ChangeExtension(path, ".json");
        Assert.Equal(ConfigurationText.Write(ConfigurationText.Read<ExpertCard>(File.ReadAllText(beside), beside)), ConfigurationText.Write(card));
    }

    [Fact]
    public void All_of_them_take_less_than_20_megabytes() => Assert.InRange(Directory.EnumerateFiles(Folder).Sum(path => new FileInfo(path).Length), 1, 20_000_000);

    [Fact]
    public async Task A_walk_a_run_and_a_kick_are_held_as_their_cards_say()
    {
        Said said = await Terminal.Type("evaluate", "expert", "walk_forward", "run_forward", "front_kick", "--episodes", "32", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.All(said.Json["clips"]!.AsArray(), clip =>
        {
            Assert.InRange((double)clip!["success_05"]!, 0.9, 1);
            Assert.InRange((double)clip["mpjpe_root_mm"]!, 1, 60);
        });
        Assert.Equal(3, said.Json["clips"]!.AsArray().Count);
    }
}
