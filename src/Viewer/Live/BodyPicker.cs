using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Viewer.Live;

/// <summary>Finds the body of a character that a ray meets first.</summary>
internal static class BodyPicker
{
    // Thin limbs are met a little beside them too, m.
    private const float Generous = 0.02f;

    /// <summary>Looks along a ray.</summary>
    /// <param name="character">Whose bodies.</param>
    /// <param name="places">Origins of the bodies, m.</param>
    /// <param name="rotations">Orientations of the bodies.</param>
    /// <param name="eye">Where the ray begins, m.</param>
    /// <param name="way">Its direction, a unit vector.</param>
    /// <returns>The body and the point on its middle line that is met, m; null when nothing is.</returns>
    public static (int Body, Vector3 Point)? Find(Character character, Vector3[] places, Quaternion[] rotations, Vector3 eye, Vector3 way)
    {
        (int Body, Vector3 Point)? found = null;
        float nearest = float.PositiveInfinity;
        foreach (Shape shape in character.Shapes.Where(shape => shape.Body >= 0))
        {
            (Vector3 half, float radius) = Middle(shape);
            Quaternion turn = rotations[shape.Body] * shape.Rotation;
            Vector3 middle = places[shape.Body] + Vector3.Transform(shape.Position, rotations[shape.Body]), arm = Vector3.Transform(half, turn);
            (float along, Vector3 point) = Nearest(eye, way, middle - arm, middle + arm);
            if (along > 0 && along < nearest && Vector3.Distance(point, eye + (along * way)) < radius + Generous)
            {
                (found, nearest) = ((shape.Body, point), along);
            }
        }

        return found;
    }

    // Any shape is near enough a capsule: its longest axis, as thick as its second.
    private static (Vector3 Half, float Radius) Middle(Shape shape)
    {
        if (shape.Kind != ShapeKind.Box)
        {
            return (shape.Kind == ShapeKind.Capsule ? new Vector3(0, 0, shape.Size.Y) : default, shape.Size.X);
        }

        Vector3 size = shape.Size;
        float[] sorted = [.. new[] { size.X, size.Y, size.Z }.Order()];
        float length = sorted[2] - sorted[1];
        Vector3 half = size.X == sorted[2] ? new Vector3(length, 0, 0) : size.Y == sorted[2] ? new Vector3(0, length, 0) : new Vector3(0, 0, length);
        return (half, sorted[1]);
    }

    /// <summary>How far along a ray it is nearest to a segment, and the segment's point there.</summary>
    private static (float Along, Vector3 Point) Nearest(Vector3 eye, Vector3 way, Vector3 from, Vector3 to)
    {
        Vector3 side = to - from, between = eye - from;
        float a = side.LengthSquared(), b = Vector3.Dot(side, way), c = Vector3.Dot(side, between), d = Vector3.Dot(way, between);
        float bottom = a - (b * b);
        float share = a < 1e-9f || bottom < 1e-9f ? 0.5f : Math.Clamp((c - (b * d)) / bottom, 0, 1);
        Vector3 point = from + (share * side);
        return (Vector3.Dot(point - eye, way), point);
    }
}
