using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Viewer.Sheets;

/// <summary>Where rays meet a character's shapes.</summary>
internal static class Solids
{
    /// <summary>Draws a shape of a body.</summary>
    public static void Draw(IStage stage, Shape shape, Vector3 bodyPosition, Quaternion bodyRotation, Colour colour)
    {
        Vector3 middle = bodyPosition + Vector3.Transform(shape.Position, bodyRotation);
        Quaternion rotation = bodyRotation * shape.Rotation;
        switch (shape.Kind)
        {
            case ShapeKind.Sphere:
                stage.Solid(middle, shape.Size.X, (start, direction) => Sphere(start, direction, middle, shape.Size.X), colour);
                break;
            case ShapeKind.Capsule:
                Vector3 half = Vector3.Transform(new Vector3(0, 0, shape.Size.Y), rotation);
                stage.Solid(middle, shape.Size.X + shape.Size.Y, (start, direction) => Capsule(start, direction, middle, half, shape.Size.X), colour);
                break;
            case ShapeKind.Box:
                stage.Solid(middle, shape.Size.Length(), (start, direction) => Box(start, direction, middle, rotation, shape.Size), colour);
                break;
        }
    }

    /// <summary>Draws a round bone between two points.</summary>
    public static void Bone(IStage stage, Vector3 from, Vector3 to, float radius, Colour colour)
    {
        Vector3 middle = (from + to) / 2;
        Vector3 half = (to - from) / 2;
        stage.Solid(middle, half.Length() + radius, (start, direction) => Capsule(start, direction, middle, half, radius), colour);
    }

    private static (float, Vector3)? Sphere(Vector3 start, Vector3 direction, Vector3 middle, float radius)
    {
        Vector3 from = start - middle;
        float along = Vector3.Dot(from, direction);
        float square = (along * along) - from.LengthSquared() + (radius * radius);
        if (square < 0)
        {
            return null;
        }

        float distance = -along - MathF.Sqrt(square);
        return (distance, Vector3.Normalize(from + (direction * distance)));
    }

    private static (float, Vector3)? Capsule(Vector3 start, Vector3 direction, Vector3 middle, Vector3 half, float radius)
    {
        float length = half.Length();
        (float Distance, Vector3 Normal)? nearest = Nearer(Sphere(start, direction, middle - half, radius), Sphere(start, direction, middle + half, radius));
        if (length < 1e-6f)
        {
            return nearest;
        }

        // The round part: a circle in the plane across the axis.
        Vector3 axis = half / length;
        Vector3 from = start - middle;
        Vector3 across = direction - (axis * Vector3.Dot(direction, axis));
        Vector3 offset = from - (axis * Vector3.Dot(from, axis));
        float a = across.LengthSquared();
        float b = Vector3.Dot(across, offset);
        float square = (b * b) - (a * (offset.LengthSquared() - (radius * radius)));
        if (a < 1e-9f || square < 0)
        {
            return nearest;
        }

        float distance = (-b - MathF.Sqrt(square)) / a;
        Vector3 at = from + (direction * distance);
        float along = Vector3.Dot(at, axis);
        return MathF.Abs(along) <= length ? Nearer(nearest, (distance, (at - (axis * along)) / radius)) : nearest;
    }

    private static (float, Vector3)? Box(Vector3 start, Vector3 direction, Vector3 middle, Quaternion rotation, Vector3 size)
    {
        Vector3 from = Vector3.Transform(start - middle, Quaternion.Conjugate(rotation));
        Vector3 along = Vector3.Transform(direction, Quaternion.Conjugate(rotation));
        float enter = float.NegativeInfinity;
        float leave = float.PositiveInfinity;
        Vector3 normal = Vector3.Zero;
        for (int axis = 0; axis < 3; axis++)
        {
            float speed = MathF.Abs(along[axis]) < 1e-9f ? 1e-9f : along[axis];
            float near = ((-MathF.Sign(speed) * size[axis]) - from[axis]) / speed;
            float far = ((MathF.Sign(speed) * size[axis]) - from[axis]) / speed;
            if (near > enter)
            {
                enter = near;
                normal = Vector3.Zero;
                normal[axis] = -MathF.Sign(speed);
            }

            leave = MathF.Min(leave, far);
        }

        return enter <= leave ? (enter, Vector3.Transform(normal, rotation)) : null;
    }

    private static (float Distance, Vector3 Normal)? Nearer((float Distance, Vector3 Normal)? first, (float Distance, Vector3 Normal)? second) =>
        first is null ? second : second is null ? first : first.Value.Distance <= second.Value.Distance ? first : second;
}
