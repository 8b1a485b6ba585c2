using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>Mass, centre of mass and rotational inertia of a rigid thing.</summary>
/// <param name="Mass">Mass, kg.</param>
/// <param name="Center">Centre of mass, m.</param>
/// <param name="Inertia">Rotational inertia about the centre of mass, kg·m², in the axes that <paramref name="Center"/> is given in.</param>
public readonly record struct MassProperties(float Mass, Vector3 Center, SymmetricMatrix Inertia)
{
    /// <summary>Volume of a solid, m³.</summary>
    /// <param name="kind">Sphere, capsule or box.</param>
    /// <param name="size">Dimensions as in <see cref="ShapeKind"/>, m.</param>
    public static float Volume(ShapeKind kind, Vector3 size) => kind switch
    {
        ShapeKind.Sphere => 4f / 3 * MathF.PI * size.X * size.X * size.X,
        ShapeKind.Capsule => MathF.PI * size.X * size.X * ((4f / 3 * size.X) + (2 * size.Y)),
        ShapeKind.Box => 8 * size.X * size.Y * size.Z,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no volume"),
    };

    /// <summary>Principal moments of a homogeneous solid about its own axes, kg·m².</summary>
    /// <param name="kind">Sphere, capsule or box.</param>
    /// <param name="size">Dimensions as in <see cref="ShapeKind"/>, m.</param>
    /// <param name="mass">Mass, kg.</param>
    public static Vector3 PrincipalMoments(ShapeKind kind, Vector3 size, float mass) => kind switch
    {
        ShapeKind.Sphere => new Vector3(2f / 5 * mass * size.X * size.X),
        ShapeKind.Capsule => CapsuleMoments(size.X, 2 * size.Y, mass),
        ShapeKind.Box => mass / 3 * new Vector3(
            (size.Y * size.Y) + (size.Z * size.Z), (size.X * size.X) + (size.Z * size.Z), (size.X * size.X) + (size.Y * size.Y)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no volume"),
    };

    /// <summary>The properties of a thing whose principal axes are turned.</summary>
    /// <param name="mass">Mass, kg.</param>
    /// <param name="center">Centre of mass, m.</param>
    /// <param name="axes">Orientation of the principal axes.</param>
    /// <param name="moments">Moments about them, kg·m².</param>
    public static MassProperties FromPrincipal(float mass, Vector3 center, Quaternion axes, Vector3 moments) =>
        new(mass, center, SymmetricMatrix.Diagonal(moments).Rotate(axes));

    /// <summary>The properties of several things joined rigidly; all zero when none has mass.</summary>
    public static MassProperties Join(IReadOnlyCollection<MassProperties> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        float mass = parts.Sum(part => part.Mass);
        if (mass <= 0)
        {
            return default;
        }

        Vector3 center = parts.Aggregate(Vector3.Zero, (sum, part) => sum + (part.Mass * part.Center)) / mass;
        SymmetricMatrix inertia = parts.Aggregate(
            default(SymmetricMatrix), (sum, part) => sum + part.Inertia + SymmetricMatrix.PointMass(part.Mass, part.Center - center));
        return new MassProperties(mass, center, inertia);
    }

    private static Vector3 CapsuleMoments(float radius, float length, float mass)
    {
        // A cylinder and two half balls; the centre of a half ball lies 3/8 of the radius beyond its flat side.
        float ballShare = 4 * radius / ((4 * radius) + (3 * length));
        float ball = mass * ballShare;
        float cylinder = mass - ball;
        float across = (cylinder * ((length * length / 12) + (radius * radius / 4)))
            + (ball * ((2f / 5 * radius * radius) + (length * length / 4) + (3f / 8 * length * radius)));
        float along = (cylinder * radius * radius / 2) + (2f / 5 * ball * radius * radius);
        return new Vector3(across, across, along);
    }
}
