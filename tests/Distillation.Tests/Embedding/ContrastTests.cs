using Motion.Distillation.Embedding;

namespace Motion.Distillation.Tests.Embedding;

public class ContrastTests
{
    [Theory]
    [InlineData(ContrastKind.LeftRight, "a person turns left", "a person turns right")]
    [InlineData(ContrastKind.LeftRight, "a man walks clockwise", "a man walks counterclockwise")]
    [InlineData(ContrastKind.FastSlow, "a person walks slowly forward", "a person walks quickly forward")]
    [InlineData(ContrastKind.FastSlow, "someone runs fast", "someone runs slow")]
    [InlineData(ContrastKind.Number, "a person jumps twice", "a person jumps three times")]
    [InlineData(ContrastKind.Number, "a person takes two steps", "a person takes three steps")]
    [InlineData(ContrastKind.Negation, "a person runs forward", "a person does not run forward")]
    [InlineData(ContrastKind.Negation, "the man slowly crouches", "the man slowly does not crouch")]
    [InlineData(ContrastKind.Negation, "a person is jumping", "a person is not jumping")]
    [InlineData(ContrastKind.Negation, "a figure carries something", "a figure does not carry something")]
    public void A_caption_s_contrast_differs_in_one_thing(ContrastKind kind, string caption, string contrast) => Assert.Equal(contrast, Contrast.Of(kind, caption));

    [Theory]
    [InlineData(ContrastKind.LeftRight, "a person walks right away")]
    [InlineData(ContrastKind.FastSlow, "a person walks")]
    [InlineData(ContrastKind.Number, "with one hand")]
    [InlineData(ContrastKind.Negation, "jumping jacks")]
    public void A_caption_that_says_nothing_of_a_kind_has_no_contrast(ContrastKind kind, string caption) => Assert.Null(Contrast.Of(kind, caption));

    [Fact]
    public void Another_choice_is_another_number_and_never_the_same()
    {
        string[] others = [.. Enumerable.Range(0, 10).Select(choice => Contrast.Of(ContrastKind.Number, "two steps", choice)!)];
        Assert.DoesNotContain("two steps", others);
        Assert.Equal(5, others.Distinct().Count());
    }

    [Theory]
    [InlineData("a person walks forward", "walk forward")]
    [InlineData("the man kicks, then stops", "kick, then stops")]
    [InlineData("someone reaches up", "reach up")]
    public void Captions_can_be_said_as_commands(string caption, string command) => Assert.Equal(command, Contrast.Command(caption));

    [Theory]
    [InlineData("a man turns LEFT twice", "left twice")]
    [InlineData("a person walks", "")]
    public void Words_that_tell_captions_apart_are_found(string caption, string telling) => Assert.Equal(telling, CaptionWords.Telling(caption));

    [Fact]
    public void What_begins_otherwise_is_no_command() => Assert.Null(Contrast.Command("walking forward"));
}
