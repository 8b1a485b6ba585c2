using System.Text.Json.Nodes;

namespace Motion.Cli.Tests;

public class ShippedGlobalTests
{
    [Fact]
    public async Task It_walks_when_it_is_told_to()
    {
        Said said = await Terminal.Type("play", "a person walks forward", "--headless", "--seconds", "4", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal("global", said.Json["controller"]!.GetValue<string>());
        Assert.Null(said.Json["fell_at"]);
    }

    [Fact]
    public async Task Its_figures_are_what_the_readme_says_of_it()
    {
        Said said = await Terminal.Type("evaluate", "global", "--transitions", "60", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.InRange((double)said.Json["no_fall"]!, 0.97, 1);
        Assert.InRange((double)said.Json["skill_train"]!, 0.85, 1);
        Assert.InRange((double)said.Json["skill_paraphrase"]!, 0.65, 1);
        Assert.InRange((double)said.Json["transition_no_fall"]!, 0.92, 1);
        Assert.InRange((double)said.Json["precision_auc"]!, 0.8, 1);
        Assert.Equal(29, said.Json["skills"]!.AsArray().Count);

        // The same policy that does not look ahead.
        JsonNode alone = Assert.Single(said.Json["baselines"]!.AsArray())!;
        Assert.InRange((double)alone["no_fall"]!, 0.85, 1);
        Assert.InRange((double)alone["transition_no_fall"]!, 0.6, (double)said.Json["transition_no_fall"]!);
    }

    [Fact]
    public async Task Every_sentence_changes_what_it_does_next()
    {
        Said said = await Terminal.Type("bench", "policy", "--sentences", "2", "--json");
        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(1, (double)said.Json["changed"]!);
        Assert.True((double)said.Json["inference_ms_p50"]! > 0 && (double)said.Json["enter_ms_p50"]! > 0);
        Assert.Equal(2, (await Terminal.Type("bench", "policy", "--sentences", "0")).ExitCode);
    }
}
