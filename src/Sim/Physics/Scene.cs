using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics;

/// <summary>What every world of a batch contains: one character, the props thrown about it, and the ground under it.</summary>
public sealed record Scene
{
    /// <summary>The simulated character. Its <see cref="Character.WorldShapes"/> are part of the ground.</summary>
    public required Character Character { get; init; }

    /// <summary>Free bodies besides the character, at most eight. They rest far away until a world places them.</summary>
    public ImmutableArray<Prop> Props { get; init; } = [];

    /// <summary>The ground.</summary>
    public Terrain Terrain { get; init; } = new();
}

/// <summary>A free rigid body, such as a ball to throw at the character.</summary>
/// <param name="Name">Name of the body.</param>
/// <param name="Kind">Sphere, capsule or box.</param>
/// <param name="Size">Dimensions as in <see cref="Shape.Size"/>, m.</param>
/// <param name="Mass">Mass, kg.</param>
/// <param name="Friction">Coefficient of sliding friction.</param>
public sealed record Prop(string Name, ShapeKind Kind, Vector3 Size, float Mass, float Friction = 0.8f);

/// <summary>The fixed ground of a world.</summary>
public sealed record Terrain
{
    /// <summary>Whether the plane z = 0 is there.</summary>
    public bool Ground { get; init; } = true;

    /// <summary>Friction of the ground plane and the height field.</summary>
    public float Friction { get; init; } = 1;

    /// <summary>Fixed boxes in world coordinates (shapes with body −1).</summary>
    public ImmutableArray<Shape> Boxes { get; init; } = [];

    /// <summary>Heights above the plane, if any.</summary>
    public HeightField? HeightField { get; init; }
}

/// <summary>Heights on a regular grid, interpolated bilinearly; outside the grid the height of the nearest edge holds.</summary>
/// <param name="Origin">World x, y of the first sample, m.</param>
/// <param name="Spacing">Distance between samples, m.</param>
/// <param name="Columns">Samples along x.</param>
/// <param name="Rows">Samples along y.</param>
/// <param name="Heights">Heights, m: [row × column].</param>
public sealed record HeightField(Vector2 Origin, float Spacing, int Columns, int Rows, ImmutableArray<float> Heights)
{
    /// <summary>Height, m, and slopes along x and y at a point of the world.</summary>
    public void Sample(float x, float y, out float height, out float slopeX, out float slopeY)
    {
        // A world that went non-finite must not read outside the grid: Clamp alone lets not-a-number through.
        float column = float.IsFinite(x) ? Math.Clamp((x - Origin.X) / Spacing, 0, Columns - 1) : 0;
        float row = float.IsFinite(y) ? Math.Clamp((y - Origin.Y) / Spacing, 0, Rows - 1) : 0;
        int left = Math.Min((int)column, Columns - 2), low = Math.Min((int)row, Rows - 2);
        float u = column - left, v = row - low;
        float h00 = Heights[(low * Columns) + left], h10 = Heights[(low * Columns) + left + 1];
        float h01 = Heights[((low + 1) * Columns) + left], h11 = Heights[((low + 1) * Columns) + left + 1];
        height = ((1 - v) * (h00 + (u * (h10 - h00)))) + (v * (h01 + (u * (h11 - h01))));
        slopeX = (((1 - v) * (h10 - h00)) + (v * (h11 - h01))) / Spacing;
        slopeY = (((1 - u) * (h01 - h00)) + (u * (h11 - h10))) / Spacing;
    }
}
