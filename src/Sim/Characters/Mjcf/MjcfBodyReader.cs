using System.Numerics;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>Reads the tree of bodies with their joints, geoms and masses.</summary>
internal sealed class MjcfBodyReader(MjcfSettings settings, MjcfDefaults defaults)
{
    private const int MostBodies = 1000;

    private readonly MjcfGeomReader geomReader = new(settings, defaults);
    private readonly MjcfJointReader jointReader = new(settings, defaults);

    public List<Body> Bodies { get; } = [];

    public List<MjcfJoint> Joints { get; } = [];

    public List<Shape> Shapes { get; } = [];

    public List<Shape> WorldShapes { get; } = [];

    public List<string> Approximations { get; } = [];

    public void ReadWorld(XElement worldbody)
    {
        _ = new MjcfElement(worldbody);
        foreach (XElement child in worldbody.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "geom":
                    WorldShapes.Add(ReadGeom(child, body: -1, childClass: null, Frame.Identity).Shape);
                    break;
                case "body" when !child.DescendantsAndSelf().Any(IsJoint) && !IsCharacter(worldbody, child):
                    ReadFixture(child, Frame.Identity, outerClass: null);
                    break;
                case "body" when Bodies.Count > 0:
                    throw MjcfElement.Error(child, $"a character is one tree of bodies; it started with '{Bodies[0].Name}'");
                case "body":
                    ReadBody(child, parent: -1, Frame.Identity, outerClass: null);
                    break;
                default:
                    SkipOrReject(child, "worldbody");
                    break;
            }
        }

        if (Bodies.Count == 0)
        {
            throw MjcfElement.Error(worldbody, "there is no body");
        }

        CheckMoving(worldbody);
    }

    /// <summary>Without any joint in the world, its first body is the character; otherwise those without joints are fixtures.</summary>
    private static bool IsCharacter(XElement worldbody, XElement body) =>
        !worldbody.Descendants().Any(IsJoint) && worldbody.Element("body") == body;

    private static bool IsJoint(XElement xml) => xml.Name.LocalName is "joint" or "freejoint";

    /// <summary>A body that nothing can move: its geoms become part of the world.</summary>
    private void ReadFixture(XElement xml, Frame parent, string? outerClass)
    {
        (MjcfElement body, Frame frame, string? childClass) = Open(xml, parent, outerClass);
        foreach (XElement child in body.Children)
        {
            switch (child.Name.LocalName)
            {
                case "geom":
                    Shape shape = ReadGeom(child, body: -1, childClass, frame).Shape;
                    Frame place = frame.Compose(new Frame(shape.Position, shape.Rotation));
                    WorldShapes.Add(shape with { Position = place.Position, Rotation = place.Rotation });
                    break;
                case "body":
                    ReadFixture(child, frame, childClass);
                    break;
                case "inertial":
                    _ = new MjcfElement(child);
                    break;
                default:
                    SkipOrReject(child, "body");
                    break;
            }
        }
    }

    private void ReadBody(XElement xml, int parent, Frame parentFrame, string? outerClass)
    {
        (MjcfElement element, Frame frame, string? childClass) = Open(xml, parentFrame, outerClass);
        int index = Bodies.Count;
        if (index == MostBodies)
        {
            throw element.Error($"there are more than {MostBodies} bodies");
        }

        Frame local = parentFrame.Localize(frame);
        int firstJoint = Joints.Count;
        Bodies.Add(new Body(
            element.Name.Length > 0 ? element.Name : $"body{index}", parent, local.Position, local.Rotation, 0, default, default, firstJoint, 0));
        List<MassProperties> masses = [];
        XElement? inertial = null;
        foreach (XElement child in element.Children)
        {
            switch (child.Name.LocalName)
            {
                case "joint" or "freejoint":
                    ReadJoint(child, index, firstJoint, childClass, frame);
                    break;
                case "geom":
                    MjcfGeom geom = ReadGeom(child, index, childClass, frame);
                    Shapes.Add(geom.Shape);
                    masses.Add(geom.Mass);
                    break;
                case "inertial" when inertial is null:
                    inertial = child;
                    break;
                case "body":
                    break;
                default:
                    SkipOrReject(child, "body");
                    break;
            }
        }

        MassProperties mass = inertial is not null && settings.InertiaSource != InertiaSource.Geoms
            ? ReadInertial(new MjcfElement(inertial), frame)
            : settings.InertiaSource == InertiaSource.Inertial ? default : MassProperties.Join(masses);
        Bodies[index] = Bodies[index] with
        {
            Mass = mass.Mass,
            CenterOfMass = mass.Center,
            Inertia = mass.Inertia,
            JointCount = Joints.Count - firstJoint,
        };
        foreach (XElement child in xml.Elements("body"))
        {
            ReadBody(child, index, frame, childClass);
        }
    }

    private (MjcfElement Body, Frame World, string? ChildClass) Open(XElement xml, Frame parent, string? outerClass)
    {
        MjcfElement body = new(xml);
        defaults.CheckChildClass(xml);
        Vector3? position = MjcfFrames.Position(body);
        Quaternion? rotation = MjcfFrames.Orientation(body, settings);
        if (settings.GlobalCoordinates && position is null)
        {
            throw body.Error("global coordinates want a position for every body");
        }

        Frame own = new(position ?? Vector3.Zero, rotation ?? Quaternion.Identity);
        return (body, settings.GlobalCoordinates ? own : parent.Compose(own), body.Text("childclass") ?? outerClass);
    }

    private MjcfGeom ReadGeom(XElement xml, int body, string? childClass, Frame frame)
    {
        MjcfGeom geom = geomReader.Read(xml, body, childClass, frame);
        if (geom.Approximation is { } note)
        {
            Approximations.Add(note);
        }

        return geom;
    }

    private void ReadJoint(XElement xml, int body, int firstJoint, string? childClass, Frame frame)
    {
        Joint? last = Joints.Count > 0 ? Joints[^1].Joint : null;
        JointSlot slot = new(
            Joints.Count, body, last is null ? 0 : last.PositionIndex + last.PositionCount, last is null ? 0 : last.VelocityIndex + last.VelocityCount);
        MjcfJoint joint = jointReader.Read(xml, slot, childClass, frame);
        if (joint.Joint.Kind == JointKind.Free && Bodies[body].Parent >= 0)
        {
            throw MjcfElement.Error(xml, "a free joint belongs to a body of the world, not to one inside another body");
        }

        if (Joints.Count > firstJoint && (joint.Joint.Kind != JointKind.Hinge || Joints[firstJoint].Joint.Kind != JointKind.Hinge))
        {
            throw MjcfElement.Error(xml, "a body with several joints may have hinges only");
        }

        if (Joints.Count - firstJoint == 3)
        {
            throw MjcfElement.Error(xml, "a body turns about at most three hinges");
        }

        Joints.Add(joint);
    }

    private MassProperties ReadInertial(MjcfElement element, Frame frame)
    {
        float mass = element.Number("mass", float.NaN);
        if (!(mass >= 0))
        {
            throw element.Error("attribute 'mass' wants a number that is not negative", "mass");
        }

        Vector3 position = MjcfFrames.Position(element) ?? throw element.Error("attribute 'pos' is missing");
        Quaternion? rotation = MjcfFrames.Orientation(element, settings);
        if (settings.GlobalCoordinates)
        {
            Frame local = frame.Localize(new Frame(position, rotation ?? Quaternion.Identity));
            (position, rotation) = (local.Position, local.Rotation);
        }

        if (element.Numbers("fullinertia", 6, 6) is { } full)
        {
            if (element.Has("diaginertia") || MjcfFrames.Orientation(element, settings) is not null)
            {
                throw element.Error("fullinertia stands without diaginertia and without an orientation", "fullinertia");
            }

            SymmetricMatrix inertia = new(full[0], full[1], full[2], full[3], full[4], full[5]);
            return inertia.IsPositiveDefinite
                ? new MassProperties(mass, position, inertia.Rotate(rotation ?? Quaternion.Identity))
                : throw element.Error("fullinertia is not positive definite", "fullinertia");
        }

        float[] d = element.Numbers("diaginertia", 3, 3) ?? throw element.Error("attribute 'diaginertia' or 'fullinertia' is missing");
        if (d.Min() < 0 || d[0] + d[1] < d[2] || d[1] + d[2] < d[0] || d[0] + d[2] < d[1])
        {
            throw element.Error("diaginertia wants three moments, none negative and none larger than the sum of the others", "diaginertia");
        }

        return MassProperties.FromPrincipal(mass, position, rotation ?? Quaternion.Identity, new Vector3(d[0], d[1], d[2]));
    }

    /// <summary>What a joint moves, down to the next joint, has mass and inertia; else its acceleration is undefined.</summary>
    private void CheckMoving(XElement worldbody)
    {
        float[] mass = new float[Bodies.Count];
        for (int body = Bodies.Count - 1; body >= 0; body--)
        {
            mass[body] += Bodies[body].Mass;
            if (Bodies[body].JointCount == 0 && Bodies[body].Parent >= 0)
            {
                mass[Bodies[body].Parent] += mass[body];
            }
            else if (Bodies[body].JointCount > 0 && mass[body] <= 0)
            {
                XElement xml = worldbody.Descendants("body").FirstOrDefault(element => (string?)element.Attribute("name") == Bodies[body].Name) ?? worldbody;
                throw MjcfElement.Error(xml, "the body moves but has no mass; give it a geom with density or mass, or an inertial");
            }
        }
    }

    private static void SkipOrReject(XElement xml, string within)
    {
        if (!MjcfVocabulary.IsIgnored(xml))
        {
            throw MjcfVocabulary.Unsupported(xml, within);
        }
    }
}
