using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>Welds jointless bodies to their parents.</summary>
internal static class LinkBuilder
{
    public static Link[] Build(SceneBodies scene, out BodyFrame[] frames)
    {
        var links = new List<Link>();
        frames = new BodyFrame[scene.Bodies.Length];
        int prop = 0;
        for (int index = 0; index < scene.Bodies.Length; index++)
        {
            Body body = scene.Bodies[index];
            BodyFrame parent = body.Parent < 0 ? new BodyFrame(-1, Vector3.Zero, Quaternion.Identity) : frames[body.Parent];
            Vector3 position = parent.Position + Vector3.Transform(body.Position, parent.Rotation);
            Quaternion rotation = Quaternion.Normalize(parent.Rotation * body.Rotation);
            if (body.JointCount == 0)
            {
                frames[index] = new BodyFrame(parent.Link, position, rotation);
                continue;
            }

            Joint first = scene.Joints[body.FirstJoint];
            links.Add(new Link
            {
                Parent = parent.Link,
                Root = parent.Link < 0 ? links.Count : links[parent.Link].Root,
                FirstJoint = body.FirstJoint,
                JointCount = body.JointCount,
                FirstDof = first.VelocityIndex,
                DofEnd = first.VelocityIndex + scene.Joints.AsSpan(body.FirstJoint, body.JointCount).ToArray().Sum(j => j.VelocityCount),
                Prop = index < scene.CharacterBodies ? -1 : prop++,
                Position = position,
                Rotation = rotation,
            });
            frames[index] = new BodyFrame(links.Count - 1, Vector3.Zero, Quaternion.Identity);
        }

        Link[] result = [.. links];
        AddMasses(scene, frames, result);
        return result;
    }

    private static void AddMasses(SceneBodies scene, BodyFrame[] frames, Link[] links)
    {
        for (int link = 0; link < links.Length; link++)
        {
            double mass = 0;
            Vector3 moment = Vector3.Zero;
            for (int body = 0; body < frames.Length; body++)
            {
                if (frames[body].Link == link)
                {
                    mass += scene.Bodies[body].Mass;
                    moment += scene.Bodies[body].Mass * CenterOnLink(scene.Bodies[body], frames[body]);
                }
            }

            if (mass <= 0)
            {
                throw new MotionException(ExitCode.BadInput, $"body '{scene.Bodies[Array.FindIndex(frames, f => f.Link == link)].Name}' moves but has no mass");
            }

            Vector3 center = moment / (float)mass;
            SymmetricMatrix inertia = default;
            for (int body = 0; body < frames.Length; body++)
            {
                if (frames[body].Link == link)
                {
                    Vector3 offset = CenterOnLink(scene.Bodies[body], frames[body]) - center;
                    inertia += scene.Bodies[body].Inertia.Rotate(frames[body].Rotation) + SymmetricMatrix.PointMass(scene.Bodies[body].Mass, offset);
                }
            }

            links[link].Mass = (float)mass;
            links[link].CenterOfMass = center;
            links[link].Inertia = inertia;
        }
    }

    private static Vector3 CenterOnLink(Body body, BodyFrame frame) => frame.Position + Vector3.Transform(body.CenterOfMass, frame.Rotation);
}

/// <summary>Inertia of solid props about their centres.</summary>
internal static class PropInertia
{
    public static SymmetricMatrix Of(Prop prop)
    {
        Vector3 s = prop.Size;
        float m = prop.Mass;
        bool isSolid = s.X > 0 && (prop.Kind != ShapeKind.Capsule || s.Y > 0) && (prop.Kind != ShapeKind.Box || (s.Y > 0 && s.Z > 0));
        if (!(m > 0 && isSolid))
        {
            throw new MotionException(ExitCode.BadConfiguration, $"prop '{prop.Name}' has mass {m} and size {s}; both must be more than 0");
        }

        switch (prop.Kind)
        {
            case ShapeKind.Sphere:
                float i = 0.4f * m * s.X * s.X;
                return new(i, i, i, 0, 0, 0);
            case ShapeKind.Box:
                return new(m / 3 * ((s.Y * s.Y) + (s.Z * s.Z)), m / 3 * ((s.X * s.X) + (s.Z * s.Z)), m / 3 * ((s.X * s.X) + (s.Y * s.Y)), 0, 0, 0);
            case ShapeKind.Capsule:
                float r = s.X, half = s.Y;
                float tube = m * 2 * half / ((2 * half) + (4f / 3 * r)), caps = m - tube;
                float side = (tube * ((r * r / 4) + (half * half / 3))) + (caps * ((0.4f * r * r) + (half * half) + (0.75f * half * r)));
                float axial = (tube * r * r / 2) + (caps * 0.4f * r * r);
                return new(side, side, axial, 0, 0, 0);
            default:
                throw new MotionException(ExitCode.BadConfiguration, $"prop '{prop.Name}' is a {prop.Kind}; allowed are spheres, capsules and boxes");
        }
    }
}
