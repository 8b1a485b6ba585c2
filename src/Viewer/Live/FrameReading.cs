using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Viewer.Live;

/// <summary>Reads what is to be seen of a world.</summary>
internal sealed class FrameReading(LiveWorld world)
{
    /// <summary>The world's part of a frame; the session fills in the rest.</summary>
    public LiveFrame Read()
    {
        ImmutableArray<Body> bodies = world.Character.Bodies;
        ReadOnlySpan<float> forces = world.Batch.ContactForces, speeds = world.Batch.BodyLinearVelocities, spins = world.Batch.BodyAngularVelocities;
        Vector3[] places = new Vector3[bodies.Length], pressed = new Vector3[bodies.Length];
        Quaternion[] rotations = new Quaternion[bodies.Length];
        Vector3 weighted = default, momentum = default;
        for (int body = 0; body < bodies.Length; body++)
        {
            places[body] = world.PlaceOf(body);
            rotations[body] = world.RotationOf(body);
            pressed[body] = LiveWorld.At(forces, body);
            Vector3 arm = Vector3.Transform(bodies[body].CenterOfMass, rotations[body]);
            weighted += bodies[body].Mass * (places[body] + arm);
            momentum += bodies[body].Mass * (LiveWorld.At(speeds, body) + Vector3.Cross(LiveWorld.At(spins, body), arm));
        }

        float mass = world.Character.TotalMass;
        return new LiveFrame
        {
            Step = 0,
            Seconds = 0,
            Positions = world.Batch.Positions[..world.Character.PositionCount].ToArray(),
            Places = places,
            Rotations = rotations,
            ContactForces = pressed,
            CentreOfMass = weighted / mass,
            Speed = new Vector2(momentum.X, momentum.Y).Length() / mass,
            Balls = world.Balls(),
            Driver = "",
            Doing = "",
            Timeline = new PromptTimeline(),
        };
    }
}
