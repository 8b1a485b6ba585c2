using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

public class CollisionPairsTests
{
    [Fact]
    public void Bodies_and_their_parents_never_meet_and_welded_bodies_count_as_one()
    {
        // a ─ b ─ (weld) c ─ d, one shape each. b and c are one; a is the parent of both, and both are parents of d.
        Character character = Parse(
            """
            <body name="a"><freejoint/><geom name="a" size="1"/>
              <body name="b"><joint/><geom name="b" size="1"/>
                <body name="c"><geom name="c" size="1"/>
                  <body name="d"><joint/><geom name="d" size="1"/></body>
                </body>
              </body>
            </body>
            """);
        Assert.Equal([("a", "d")], Names(character));
    }

    [Fact]
    public void Excluded_bodies_never_meet_in_either_order()
    {
        const string bodies = """
            <body name="a"><freejoint/><geom name="a" size="1"/>
              <body name="b"><joint/><geom name="b" size="1"/></body>
              <body name="c"><joint/><geom name="c" size="1"/></body>
            </body>
            """;
        Assert.Equal([("b", "c")], Names(Parse(bodies)));
        Assert.Empty(Names(Parse(bodies, "<contact><exclude body1=\"c\" body2=\"b\"/></contact>")));
    }

    [Fact]
    public void Shapes_meet_when_one_type_shares_a_bit_with_the_other_affinity()
    {
        Character character = Parse(
            """
            <geom name="floor" type="plane" size="1 1 1" contype="4" conaffinity="0"/>
            <body name="a"><freejoint/><geom name="a" size="1" contype="1" conaffinity="4"/>
              <body name="b"><joint/><geom name="b" size="1" contype="0" conaffinity="2"/></body>
              <body name="c"><joint/><geom name="c" size="1" contype="2" conaffinity="0"/></body>
              <body name="d"><joint/><geom name="d" size="1" contype="1" conaffinity="1"/></body>
            </body>
            """);
        Assert.Equal([("b", "c")], Names(character));
        Assert.Equal(["a"], CollisionPairs.WithWorld(character).Select(pair => character.Shapes[pair.First].Name));
    }

    [Theory]
    [InlineData(0.5f, false, 0, 0.9f, false, 0, 0.9f)]
    [InlineData(0.5f, true, 0, 0.9f, false, 0, 0.9f)]
    [InlineData(0.5f, true, 0, 0.9f, true, 0, 0)]
    [InlineData(0.5f, false, 1, 0.9f, false, 0, 0.5f)]
    [InlineData(0.5f, true, 1, 0.9f, false, 0, 0)]
    [InlineData(0.5f, true, 0, 0.9f, false, 2, 0.9f)]
    public void Friction_is_the_larger_or_that_of_the_higher_priority(
        float friction, bool slips, int priority, float otherFriction, bool otherSlips, int otherPriority, float expected)
    {
        Shape one = Sphere with { Friction = friction, Frictionless = slips, Priority = priority };
        Shape other = Sphere with { Friction = otherFriction, Frictionless = otherSlips, Priority = otherPriority };
        Assert.Equal(expected, CollisionPairs.Friction(one, other));
        Assert.Equal(expected, CollisionPairs.Friction(other, one));
    }

    private static Shape Sphere { get; } = new() { Name = "", Body = 0, Kind = ShapeKind.Sphere, Size = System.Numerics.Vector3.One };

    private static Character Parse(string world, string more = "") =>
        CharacterReader.Parse($"<mujoco><worldbody>{world}</worldbody>{more}</mujoco>", "pairs");

    private static IEnumerable<(string, string)> Names(Character character) =>
        CollisionPairs.Among(character).Select(pair => (character.Shapes[pair.First].Name, character.Shapes[pair.Second].Name));
}
