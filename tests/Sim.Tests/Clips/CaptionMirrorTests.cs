using FsCheck;
using FsCheck.Fluent;
using Motion.Sim.Clips;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips;

public sealed class CaptionMirrorTests
{
    [Theory]
    [InlineData("a person turns left.", "a person turns right.")]
    [InlineData("kicks with the right foot, then the left", "kicks with the left foot, then the right")]
    [InlineData("Left hand up, RIGHT hand down", "Right hand up, LEFT hand down")]
    [InlineData("from left-to-right", "from right-to-left")]
    [InlineData("left/right", "right/left")]
    [InlineData("a left-handed throw, drifting rightwards", "a right-handed throw, drifting leftwards")]
    [InlineData("walks in a clockwise circle", "walks in a counterclockwise circle")]
    [InlineData("Counterclockwise, then counter-clockwise, then counter clockwise", "Clockwise, then clockwise, then clockwise")]
    [InlineData("turns anti-clockwise then clock-wise", "turns clockwise then counterclockwise")]
    [InlineData("his left's", "his right's")]
    [InlineData("leftmost lefts", "rightmost rights")]
    public void Sides_change_places(string caption, string mirrored)
    {
        Assert.Equal(mirrored, CaptionMirror.Mirror(caption));
        Assert.True(CaptionMirror.IsSided(caption));
    }

    [Theory]
    [InlineData("stands upright, bright and aright")]
    [InlineData("leftover cleft")]
    [InlineData("stops right away, all right, right now")]
    [InlineData("a right angle, a right-angle turn")]
    [InlineData("looks at the clock")]
    [InlineData("")]
    public void Words_that_only_look_like_sides_stay(string caption)
    {
        Assert.Equal(caption, CaptionMirror.Mirror(caption));
        Assert.False(CaptionMirror.IsSided(caption));
    }

    [Fact]
    public void Mirroring_twice_gives_the_caption_back()
    {
        string[] words = ["left", "Right", "LEFT", "clockwise", "Counterclockwise", "walks", "upright", "leftwards", "right-handed", ",", "then", "é", "all", "now"];
        Arbitrary<string[]> captions = Gen.ArrayOf(Gen.Elements(words)).ToArbitrary();
        Prop.ForAll(captions, chosen =>
        {
            string caption = string.Join(' ', chosen);
            return CaptionMirror.Mirror(CaptionMirror.Mirror(caption)) == caption;
        }).Holds();
    }
}
