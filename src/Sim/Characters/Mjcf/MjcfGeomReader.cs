using System.Numerics;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>A geom as read: what it collides as, what it weighs, and what was not taken as it stood.</summary>
internal sealed record MjcfGeom(Shape Shape, MassProperties Mass, string? Approximation);

/// <summary>Reads geoms.</summary>
internal sealed class MjcfGeomReader(MjcfSettings settings, MjcfDefaults defaults)
{
    private const float DefaultDensity = 1000;

    /// <param name="xml">The element.</param>
    /// <param name="body">Index of its body, −1 for the world.</param>
    /// <param name="childClass">Default class of its body.</param>
    /// <param name="frame">Its body's frame in the world, used when coordinates are global.</param>
    public MjcfGeom Read(XElement xml, int body, string? childClass, Frame frame)
    {
        MjcfElement geom = defaults.Open(xml, childClass);
        string type = geom.Choice("type", "sphere", "sphere", "capsule", "box", "plane", "ellipsoid");
        if (type == "plane" && body >= 0)
        {
            throw geom.Error("a plane belongs to the world, not to a body");
        }

        (Frame place, Vector3 size) = geom.Has("fromto") ? FromTo(geom, type) : PlaceAndSize(geom, type);
        if (settings.GlobalCoordinates)
        {
            place = frame.Localize(place);
        }

        int condim = geom.Integer("condim", 3);
        if (condim is not (1 or 3))
        {
            throw geom.Error($"condim {condim} is not supported: contacts here slide (3) or slip freely (1)", "condim");
        }

        float friction = geom.Numbers("friction", 1, 3)?[0] ?? 1;
        Shape shape = new()
        {
            Name = geom.Name,
            Body = body,
            Kind = type switch { "sphere" => ShapeKind.Sphere, "box" => ShapeKind.Box, "plane" => ShapeKind.Plane, _ => ShapeKind.Capsule },
            Size = size,
            Position = place.Position,
            Rotation = place.Rotation,
            Friction = friction >= 0 ? friction : throw geom.Error("friction is not negative", "friction"),
            Frictionless = condim == 1,
            Priority = geom.Integer("priority", 0),
            ContactType = geom.Integer("contype", 1),
            ContactAffinity = geom.Integer("conaffinity", 1),
        };
        if (type == "ellipsoid")
        {
            string note = geom.Error("ellipsoid: its mass and inertia are exact; it collides as the capsule along its longest axis").Message;
            return new MjcfGeom(EnclosedCapsule(shape), MassOf(geom, shape, 4f / 3 * MathF.PI * size.X * size.Y * size.Z, EllipsoidMoments), note);
        }

        return type == "plane"
            ? new MjcfGeom(shape, default, null)
            : new MjcfGeom(shape, MassOf(geom, shape, MassProperties.Volume(shape.Kind, size), mass => MassProperties.PrincipalMoments(shape.Kind, size, mass)), null);

        Vector3 EllipsoidMoments(float mass) => mass / 5 * new Vector3(
            (size.Y * size.Y) + (size.Z * size.Z), (size.X * size.X) + (size.Z * size.Z), (size.X * size.X) + (size.Y * size.Y));
    }

    private static MassProperties MassOf(MjcfElement geom, Shape shape, float volume, Func<float, Vector3> moments)
    {
        float density = geom.Number("density", DefaultDensity);
        float mass = geom.Number("mass", density * volume);
        if (density < 0 || !(mass is >= 0 and <= MjcfElement.Largest))
        {
            throw geom.Error($"mass and density are between 0 and {MjcfElement.Largest:g}");
        }

        return MassProperties.FromPrincipal(mass, shape.Position, shape.Rotation, moments(mass));
    }

    private (Frame Place, Vector3 Size) PlaceAndSize(MjcfElement geom, string type)
    {
        float[] numbers = geom.Numbers("size", 1, 3) ?? [];
        int wanted = type switch { "sphere" => 1, "capsule" => 2, "plane" => 0, _ => 3 };
        if (numbers.Length < wanted)
        {
            throw geom.Error($"a {type} wants {wanted} size numbers, or one and fromto; found {numbers.Length}", "size");
        }

        Vector3 size = Vector3.Zero;
        for (int i = 0; i < wanted; i++)
        {
            size[i] = CheckSize(geom, numbers[i]);
        }

        return (new Frame(MjcfFrames.Position(geom) ?? Vector3.Zero, MjcfFrames.Orientation(geom, settings) ?? Quaternion.Identity), size);
    }

    private static (Frame Place, Vector3 Size) FromTo(MjcfElement geom, string type)
    {
        if (type is "sphere" or "plane")
        {
            throw geom.Error($"a {type} has no use for fromto", "fromto");
        }

        float[] ends = geom.Numbers("fromto", 6, 6)!;
        Vector3 from = new(ends[0], ends[1], ends[2]);
        Vector3 to = new(ends[3], ends[4], ends[5]);
        float[] numbers = geom.Numbers("size", 1, 3) ?? throw geom.Error("a geom with fromto wants a size", "size");
        float radius = CheckSize(geom, numbers[0]);
        float half = CheckSize(geom, Vector3.Distance(from, to) / 2, "fromto");
        Vector3 size = type == "capsule" ? new Vector3(radius, half, 0) : new Vector3(radius, radius, half);
        Quaternion rotation = MjcfFrames.TurnFromZ(MjcfFrames.Direction(geom, "fromto", from - to));
        return (new Frame((from + to) / 2, rotation), size);
    }

    private static float CheckSize(MjcfElement geom, float size, string attribute = "size") =>
        size is > 1e-8f and < 1e6f ? size : throw geom.Error($"{attribute} wants lengths between 1e-8 and 1e6 m, found {size:g3}", attribute);

    private static Shape EnclosedCapsule(Shape ellipsoid)
    {
        Vector3 size = ellipsoid.Size;
        bool alongX = size.X >= size.Y && size.X >= size.Z;
        bool alongY = !alongX && size.Y >= size.Z;
        (float half, float first, float second) =
            alongX ? (size.X, size.Y, size.Z) : alongY ? (size.Y, size.X, size.Z) : (size.Z, size.X, size.Y);
        float radius = MathF.Sqrt(first * second);
        Quaternion turn = alongX ? MjcfFrames.TurnFromZ(Vector3.UnitX) : alongY ? MjcfFrames.TurnFromZ(Vector3.UnitY) : Quaternion.Identity;
        return ellipsoid with { Size = new Vector3(radius, half - radius, 0), Rotation = ellipsoid.Rotation * turn };
    }
}
