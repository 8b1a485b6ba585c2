using System.Numerics;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>A position and an orientation.</summary>
internal readonly record struct Frame(Vector3 Position, Quaternion Rotation)
{
    public static Frame Identity { get; } = new(Vector3.Zero, Quaternion.Identity);

    /// <summary>The outer frame of one given in this frame.</summary>
    public Frame Compose(Frame inner) =>
        new(Position + Vector3.Transform(inner.Position, Rotation), Quaternion.Normalize(Rotation * inner.Rotation));

    /// <summary>What an outer frame is in this frame.</summary>
    public Frame Localize(Frame outer)
    {
        Quaternion back = Quaternion.Conjugate(Rotation);
        return new(Vector3.Transform(outer.Position - Position, back), Quaternion.Normalize(back * outer.Rotation));
    }
}

/// <summary>Reads positions and the five ways in which MJCF writes an orientation.</summary>
internal static class MjcfFrames
{
    private static readonly string[] Orientations = ["quat", "axisangle", "xyaxes", "zaxis", "euler"];

    public static Vector3? Position(MjcfElement element) => Vector(element, "pos");

    public static Vector3? Vector(MjcfElement element, string attribute) =>
        element.Numbers(attribute, 3, 3) is { } v ? new Vector3(v[0], v[1], v[2]) : null;

    /// <summary>The orientation that an element gives; null when it gives none.</summary>
    public static Quaternion? Orientation(MjcfElement element, MjcfSettings settings)
    {
        string[] given = [.. Orientations.Where(element.Has)];
        return given switch
        {
            [] => null,
            ["quat"] => Quat(element),
            ["axisangle"] => AxisAngle(element, settings),
            ["xyaxes"] => Axes(element),
            ["zaxis"] => TurnFromZ(Direction(element, "zaxis", Vector(element, "zaxis")!.Value)),
            ["euler"] => Euler(Vector(element, "euler")!.Value * settings.AngleUnit, settings.EulerSequence),
            _ => throw element.Error($"gives its orientation more than once: {string.Join(", ", given)}"),
        };
    }

    /// <summary>The smallest turn that takes the Z axis to a unit direction, about X when they are opposite.</summary>
    public static Quaternion TurnFromZ(Vector3 direction)
    {
        Vector3 axis = Vector3.Cross(Vector3.UnitZ, direction);
        float sine = axis.Length();
        axis = sine < 1e-7f ? Vector3.UnitX : axis / sine;
        return Quaternion.CreateFromAxisAngle(axis, MathF.Atan2(sine, direction.Z));
    }

    /// <summary>A vector scaled to unit length.</summary>
    /// <exception cref="InputException">It has no length.</exception>
    public static Vector3 Direction(MjcfElement element, string attribute, Vector3 vector) =>
        vector.Length() is > 1e-10f and var length and < 1e18f
            ? vector / length
            : throw element.Error($"attribute '{attribute}' wants a direction, found one of length {vector.Length():g3}", attribute);

    private static Quaternion Quat(MjcfElement element)
    {
        float[] q = element.Numbers("quat", 4, 4)!;
        Quaternion quaternion = new(q[1], q[2], q[3], q[0]);
        return quaternion.Length() is > 1e-10f and < 1e18f
            ? Quaternion.Normalize(quaternion)
            : throw element.Error("attribute 'quat' wants four numbers that are not all zero", "quat");
    }

    private static Quaternion AxisAngle(MjcfElement element, MjcfSettings settings)
    {
        float[] numbers = element.Numbers("axisangle", 4, 4)!;
        Vector3 axis = Direction(element, "axisangle", new Vector3(numbers[0], numbers[1], numbers[2]));
        return Quaternion.CreateFromAxisAngle(axis, numbers[3] * settings.AngleUnit);
    }

    private static Quaternion Axes(MjcfElement element)
    {
        float[] numbers = element.Numbers("xyaxes", 6, 6)!;
        Vector3 x = Direction(element, "xyaxes", new Vector3(numbers[0], numbers[1], numbers[2]));
        Vector3 y = new(numbers[3], numbers[4], numbers[5]);
        y = Direction(element, "xyaxes", y - (x * Vector3.Dot(x, y)));
        Vector3 z = Vector3.Cross(x, y);
        return Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(
            new Matrix4x4(x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1)));
    }

    private static Quaternion Euler(Vector3 angles, string sequence)
    {
        Quaternion rotation = Quaternion.Identity;
        for (int i = 0; i < 3; i++)
        {
            Vector3 axis = char.ToLowerInvariant(sequence[i]) switch { 'x' => Vector3.UnitX, 'y' => Vector3.UnitY, _ => Vector3.UnitZ };
            Quaternion turn = Quaternion.CreateFromAxisAngle(axis, angles[i]);
            rotation = char.IsLower(sequence[i]) ? rotation * turn : turn * rotation;
        }

        return rotation;
    }
}
