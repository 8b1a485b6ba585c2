using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>Free bodies besides the character.</summary>
public sealed class PropTests
{
    private static readonly Prop Ball = new("ball", ShapeKind.Sphere, new Vector3(0.1f, 0, 0), 1);

    [Theory]
    [EveryEngine]
    public void A_ball_that_hits_another_gives_it_what_momentum_it_loses(string engine)
    {
        Character target = PhysicsCharacters.Ball() with { Gravity = Vector3.Zero };
        using TestWorlds worlds = new(engine, target, TestWorlds.At(240), TestWorlds.Void, Ball with { Friction = 0 });
        worlds.Place([0, 0, 0, 1, 0, 0, 0]);
        worlds.Batch.PlaceProp(0, 0, new Vector3(-1, 0, 0), new Vector3(3, 0, 0));

        worlds.Run(1);

        // 1 kg at 3 m/s into 2 kg at rest, without bounce: both go on at 1 m/s.
        Assert.Equal(1, worlds.BodyVelocity(0).X, 1e-3f);
        Assert.Equal(1, worlds.BodyVelocity(1).X, 1e-3f);
        Assert.Equal(0.2f, worlds.BodyPosition(0).X - worlds.BodyPosition(1).X, 0.01f);
    }

    [Theory]
    [EveryEngine]
    public void A_ball_thrown_at_a_humanoid_pushes_it_back(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        using TestWorlds worlds = new(engine, humanoid, TestWorlds.At(120) with { WorldCount = 2 }, new Terrain(), Ball with { Mass = 5 });
        worlds.Place(PositionVector.Rest(humanoid), null, 0);
        worlds.Place(PositionVector.Rest(humanoid), null, 1);
        worlds.Batch.PlaceProp(1, 0, new Vector3(1.5f, 0, 1.2f), new Vector3(-8, 0, 1));
        int head = humanoid.BodyIndex("head");
        Vector3 force = Vector3.Zero;

        worlds.Run(0.5, () => force += worlds.ContactForce(humanoid.Bodies.Length, 1));

        // The world without a ball still stands; the one hit in the chest leans back, and the ball was pushed toward +X.
        Assert.Equal(0, worlds.BodyPosition(head, 0).X, 0.03f);
        Assert.True(worlds.BodyPosition(head, 1).X < -0.1f, $"the head is at {worlds.BodyPosition(head, 1)}");
        Assert.True(force.X > 10, $"the ball felt {force}");
    }

    [Theory]
    [EveryEngine]
    public void A_prop_that_was_not_placed_takes_no_part(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        using TestWorlds without = new(engine, humanoid), with = new(engine, humanoid, null, null, Ball, Ball with { Name = "box", Kind = ShapeKind.Box, Size = new(0.1f, 0.2f, 0.1f) });
        foreach (TestWorlds worlds in new[] { without, with })
        {
            worlds.Place(PositionVector.Rest(humanoid));
            worlds.Run(1);
        }

        Assert.Equal(without.Positions(), with.Positions()[..humanoid.PositionCount]);
        Assert.Equal(with.BodyVelocity(humanoid.Bodies.Length), Vector3.Zero);
        Assert.Equal(with.BodyVelocity(humanoid.Bodies.Length + 1), Vector3.Zero);
    }

    [Theory]
    [EveryEngine]
    public void Props_of_every_shape_rest_on_the_ground_and_on_each_other(string engine)
    {
        Prop crate = new("crate", ShapeKind.Box, new Vector3(0.3f, 0.3f, 0.2f), 4), log = new("log", ShapeKind.Capsule, new Vector3(0.1f, 0.3f, 0), 2);
        using TestWorlds worlds = new(engine, PhysicsCharacters.Ball(), TestWorlds.At(120), new Terrain(), crate, Ball, log);
        worlds.Place([-3, 0, 0.1f, 1, 0, 0, 0]);
        worlds.Batch.PlaceProp(0, 0, new Vector3(0, 0, 0.25f), Vector3.Zero);
        worlds.Batch.PlaceProp(0, 1, new Vector3(0, 0, 0.6f), Vector3.Zero);
        worlds.Batch.PlaceProp(0, 2, new Vector3(2, 0, 0.5f), Vector3.Zero);

        worlds.Run(2);

        // The ball lies on the crate, 0.4 + 0.1 m up; the log stands on its end, 0.3 + 0.1 m. The crate bears both its own weight and the ball's.
        Assert.Equal(0.2f, worlds.BodyPosition(1).Z, 3e-3f);
        Assert.Equal(0.5f, worlds.BodyPosition(2).Z, 5e-3f);
        Assert.Equal(0.4f, worlds.BodyPosition(3).Z, 3e-3f);
        Assert.Equal(9.81f, worlds.ContactForce(2).Z, 0.1f);
        Assert.Equal(4 * 9.81f, worlds.ContactForce(1).Z, 0.4f);
    }
}
