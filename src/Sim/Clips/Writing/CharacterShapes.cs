using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Writing;

/// <summary>What a character's collision shapes tell of its looks, in the T-pose. Anchors are where bodies turn, in their own frames: [body].</summary>
internal static class CharacterShapes
{
    /// <summary>Marks at the far side of the bodies that nothing hangs on.</summary>
    public static IEnumerable<SkeletonJoint> Tips(Character character, SkeletonJoint[] joints, Vector3[] anchors, Quaternion[] tPose)
    {
        HashSet<int> parents = [.. joints.Select(joint => joint.Parent)];
        for (int body = 0; body < joints.Length; body++)
        {
            Shape[] shapes = [.. character.Shapes.Where(shape => shape.Body == body)];
            if (parents.Contains(body) || shapes.Length == 0)
            {
                continue;
            }

            Vector3 lowest = new(float.MaxValue), highest = new(float.MinValue);
            foreach (Shape shape in shapes)
            {
                Vector3 center = Vector3.Transform(shape.Position - anchors[body], tPose[body]);
                Vector3 reach = Reach(shape, tPose[body] * shape.Rotation);
                lowest = Vector3.Min(lowest, center - reach);
                highest = Vector3.Max(highest, center + reach);
            }

            yield return new SkeletonJoint($"{joints[body].Name}_tip", body, FarSide(lowest, highest), IsEnd: true);
        }
    }

    /// <summary>The shapes of all bodies in the T-pose; bones where there are none.</summary>
    public static ProxyMesh Mesh(Character character, Skeleton skeleton, Vector3[] anchors, Quaternion[] tPose)
    {
        if (!character.Shapes.Any(shape => shape.Body >= 0))
        {
            return ProxyMesh.OfBones(skeleton);
        }

        ProxyMesh mesh = new();
        Vector3[] places = skeleton.RestPositions();
        foreach (Shape shape in character.Shapes.Where(shape => shape.Body >= 0))
        {
            Vector3 center = places[shape.Body] + Vector3.Transform(shape.Position - anchors[shape.Body], tPose[shape.Body]);
            Quaternion rotation = tPose[shape.Body] * shape.Rotation;
            if (shape.Kind == ShapeKind.Box)
            {
                mesh.AddBox(shape.Body, center, rotation, shape.Size);
            }
            else
            {
                mesh.AddCapsule(shape.Body, center, rotation, shape.Size.X, shape.Kind == ShapeKind.Capsule ? shape.Size.Y : 0);
            }
        }

        return mesh;
    }

    /// <summary>Half the extents of a shape along the world's axes, m.</summary>
    private static Vector3 Reach(Shape shape, Quaternion rotation)
    {
        Vector3 x = Vector3.Abs(Vector3.Transform(Vector3.UnitX, rotation));
        Vector3 y = Vector3.Abs(Vector3.Transform(Vector3.UnitY, rotation));
        Vector3 z = Vector3.Abs(Vector3.Transform(Vector3.UnitZ, rotation));
        return shape.Kind switch
        {
            ShapeKind.Box => (x * shape.Size.X) + (y * shape.Size.Y) + (z * shape.Size.Z),
            ShapeKind.Capsule => new Vector3(shape.Size.X) + (z * shape.Size.Y),
            _ => new Vector3(shape.Size.X),
        };
    }

    /// <summary>The middle of the side of a box around the origin's surroundings that is farthest from the origin.</summary>
    private static Vector3 FarSide(Vector3 lowest, Vector3 highest)
    {
        Vector3 middle = (lowest + highest) / 2;
        Vector3[] sides =
        [
            middle with { X = highest.X }, middle with { X = lowest.X }, middle with { Y = highest.Y },
            middle with { Y = lowest.Y }, middle with { Z = highest.Z }, middle with { Z = lowest.Z },
        ];
        float[] distances = [highest.X, -lowest.X, highest.Y, -lowest.Y, highest.Z, -lowest.Z];
        return sides[Array.IndexOf(distances, distances.Max())];
    }
}
