using System.Numerics;

namespace Motion.Viewer.Drawing;

/// <summary>The part of the ground that solids darken.</summary>
/// <param name="Low">Its corner of the least x and y, m.</param>
/// <param name="High">The opposite corner, m.</param>
internal readonly record struct ShadowGround(Vector2 Low, Vector2 High)
{
    // Around what is just above it the ground is darker, sun or not.
    private const float Nearby = 0.55f;
    private const float Margin = 0.1f;

    /// <summary>Its middle, m.</summary>
    public Vector2 Middle => (Low + High) / 2;

    /// <summary>Half its size, m.</summary>
    public Vector2 Half => (High - Low) / 2;

    /// <summary>The smallest rectangle with all shadows of solids, no farther from a point than the shadow map reaches; empty at the point without solids.</summary>
    public static ShadowGround Of(List<Solid> solids, Vector3 focus, Vector3 sun)
    {
        Vector2 middle = new(focus.X, focus.Y);
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        foreach (Solid solid in solids)
        {
            Vector3 reached = solid.Position - (sun * (solid.Position.Z / sun.Z));
            float reach = (solid.Reach / sun.Z) + Margin;
            low = Vector2.Min(low, new Vector2(MathF.Min(reached.X - reach, solid.Position.X - Nearby), MathF.Min(reached.Y - reach, solid.Position.Y - Nearby)));
            high = Vector2.Max(high, new Vector2(MathF.Max(reached.X + reach, solid.Position.X + Nearby), MathF.Max(reached.Y + reach, solid.Position.Y + Nearby)));
        }

        Vector2 most = new(ShadowMap.Reach);
        low = Vector2.Clamp(low, middle - most, middle + most);
        high = Vector2.Clamp(high, middle - most, middle + most);
        return solids.Count > 0 ? new ShadowGround(low, high) : new ShadowGround(middle, middle);
    }
}
