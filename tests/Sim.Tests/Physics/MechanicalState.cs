using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Physics;

/// <summary>Momentum and energy of a world's character, summed over its bodies as they are read from the batch.</summary>
/// <param name="Center">Centre of mass, m.</param>
/// <param name="LinearMomentum">Linear momentum, kg·m/s.</param>
/// <param name="AngularMomentum">Angular momentum about the centre of mass, kg·m²/s.</param>
/// <param name="KineticEnergy">Kinetic energy, that of the joints' armature included, J.</param>
/// <param name="PotentialEnergy">Energy of height above z = 0, J.</param>
internal sealed record MechanicalState(
    Vector3 Center, Vector3 LinearMomentum, Vector3 AngularMomentum, double KineticEnergy, double PotentialEnergy)
{
    public double Energy => KineticEnergy + PotentialEnergy;

    public static MechanicalState Of(TestWorlds worlds, int world = 0)
    {
        Character character = worlds.Character;
        Vector3 moment = Vector3.Zero, momentum = Vector3.Zero;
        (Vector3 Center, Vector3 Velocity)[] bodies = [.. character.Bodies.Select((body, index) => Move(worlds, body, index, world))];
        for (int index = 0; index < bodies.Length; index++)
        {
            moment += character.Bodies[index].Mass * bodies[index].Center;
            momentum += character.Bodies[index].Mass * bodies[index].Velocity;
        }

        Vector3 center = moment / character.TotalMass, drift = momentum / character.TotalMass;
        Vector3 angular = Vector3.Zero;
        double kinetic = 0;
        for (int index = 0; index < bodies.Length; index++)
        {
            Body body = character.Bodies[index];
            Vector3 spin = Spin(worlds, body, index, world, out double spinEnergy);
            angular += spin + (body.Mass * Vector3.Cross(bodies[index].Center - center, bodies[index].Velocity - drift));
            kinetic += spinEnergy + (0.5 * body.Mass * bodies[index].Velocity.LengthSquared());
        }

        foreach (Joint joint in character.Joints)
        {
            for (int dof = joint.VelocityIndex; dof < joint.VelocityIndex + joint.VelocityCount; dof++)
            {
                kinetic += 0.5 * joint.Armature * worlds.Velocity(dof, world) * worlds.Velocity(dof, world);
            }
        }

        return new MechanicalState(center, momentum, angular, kinetic, -Vector3.Dot(character.Gravity, moment));
    }

    private static (Vector3 Center, Vector3 Velocity) Move(TestWorlds worlds, Body body, int index, int world)
    {
        Vector3 arm = Vector3.Transform(body.CenterOfMass, worlds.BodyRotation(index, world));
        return (worlds.BodyPosition(index, world) + arm, worlds.BodyVelocity(index, world) + Vector3.Cross(worlds.BodySpin(index, world), arm));
    }

    private static Vector3 Spin(TestWorlds worlds, Body body, int index, int world, out double energy)
    {
        Quaternion rotation = worlds.BodyRotation(index, world);
        Vector3 rate = Vector3.Transform(worlds.BodySpin(index, world), Quaternion.Conjugate(rotation));
        SymmetricMatrix i = body.Inertia;
        Vector3 spin = new(
            (i.XX * rate.X) + (i.XY * rate.Y) + (i.XZ * rate.Z), (i.XY * rate.X) + (i.YY * rate.Y) + (i.YZ * rate.Z), (i.XZ * rate.X) + (i.YZ * rate.Y) + (i.ZZ * rate.Z));
        energy = 0.5 * Vector3.Dot(rate, spin);
        return Vector3.Transform(spin, rotation);
    }
}
