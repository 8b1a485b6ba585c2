using System.Collections.Immutable;
using System.Numerics;
using FsCheck.Fluent;
using Motion.Testing;
using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

public class GroundWordsTests
{
    [Fact]
    public void Points_are_said_in_centimetres() => Assert.Equal(
        ("go to 2.1,-0.4", "follow 0,0; 1.25,-3; 4,0.1"),
        (GroundWords.For([new(2.1f, -0.4f)]), GroundWords.For([new(0, 0), new(1.25f, -3), new(4, 0.1f)])));

    [Fact]
    public void What_is_said_is_read_back() => Prop.ForAll(
        Gen.Choose(-200_000, 200_000).Two().ArrayOf(5).ToArbitrary(),
        centimetres =>
        {
            Vector2[] points = [.. centimetres.Select(place => new Vector2(place.Item1, place.Item2) / 100)];
            foreach (Vector2[] some in new[] { points[..1], points[..2], points })
            {
                Assert.True(GroundWords.TryRead(GroundWords.For(some), out ImmutableArray<Vector2> read));
                Assert.Equal(some.Length, read.Length);
                Assert.All(some.Zip(read), pair => Assert.InRange(Vector2.Distance(pair.First, pair.Second), 0, 1e-3f));
            }
        }).Holds(100);

    [Theory]
    [InlineData(" Go To  1, 2 ", 1)]
    [InlineData("FOLLOW 1,2;3,4", 2)]
    [InlineData("go to 1,2; 3,4", 0)]
    [InlineData("follow 1,2", 0)]
    [InlineData("go to 1", 0)]
    [InlineData("go to 1,2,3", 0)]
    [InlineData("go to 1,x", 0)]
    [InlineData("go to 1,1e9", 0)]
    [InlineData("go to 20000,0", 0)]
    [InlineData("go to the door", 0)]
    [InlineData("follow ;;;", 0)]
    [InlineData("a person goes to 1,2", 0)]
    [InlineData("", 0)]
    public void Only_places_are_read(string sentence, int points)
    {
        Assert.Equal(points > 0, GroundWords.TryRead(sentence, out ImmutableArray<Vector2> read));
        Assert.Equal(points, read.Length);
    }

    [Fact]
    public void A_path_of_too_many_points_is_none() =>
        Assert.False(GroundWords.TryRead($"follow {string.Join(';', Enumerable.Repeat("1,2", GroundWords.MostPoints + 1))}", out _));
}
