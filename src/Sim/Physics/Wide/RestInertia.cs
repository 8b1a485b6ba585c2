using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>How heavy what hangs on each joint is to turn.</summary>
internal static class RestInertia
{
    /// <summary>For every joint, the inertia at rest about its anchor of all that it moves, the mean over axes, with its armature, kg·m².</summary>
    public static float[] OfJoints(SceneBodies scene)
    {
        var positions = new Vector3[scene.Bodies.Length];
        var rotations = new Quaternion[scene.Bodies.Length];
        for (int index = 0; index < positions.Length; index++)
        {
            Body body = scene.Bodies[index];
            (Vector3 origin, Quaternion turn) = body.Parent < 0 ? (Vector3.Zero, Quaternion.Identity) : (positions[body.Parent], rotations[body.Parent]);
            positions[index] = origin + Vector3.Transform(body.Position, turn);
            rotations[index] = Quaternion.Normalize(turn * body.Rotation);
        }

        return [.. scene.Joints.Select(joint => joint.Armature + Enumerable.Range(joint.Body, positions.Length - joint.Body)
            .Where(body => IsBelow(scene.Bodies, body, joint.Body))
            .Sum(body => Inertia(scene.Bodies[body], positions[body] + Vector3.Transform(scene.Bodies[body].CenterOfMass, rotations[body])
                - positions[joint.Body] - Vector3.Transform(joint.Anchor, rotations[joint.Body]))))];
    }

    private static bool IsBelow(Body[] bodies, int body, int ancestor)
    {
        while (body > ancestor)
        {
            body = bodies[body].Parent;
        }

        return body == ancestor;
    }

    /// <summary>A third of the trace: a point mass at arm r has 2·m·r² in all.</summary>
    private static float Inertia(Body body, Vector3 arm) =>
        (body.Inertia.XX + body.Inertia.YY + body.Inertia.ZZ + (2 * body.Mass * arm.LengthSquared())) / 3;
}
