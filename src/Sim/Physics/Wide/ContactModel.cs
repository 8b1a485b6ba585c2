using System.Numerics;

namespace Motion.Sim.Physics.Wide;

/// <summary>
/// Every contact that can ever be, found once: spheres on the bodies against the ground, then pairs of shapes. Each has a
/// fixed number, so that its impulse of the last step is where it was, and a fixed list of degrees of freedom.
/// </summary>
internal sealed record ContactModel(
    TerrainPoint[] Points, WidePair[] Pairs, ContactSupport[] Supports, BoundingSphere[] Bounds, WorldPlane[] Planes, WorldBox[] Boxes, HeightField? HeightField)
{
    public static ContactModel None { get; } = new([], [], [], [], [], [], null);

    /// <summary>How many contacts there can be: the points, then those of the pairs.</summary>
    public int Count => Supports.Length;

    /// <summary>Whether the ground is the one plane z = constant.</summary>
    public bool IsFlat { get; } = Planes is [{ Normal: { X: 0, Y: 0, Z: 1 } }] && Boxes.Length == 0 && HeightField is null;
}

/// <summary>A sphere on a link that may touch the fixed world (radius 0: a corner).</summary>
/// <param name="Link">The link.</param>
/// <param name="Position">Centre in its frame, m.</param>
/// <param name="Radius">Radius, m.</param>
/// <param name="OnBoxes">Whether this is its contact with the nearest fixed box; else with the nearest plane or the height field.</param>
internal readonly record struct TerrainPoint(int Link, Vector3 Position, float Radius, bool OnBoxes);

/// <summary>The degrees of freedom that one contact moves.</summary>
/// <param name="BodyA">Body pushed along the normal.</param>
/// <param name="BodyB">Body pushed against it, or −1 for the ground.</param>
/// <param name="LinkA">Link of A, −1 where fixed.</param>
/// <param name="LinkB">Link of B, −1 where fixed.</param>
/// <param name="Dofs">Indices of the degrees of freedom.</param>
/// <param name="DepthA">For each, its depth in A's chain, or −1.</param>
/// <param name="DepthB">For each, its depth in B's chain, or −1.</param>
/// <param name="Friction">Coefficient of friction.</param>
internal sealed record ContactSupport(int BodyA, int BodyB, int LinkA, int LinkB, int[] Dofs, int[] DepthA, int[] DepthB, float Friction);

/// <summary>A sphere about a shape, in its link's frame.</summary>
internal readonly record struct BoundingSphere(int Link, Vector3 Center, float Radius);

/// <summary>How two shapes are tested.</summary>
internal enum PairTest
{
    /// <summary>Two capsules (or spheres): nearest points of two segments; one contact.</summary>
    Segments,

    /// <summary>Points with radii on A against the box B; one contact each.</summary>
    PointsInBox,
}

/// <summary>Two shapes of different links that may meet.</summary>
/// <param name="Test">How they are tested.</param>
/// <param name="FirstContact">Number of its first contact.</param>
/// <param name="BoundA">Bounding sphere of A.</param>
/// <param name="BoundB">Bounding sphere of B.</param>
/// <param name="A">Segment of A, or its points.</param>
/// <param name="B">Segment of B, or the box.</param>
internal sealed record WidePair(PairTest Test, int FirstContact, int BoundA, int BoundB, PairSide A, PairSide B);

/// <summary>One side of a pair in its link's frame.</summary>
/// <param name="Link">The link.</param>
/// <param name="Points">Ends of the segment, or the points; for a box its centre.</param>
/// <param name="Radius">Radius about them.</param>
/// <param name="Rotation">Orientation of the box.</param>
/// <param name="HalfSize">Half the box's edges.</param>
internal sealed record PairSide(int Link, Vector3[] Points, float Radius, Quaternion Rotation, Vector3 HalfSize);

/// <summary>A fixed plane: normal · x = offset.</summary>
internal readonly record struct WorldPlane(Vector3 Normal, float Offset);

/// <summary>A fixed box.</summary>
internal readonly record struct WorldBox(Vector3 Center, Quaternion Rotation, Vector3 HalfSize);
