using Motion.Sim.Characters;
using Motion.Sim.Tests.Characters;

namespace Motion.Sim.Tests.Physics;

public sealed class PendulumTests
{
    [Theory]
    [EveryEngine(0.05)]
    [EveryEngine(1.5707963)]
    [EveryEngine(2.8)]
    public void A_pendulum_swings_with_the_period_of_theory(string engine, double amplitude)
    {
        using TestWorlds worlds = new(engine, TestCharacters.Read("pendulum"), TestWorlds.At(120));
        worlds.Place([(float)amplitude]);

        // T = 4·√(I/(m·g·l))·K(sin(amplitude/2)), and K = π/(2·agm(1, cos(amplitude/2))): for a right angle 1.180 of the small swing's.
        double small = 2 * Math.PI * Math.Sqrt((1 + 1e-6) / 9.81);
        double expected = small / ArithmeticGeometricMean(1, Math.Cos(amplitude / 2));
        Assert.Equal(expected, MeanPeriod(worlds, swings: 4), 2e-3 * expected);
    }

    [Theory]
    [EveryEngine]
    public void A_double_swing_keeps_its_energy(string engine)
    {
        Character character = PhysicsCharacters.Of("""
            <body name="upper" pos="0 0 3">
              <joint axis="0 1 0"/>
              <geom type="capsule" fromto="0 0 0 0 0 -0.5" size="0.04" mass="2" contype="0" conaffinity="0"/>
              <body name="lower" pos="0 0 -0.5">
                <joint axis="0 1 0"/>
                <geom type="capsule" fromto="0 0 0 0 0 -0.5" size="0.03" mass="1" contype="0" conaffinity="0"/>
              </body>
            </body>
            """);
        using TestWorlds worlds = new(engine, character, TestWorlds.At(1000));
        worlds.Place([1, 0.5f]);
        MechanicalState start = MechanicalState.Of(worlds);
        double lowest = start.Energy, highest = start.Energy;

        worlds.Run(2, () =>
        {
            double energy = MechanicalState.Of(worlds).Energy;
            (lowest, highest) = (Math.Min(lowest, energy), Math.Max(highest, energy));
        });

        // The swing turns some 5 J to and fro; the error of a symplectic step stays small and does not grow.
        Assert.True(highest - lowest < 0.1, $"the energy wandered between {lowest} and {highest} J");
    }

    private static double MeanPeriod(TestWorlds worlds, int swings)
    {
        List<double> crossings = [];
        double last = worlds.Position(0);
        for (int step = 1; crossings.Count <= swings; step++)
        {
            worlds.Batch.Step();
            double now = worlds.Position(0);
            if (last < 0 && now >= 0)
            {
                crossings.Add((step - (now / (now - last))) * worlds.ControlSeconds);
            }

            last = now;
        }

        return (crossings[^1] - crossings[0]) / swings;
    }

    private static double ArithmeticGeometricMean(double a, double b)
    {
        while (Math.Abs(a - b) > 1e-14)
        {
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        }

        return a;
    }
}
