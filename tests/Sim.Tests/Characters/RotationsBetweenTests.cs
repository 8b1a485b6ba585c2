using System.Numerics;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

public sealed class RotationsBetweenTests
{
    [Fact]
    public void Any_direction_is_turned_into_any_other()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            Random random = new(seed);
            Vector3 Direction() => new(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
            Vector3 from = Direction();
            // A third nearly opposite, where the axis is all but lost.
            Vector3 to = random.Next(3) == 0 ? -from + (1e-3f * random.NextSingle() * Direction()) : Direction();

            Vector3 turned = Vector3.Transform(from / from.Length(), Rotations.Between(from, to));

            Assert.True(Vector3.Distance(turned, to / to.Length()) < 1e-5f, $"{from} became {turned}, not along {to}");
        }).Holds();
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Opposite_directions_are_half_a_turn_apart(float x, float y, float z)
    {
        Vector3 from = new(x, y, z);

        Assert.True(Vector3.Distance(-from, Vector3.Transform(from, Rotations.Between(from, -from))) < 1e-6f);
    }
}
