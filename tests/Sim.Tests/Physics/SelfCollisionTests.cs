using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

/// <summary>A character's bodies among themselves, and the forces that contacts report.</summary>
public sealed class SelfCollisionTests
{
    [Theory]
    [EveryEngine("1", "1", true, true)]
    [EveryEngine("1", "1", false, false)]
    [EveryEngine("2", "2", true, false)]
    [EveryEngine("1", "2", true, true)]
    public void Two_limbs_stop_at_each_other_where_their_filters_let_them_meet(string engine, string type, string affinity, bool selfCollision, bool meet)
    {
        using TestWorlds worlds = new(engine, Scissors(type, affinity), TestWorlds.At(240) with { SelfCollision = selfCollision }, TestWorlds.Void);
        worlds.Place([0.8f, -0.8f]);
        worlds.Control(-5, 5);
        float closest = 2;

        worlds.Run(1, () => closest = MathF.Min(closest, worlds.Position(0) - worlds.Position(1)));

        // Rods of radius 0.05 m on hinges 0.2 m apart touch with their ends, 0.6 m out, when 0.2 + 2·0.6·sin(angle) = 0.1: at −0.083 rad each.
        if (meet)
        {
            Assert.Equal(-0.167f, closest, 0.03f);
            Assert.True(worlds.ContactForce(1).Length() > 1, $"{worlds.ContactForce(1)}");
            Assert.True((worlds.ContactForce(1) + worlds.ContactForce(2)).Length() < 1e-3f, "action and reaction differ");
        }
        else
        {
            Assert.True(closest < -1, $"nothing should have stopped them at {closest}");
            Assert.Equal(Vector3.Zero, worlds.ContactForce(1));
        }
    }

    [Theory]
    [EveryEngine]
    public void A_humanoid_s_arms_do_not_enter_its_trunk(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid() with { Gravity = Vector3.Zero };
        using TestWorlds worlds = new(engine, humanoid, new BatchOptions { Threads = 1 }, TestWorlds.Void);
        float[] controls = new float[humanoid.Actuators.Length];
        foreach ((Actuator drive, int index) in humanoid.Actuators.Select((drive, index) => (drive, index)))
        {
            // Arms down and far across the body.
            controls[index] = drive.Name switch { "right_shoulder_x" => 2.2f, "left_shoulder_x" => -2.2f, _ => 0 };
        }

        worlds.Place(PositionVector.Rest(humanoid));
        worlds.Control(controls);
        worlds.Run(2);

        foreach (string side in new[] { "left", "right" })
        {
            // Shapes of 0.042 m (hand) and 0.058 m (thigh) or 0.085 m (pelvis): their centre lines stay that far apart, less a little give.
            Vector3 hand = worlds.BodyPosition(humanoid.BodyIndex($"{side}_hand")), pelvis = worlds.BodyPosition(humanoid.BodyIndex("pelvis"));
            Assert.True(MathF.Abs(hand.Y - pelvis.Y) > 0.1f, $"the {side} hand is at {hand} and the pelvis at {pelvis}");
        }

        Assert.True(worlds.ContactForce(humanoid.BodyIndex("left_hand")).Length() + worlds.ContactForce(humanoid.BodyIndex("left_lower_arm")).Length() > 5);
    }

    [Theory]
    [EveryEngine]
    public void Only_what_touches_feels_a_contact_force(string engine)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        using TestWorlds worlds = new(engine, humanoid);
        worlds.Place(PositionVector.Rest(humanoid));
        worlds.Run(2);

        string[] feel = [.. humanoid.Bodies.Where((_, body) => worlds.ContactForce(body) != Vector3.Zero).Select(body => body.Name)];

        Assert.Equal(["right_foot", "left_foot"], feel);
        Vector3 right = worlds.ContactForce(humanoid.BodyIndex("right_foot")), left = worlds.ContactForce(humanoid.BodyIndex("left_foot"));
        Assert.Equal(right.Z, left.Z, 0.1f * right.Z);
    }

    /// <summary>Two rods on vertical hinges 0.2 m apart, each with a motor.</summary>
    private static Character Scissors(string type, string affinity) => PhysicsCharacters.Of(
        $"""
        <body name="base" pos="0 0 1">
        <inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/>
        <body name="upper" pos="0 0.1 0">
          <joint name="a" axis="0 0 1" damping="0.5"/>
          <geom type="capsule" fromto="0.1 0 0 0.6 0 0" size="0.05" mass="1" contype="{type}" conaffinity="{affinity}"/>
        </body>
        <body name="lower" pos="0 -0.1 0">
          <joint name="b" axis="0 0 1" damping="0.5"/>
          <geom type="capsule" fromto="0.1 0 0 0.6 0 0" size="0.05" mass="1" contype="1" conaffinity="1"/>
        </body>
        </body>
        """,
        PhysicsCharacters.Motor("a") + PhysicsCharacters.Motor("b"));
}
