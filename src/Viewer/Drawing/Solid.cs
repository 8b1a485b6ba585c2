using System.Numerics;

namespace Motion.Viewer.Drawing;

/// <summary>
/// A box with round edges, which is also every capsule, sphere and cone: a box of half sizes <paramref name="Half"/> with a ball of radius
/// <paramref name="Radius"/> rolled over it.
/// </summary>
/// <param name="Position">Its middle in the world, m.</param>
/// <param name="Rotation">Its orientation in the world.</param>
/// <param name="Half">Half sizes of the box that the ball rolls over, m; a capsule's is 0, 0, half its length.</param>
/// <param name="Radius">Radius of the ball, m.</param>
/// <param name="Colour">Its colour; less than full alpha lets what is behind show through.</param>
internal readonly record struct Solid(Vector3 Position, Quaternion Rotation, Vector3 Half, float Radius, Tint Colour)
{
    // Edges of a box are rounded by this much, m, or by this share of its smallest half size.
    private const float Edge = 0.012f;
    private const float MostEdge = 0.4f;

    /// <summary>Radius at the end of +Z, m: a cone's is less than the one at the other end.</summary>
    public float TipRadius { get; init; } = Radius;

    /// <summary>How far it reaches from its middle at most, m.</summary>
    public float Reach => Half.Length() + Radius;

    /// <summary>A capsule between two points.</summary>
    public static Solid Capsule(Vector3 from, Vector3 to, float radius, Tint colour)
    {
        Vector3 along = to - from;
        return new Solid((from + to) / 2, FromUp(along), new Vector3(0, 0, along.Length() / 2), radius, colour);
    }

    /// <summary>A sphere.</summary>
    public static Solid Sphere(Vector3 middle, float radius, Tint colour) => new(middle, Quaternion.Identity, Vector3.Zero, radius, colour);

    /// <summary>A box with slightly rounded edges.</summary>
    /// <param name="middle">Its middle, m.</param>
    /// <param name="rotation">Its orientation.</param>
    /// <param name="half">Half of its sizes, m.</param>
    /// <param name="colour">Its colour.</param>
    public static Solid Box(Vector3 middle, Quaternion rotation, Vector3 half, Tint colour)
    {
        float edge = MathF.Min(Edge, MostEdge * MathF.Min(half.X, MathF.Min(half.Y, half.Z)));
        return new Solid(middle, rotation, half - new Vector3(edge), edge, colour);
    }

    /// <summary>A cone with a round foot.</summary>
    public static Solid Cone(Vector3 foot, Vector3 tip, float radius, Tint colour) => Capsule(foot, tip, radius, colour) with { TipRadius = 0.1f * radius };

    // The turn that brings +Z along a vector.
    private static Quaternion FromUp(Vector3 along)
    {
        Vector3 way = along.LengthSquared() > 1e-12f ? Vector3.Normalize(along) : Vector3.UnitZ;
        return way.Z < -0.99999f
            ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI)
            : Quaternion.Normalize(new Quaternion(Vector3.Cross(Vector3.UnitZ, way), 1 + way.Z));
    }
}
