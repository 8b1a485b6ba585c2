using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class BatchOptionsTests
{
    public static TheoryData<string, BatchOptions, string> Wrong => new()
    {
        { "wide", new BatchOptions { WorldCount = 0 }, "WorldCount is 0; allowed is 1 to 1048576" },
        { "wide", new BatchOptions { PhysicsRate = 20, ControlRate = 20 }, "PhysicsRate is 20; allowed is 30 to 100000" },
        { "wide", new BatchOptions { ControlRate = 50 }, "ControlRate is 50; allowed is a divisor of PhysicsRate (120)" },
        { "wide", new BatchOptions { ControlRate = 0 }, "ControlRate is 0; allowed is a divisor of PhysicsRate (120)" },
        { "wide", new BatchOptions { SolverIterations = 0 }, "SolverIterations is 0; allowed is 1 to 1000" },
        { "wide", new BatchOptions { Threads = -1 }, "Threads is -1; allowed is 0 to 1024" },
        { "wide", new BatchOptions { Lanes = 3 }, "Lanes is 3; allowed is 0, 1, 4, 8 or 16" },
        { "wide", new BatchOptions { HistoryLength = -2 }, "HistoryLength is -2; allowed is 0 to 1024" },
        { "wide", new BatchOptions { HistoryLength = 0, DumpFolder = "failures" }, "HistoryLength is 0; allowed is 1 or more where DumpFolder is given" },
        { "wide", new BatchOptions { MaximumSpeed = float.NaN }, "MaximumSpeed is NaN; allowed is more than 0" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_option_is_named_with_what_is_allowed(string engine, BatchOptions options, string message)
    {
        MotionException problem = Assert.Throws<MotionException>(() => Engines.Named(engine).CreateBatch(new Scene { Character = PhysicsCharacters.Ball() }, options));

        Assert.Equal(ExitCode.BadConfiguration, problem.ExitCode);
        Assert.Equal(message, problem.Message);
    }

    [Theory]
    [EveryEngine]
    public void More_than_eight_props_are_too_many(string engine)
    {
        Prop ball = new("ball", ShapeKind.Sphere, new Vector3(0.1f, 0, 0), 1);
        Scene scene = new() { Character = PhysicsCharacters.Ball(), Props = [.. Enumerable.Repeat(ball, 9)] };

        MotionException problem = Assert.Throws<MotionException>(() => Engines.Named(engine).CreateBatch(scene, new BatchOptions()));

        Assert.Equal("a scene has 9 props; at most 8 are allowed", problem.Message);
    }

    [Theory]
    [EveryEngine(ShapeKind.Sphere, 0f, 0.1f, "prop 'thing' has mass 0 and size <0.1, 0.1, 0>; both must be more than 0")]
    [EveryEngine(ShapeKind.Box, 1f, 0.1f, "prop 'thing' has mass 1 and size <0.1, 0.1, 0>; both must be more than 0")]
    [EveryEngine(ShapeKind.Capsule, 1f, 0f, "prop 'thing' has mass 1 and size <0.1, 0, 0>; both must be more than 0")]
    [EveryEngine(ShapeKind.Plane, 1f, 0.1f, "prop 'thing' is a Plane; allowed are spheres, capsules and boxes")]
    public void A_prop_without_mass_or_extent_is_refused(string engine, ShapeKind kind, float mass, float second, string message)
    {
        Scene scene = new() { Character = PhysicsCharacters.Ball(), Props = [new Prop("thing", kind, new Vector3(0.1f, second, 0), mass)] };

        Assert.Equal(message, Assert.Throws<MotionException>(() => Engines.Named(engine).CreateBatch(scene, new BatchOptions())).Message);
    }

    [Theory]
    [EveryEngine]
    public void Spans_of_the_wrong_length_and_worlds_that_are_not_there_are_refused(string engine)
    {
        Character character = PhysicsCharacters.Wheel(PhysicsCharacters.Motor("axle"));
        using TestWorlds worlds = new(engine, character, new BatchOptions { WorldCount = 2, Threads = 1 });
        IWorldBatch batch = worlds.Batch;

        Assert.Contains("3 controls were given; 1 for each of 2 worlds are 2", Assert.Throws<ArgumentException>(() => batch.SetControls([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => batch.Reset([0], [0, 0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Reset([2], [0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Save(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.SetExternalForce(0, 1, default, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.PlaceProp(0, 0, default, default));
    }
}
