using FsCheck.Fluent;
using Motion.Testing;

namespace Motion.Architecture.Tests;

/// <summary>A suite that was green stays green: properties are checked on the same values in every run.</summary>
public class PropertiesTests
{
    [Fact]
    public void Every_property_is_checked_by_way_of_one_seed() => Rule.Holds(
        $"end it with .{nameof(Properties.Holds)}()",
        Source.Files("tests", "*.cs").Select(Source.Relative)
            .Where(file => file is not ("tests/Testing/Properties.cs" or "tests/Architecture.Tests/PropertiesTests.cs"))
            .Where(file => File.ReadAllText(Repository.PathOf(file)) is var text && new[] { "QuickCheck", "QuickThrow", "VerboseCheck", "Check.One(", "[Property" }.Any(text.Contains)));

    [Fact]
    public void Two_runs_see_the_same_values()
    {
        List<int>[] seen = [[], []];
        foreach (List<int> run in seen)
        {
            Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), value =>
            {
                run.Add(value);
                return true;
            }).Holds(50);
        }

        Assert.Equal(50, seen[0].Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.True(seen[0].Distinct().Count() > 40);
    }

    [Fact]
    public void A_seed_is_a_number_or_drawn_afresh()
    {
        Assert.Equal(Properties.Seed(null), Properties.Seed(""));
        Assert.Equal(17UL, Properties.Seed("17"));
        Assert.NotEqual(Properties.Seed("random"), Properties.Seed("random"));
        Assert.Throws<FormatException>(() => Properties.Seed("seventeen"));
    }
}
