using Motion.Cli.Motions;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Sim.Clips.Catalog;

namespace Motion.Cli.Tests;

/// <summary>The shipped embedding beside the captions of the shipped clips, loaded once.</summary>
public sealed class ShippedEmbedding : IDisposable
{
    public ShippedEmbedding()
    {
        Embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        Understanding = new SentenceUnderstanding(
            Embedding, ClipCatalog.Read(MotionFolder.Shipped()).Entries.SelectMany(entry => entry.Captions.Select(caption => new KnownCaption(caption, entry.Id))));
    }

    public SentenceEmbedding Embedding { get; }

    public SentenceUnderstanding Understanding { get; }

    public void Dispose()
    {
        Understanding.Dispose();
        Embedding.Dispose();
    }
}

/// <summary>What the shipped embedding makes of sentences.</summary>
public sealed class ShippedEmbeddingTests(ShippedEmbedding shipped) : IClassFixture<ShippedEmbedding>
{
    [Theory]
    [InlineData("walk forward", "walk")]
    [InlineData("a man is strolling straight ahead", "walk")]
    [InlineData("walk backwards", "walk_backward")]
    [InlineData("somebody sprints very fast", "run")]
    [InlineData("run and turn to the left", "run_turn_left")]
    [InlineData("run and turn to the right", "run_turn_right")]
    [InlineData("wave with your right hand", "wave")]
    [InlineData("do jumping jacks", "jumping_jacks")]
    [InlineData("he throws punches like a boxer", "")]
    public void Sentences_in_other_words_are_understood(string sentence, string clip)
    {
        UnderstoodSentence answer = shipped.Understanding.Understand(sentence);
        Assert.True(answer.IsUnderstood, answer.Message);
        Assert.StartsWith(clip, answer.Nearest[0].Caption.Clip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what is the capital of france")]
    [InlineData("the quarterly revenue exceeded expectations")]
    [InlineData("asdf qwerty zxcv")]
    [InlineData("do not run")]
    [InlineData("a person does not walk")]
    [InlineData("走る人")]
    [InlineData("🕺")]
    [InlineData("")]
    public void What_asks_for_no_known_motion_is_not_understood(string sentence) => Assert.False(shipped.Understanding.Understand(sentence).IsUnderstood);

    [Fact]
    public void The_card_says_where_it_comes_from_and_what_was_measured()
    {
        EmbeddingCard card = shipped.Embedding.Card;
        Assert.Contains("./motion train embedding", card.Command, StringComparison.Ordinal);
        Assert.NotEmpty(card.Licences);
        Assert.Equal("humanoid", card.Character);
        // Better than one in four by a wide margin, on sentences that were kept back.
        Assert.InRange(card.Figures["paraphrase_four_way"], 0.6, 1);
    }
}
