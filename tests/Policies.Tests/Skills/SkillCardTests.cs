using System.Text.Json;
using Motion.Policies.Skills;
using Motion.Testing;

namespace Motion.Policies.Tests.Skills;

public class SkillCardTests
{
    [Fact]
    public void What_a_skill_looks_like_comes_back_from_the_card_to_sixteen_bits()
    {
        using TempFolder folder = new();
        string file = folder.PathOf("policy.safetensors");
        using SkillPolicy policy = SkillPolicy.Create(ToyPolicy.Card() with { Skills = [new Skill("walk", ["a person walks"]) { Motion = [0.1f, -0.25f, 3e-4f] }, new Skill("jump", ["jump"])] }, seed: 1);
        policy.Save(file);
        SkillCard card = SkillPolicy.ReadCard(file);
        Assert.All(card.Skills[0].Motion.Zip([0.1f, -0.25f, 3e-4f]), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.Empty(card.Skills[1].Motion);
        Assert.Equal("walk", card.Skills[0].Clip);
    }

    [Theory]
    [InlineData("\"base 64?\"")]
    [InlineData("\"AAAA\"")]
    [InlineData("[1, 2]")]
    public void Latents_of_another_form_are_refused(string written) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Skill>($"{{\"Clip\":\"walk\",\"Captions\":[],\"Motion\":{written}}}"));
}
