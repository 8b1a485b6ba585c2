using FsCheck.Fluent;
using Motion.Testing;
using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

public class PromptTests
{
    [Fact]
    public void Blocks_stay_in_the_order_of_their_times_when_they_are_dragged()
    {
        PromptTimeline timeline = new PromptTimeline().With(0, "walk", out Prompt walk).With(3, "run").With(5, "jump");
        timeline = timeline.Moved(walk.Id, 4);
        Assert.Equal(["run", "walk", "jump"], timeline.Prompts.Select(prompt => prompt.Sentence));
        Assert.Equal(0, timeline.Moved(walk.Id, -2).Prompts[0].Seconds);
        Assert.Equal(["run", "jump"], timeline.Without(walk.Id).Prompts.Select(prompt => prompt.Sentence));
        Assert.Equal(["run", "bow", "jump"], timeline.Retyped(walk.Id, "bow").Prompts.Select(prompt => prompt.Sentence));
    }

    [Fact]
    public void A_file_has_times_and_sentences_with_commas_quotes_and_remarks()
    {
        PromptTimeline timeline = PromptFile.Parse("time,sentence\r\n# a remark\n\n2.5,walk, then stop\n0,\"say \"\"hi\"\"\"\n", "p.csv");
        Assert.Equal([(0, "say \"hi\""), (2.5, "walk, then stop")], timeline.Prompts.Select(prompt => (prompt.Seconds, prompt.Sentence)));
    }

    [Theory]
    [InlineData("walk", "p.csv:1:1: wanted 'time,sentence', found no comma in 'walk'")]
    [InlineData("0,a\nsoon,walk", "p.csv:2:1: wanted a time in seconds, 0 or more, found 'soon'")]
    [InlineData("-1,walk", "p.csv:1:1: wanted a time in seconds, 0 or more, found '-1'")]
    [InlineData("1,", "p.csv:1:3: wanted a sentence after the comma, found nothing")]
    [InlineData("1,\"walk", "p.csv:1:3: the quote that begins the sentence does not end at the end of the line")]
    [InlineData("time,sentence", "p.csv: there is no line 'time,sentence' in it, such as '2.5,a person waves'")]
    public void A_wrong_file_says_where_and_what(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => PromptFile.Parse(text, "p.csv")).Message);

    [Fact]
    public void A_missing_file_is_named()
    {
        InputException problem = Assert.Throws<InputException>(() => PromptFile.Read("/nowhere/p.csv"));
        Assert.StartsWith("/nowhere/p.csv: cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again() => Prop.ForAll(
        (from sentences in Gen.Elements("walk", "\"quoted\" word", "a, b", "says \"no\"", "héllo", "#not a remark").NonEmptyListOf()
         from times in Gen.Choose(0, 100_000).ListOf(sentences.Count)
         select (sentences, times)).ToArbitrary(),
        given =>
        {
            PromptTimeline timeline = given.sentences.Zip(given.times).Aggregate(new PromptTimeline(), (all, next) => all.With(next.Second / 1000.0, next.First));
            PromptTimeline again = PromptFile.Parse(PromptFile.Format(timeline), "p.csv");
            Assert.Equal(timeline.Prompts.Select(prompt => (prompt.Seconds, prompt.Sentence)), again.Prompts.Select(prompt => (prompt.Seconds, prompt.Sentence)));
        }).Holds();

    [Fact]
    public void The_up_key_goes_through_the_history_and_down_comes_back_to_the_draft()
    {
        SentenceHistory history = new();
        history.Add("walk");
        history.Add("run");
        history.Add("run");
        Assert.Equal("run", history.Up("ju"));
        Assert.Equal("walk", history.Up("run"));
        Assert.Equal("walk", history.Up("walk"));
        Assert.Equal("run", history.Down("walk"));
        Assert.Equal("ju", history.Down("run"));
        Assert.Equal("ju", history.Down("ju"));
    }

    [Fact]
    public void Suggestions_begin_with_what_is_typed_and_then_hold_its_words_in_any_order()
    {
        string[] captions = ["a person walks forward slowly", "walks like a zombie", "a person walks", "someone runs", "person walks forward"];
        Assert.Equal(["a person walks forward slowly"], CaptionSuggestions.For("slow per", captions));
        Assert.Equal(["a person walks", "a person walks forward slowly"], CaptionSuggestions.For("A person wa", captions));
        Assert.Equal(["person walks forward", "a person walks", "a person walks forward slowly"], CaptionSuggestions.For("person walks", captions));
        Assert.Empty(CaptionSuggestions.For("  ", captions));
        Assert.Empty(CaptionSuggestions.For("🦘", captions));
    }
}
