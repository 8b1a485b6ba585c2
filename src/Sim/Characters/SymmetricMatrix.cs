using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>A symmetric 3×3 matrix.</summary>
public readonly record struct SymmetricMatrix(float XX, float YY, float ZZ, float XY, float XZ, float YZ)
{
    /// <summary>Whether all three eigenvalues are positive (Sylvester's criterion).</summary>
    public bool IsPositiveDefinite =>
        XX > 0
        && (XX * YY) - (XY * XY) > 0
        && (XX * ((YY * ZZ) - (YZ * YZ))) - (XY * ((XY * ZZ) - (YZ * XZ))) + (XZ * ((XY * YZ) - (YY * XZ))) > 0;

    /// <summary>A diagonal matrix.</summary>
    public static SymmetricMatrix Diagonal(Vector3 diagonal) => new(diagonal.X, diagonal.Y, diagonal.Z, 0, 0, 0);

    /// <summary>Rotational inertia about the origin of a point of that mass.</summary>
    public static SymmetricMatrix PointMass(float mass, Vector3 at) => new(
        mass * ((at.Y * at.Y) + (at.Z * at.Z)),
        mass * ((at.X * at.X) + (at.Z * at.Z)),
        mass * ((at.X * at.X) + (at.Y * at.Y)),
        -mass * at.X * at.Y,
        -mass * at.X * at.Z,
        -mass * at.Y * at.Z);

    /// <summary>The matrix in the outer axes, of which its own are turned by <paramref name="rotation"/>: R·M·Rᵀ.</summary>
    public SymmetricMatrix Rotate(Quaternion rotation)
    {
        Vector3 x = Vector3.Transform(Vector3.UnitX, rotation);
        Vector3 y = Vector3.Transform(Vector3.UnitY, rotation);
        Vector3 z = Vector3.Transform(Vector3.UnitZ, rotation);
        Vector3 first = (XX * x) + (XY * y) + (XZ * z);
        Vector3 second = (XY * x) + (YY * y) + (YZ * z);
        Vector3 third = (XZ * x) + (YZ * y) + (ZZ * z);
        return new SymmetricMatrix(
            (first.X * x.X) + (second.X * y.X) + (third.X * z.X),
            (first.Y * x.Y) + (second.Y * y.Y) + (third.Y * z.Y),
            (first.Z * x.Z) + (second.Z * y.Z) + (third.Z * z.Z),
            (first.X * x.Y) + (second.X * y.Y) + (third.X * z.Y),
            (first.X * x.Z) + (second.X * y.Z) + (third.X * z.Z),
            (first.Y * x.Z) + (second.Y * y.Z) + (third.Y * z.Z));
    }

    /// <summary>Sum.</summary>
    public static SymmetricMatrix operator +(SymmetricMatrix a, SymmetricMatrix b) =>
        new(a.XX + b.XX, a.YY + b.YY, a.ZZ + b.ZZ, a.XY + b.XY, a.XZ + b.XZ, a.YZ + b.YZ);

    /// <summary>Every entry times a number.</summary>
    public static SymmetricMatrix operator *(float scale, SymmetricMatrix a) =>
        new(scale * a.XX, scale * a.YY, scale * a.ZZ, scale * a.XY, scale * a.XZ, scale * a.YZ);
}
