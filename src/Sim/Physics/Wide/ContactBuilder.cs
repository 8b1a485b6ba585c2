using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>Finds every contact that can ever be.</summary>
internal static class ContactBuilder
{
    public static ContactModel Build(SceneBodies scene, BodyFrame[] frames, Link[] links, Dof[] dofs, BatchOptions options)
    {
        Terrain terrain = scene.Scene.Terrain;
        Shape[] fixedShapes = [.. scene.Scene.Character.WorldShapes, .. terrain.Boxes, .. scene.Shapes.Where(s => frames[s.Body].Link < 0).Select(s => OnLink(s, frames[s.Body]))];
        WorldPlane[] planes = [.. Planes(fixedShapes, terrain)];
        WorldBox[] boxes = [.. fixedShapes.Where(s => s.Kind == ShapeKind.Box).Select(s => new WorldBox(s.Position, s.Rotation, s.Size))];
        bool hasEdges = boxes.Length > 0 || terrain.HeightField is not null;
        bool hasGround = planes.Length > 0 || terrain.HeightField is not null;
        bool[] surfaces = (hasGround, boxes.Length > 0) switch { (true, true) => [false, true], (true, false) => [false], (false, true) => [true], _ => [] };
        var supports = new List<ContactSupport>();
        var points = new List<TerrainPoint>();
        foreach (Shape shape in scene.Shapes.Where(s => frames[s.Body].Link >= 0))
        {
            if (surfaces.Length == 0 || GroundFriction(scene, shape) is not float friction)
            {
                continue;
            }

            int link = frames[shape.Body].Link;
            foreach (Vector3 point in SamplePoints(OnLink(shape, frames[shape.Body]), middle: hasEdges))
            {
                foreach (bool onBoxes in surfaces)
                {
                    points.Add(new TerrainPoint(link, point, PointRadius(shape), onBoxes));
                    supports.Add(Support(shape.Body, -1, link, -1, links, dofs, friction));
                }
            }
        }

        BoundingSphere[] bounds = [.. scene.Shapes.Select(s => Bound(OnLink(s, frames[s.Body]), frames[s.Body].Link))];
        var pairs = new List<WidePair>();
        foreach (ShapePair pair in Pairs(scene, options).Where(p => frames[scene.Shapes[p.First].Body].Link >= 0 && frames[scene.Shapes[p.Second].Body].Link >= 0))
        {
            AddPair(pairs, supports, frames, links, dofs, (scene.Shapes[pair.First], pair.First), (scene.Shapes[pair.Second], pair.Second), pair.Friction, scene.CharacterBodies);
        }

        return new ContactModel([.. points], [.. pairs], [.. supports], bounds, planes, boxes, terrain.HeightField);
    }

    private static IEnumerable<WorldPlane> Planes(Shape[] fixedShapes, Terrain terrain)
    {
        if (terrain.Ground)
        {
            yield return new WorldPlane(Vector3.UnitZ, 0);
        }

        foreach (Shape plane in fixedShapes.Where(s => s.Kind == ShapeKind.Plane))
        {
            Vector3 normal = Vector3.Transform(Vector3.UnitZ, plane.Rotation);
            float offset = Vector3.Dot(normal, plane.Position);
            if (!terrain.Ground || normal != Vector3.UnitZ || offset != 0)
            {
                yield return new WorldPlane(normal, offset);
            }
        }
    }

    /// <summary>Friction of a shape on the ground, or nothing where it does not meet it.</summary>
    private static float? GroundFriction(SceneBodies scene, Shape shape)
    {
        Character character = scene.Scene.Character;
        var ground = new Shape { Name = "", Body = -1, Kind = ShapeKind.Plane, Size = default, Friction = scene.Scene.Terrain.Friction };
        int index = Array.IndexOf(scene.Shapes, shape);
        ShapePair[] own = [.. CollisionPairs.WithWorld(character).Where(pair => pair.First == index)];
        return own.Length > 0 ? own.Max(pair => pair.Friction)
            : (shape.ContactType & ground.ContactAffinity) != 0 || (ground.ContactType & shape.ContactAffinity) != 0 ? CollisionPairs.Friction(shape, ground)
            : null;
    }

    /// <summary>The character's own pairs, and every prop with everything.</summary>
    private static IEnumerable<ShapePair> Pairs(SceneBodies scene, BatchOptions options)
    {
        IEnumerable<ShapePair> own = options.SelfCollision ? CollisionPairs.Among(scene.Scene.Character) : [];
        int firstProp = scene.Scene.Character.Shapes.Length;
        return own.Concat(
            from prop in Enumerable.Range(firstProp, scene.Shapes.Length - firstProp)
            from other in Enumerable.Range(0, prop)
            select new ShapePair(other, prop, CollisionPairs.Friction(scene.Shapes[other], scene.Shapes[prop])));
    }

    private static void AddPair(List<WidePair> pairs, List<ContactSupport> supports, BodyFrame[] frames, Link[] links, Dof[] dofs, (Shape Shape, int Index) a, (Shape Shape, int Index) b, float friction, int characterBodies)
    {
        if (a.Shape.Kind == ShapeKind.Box && b.Shape.Kind != ShapeKind.Box)
        {
            (a, b) = (b, a);
        }

        bool twoBoxes = a.Shape.Kind == ShapeKind.Box && b.Shape.Kind == ShapeKind.Box;
        if (twoBoxes && a.Shape.Body < characterBodies && b.Shape.Body < characterBodies)
        {
            (a, b, twoBoxes) = ((InnerCapsule(a.Shape), a.Index), (InnerCapsule(b.Shape), b.Index), false);
        }

        Add(a, b);
        if (twoBoxes)
        {
            Add(b, a);
        }

        void Add((Shape Shape, int Index) first, (Shape Shape, int Index) second)
        {
            Shape onA = OnLink(first.Shape, frames[first.Shape.Body]), onB = OnLink(second.Shape, frames[second.Shape.Body]);
            int linkA = frames[first.Shape.Body].Link, linkB = frames[second.Shape.Body].Link;
            PairTest test = second.Shape.Kind == ShapeKind.Box ? PairTest.PointsInBox : PairTest.Segments;
            Vector3[] pointsA = test == PairTest.Segments ? Segment(onA) : SamplePoints(onA, middle: true);
            Vector3[] pointsB = test == PairTest.Segments ? Segment(onB) : [onB.Position];
            pairs.Add(new WidePair(
                test, supports.Count, first.Index, second.Index,
                new PairSide(linkA, pointsA, PointRadius(onA), onA.Rotation, onA.Size),
                new PairSide(linkB, pointsB, PointRadius(onB), onB.Rotation, onB.Size)));
            for (int contact = 0; contact < (test == PairTest.Segments ? 1 : pointsA.Length); contact++)
            {
                supports.Add(Support(first.Shape.Body, second.Shape.Body, linkA, linkB, links, dofs, friction));
            }
        }
    }

    /// <summary>
    /// The capsule along a box's longest edge. A character's own boxes (feet, hands) meet each other as these: one contact in
    /// place of sixteen.
    /// </summary>
    private static Shape InnerCapsule(Shape box)
    {
        Vector3 s = box.Size;
        Vector3 axis = s.X >= s.Y && s.X >= s.Z ? Vector3.UnitX : s.Y >= s.Z ? Vector3.UnitY : Vector3.UnitZ;
        float longest = Vector3.Dot(s, axis), radius = (s.X + s.Y + s.Z - longest) / 2;
        Quaternion toAxis = axis == Vector3.UnitX
            ? Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 2)
            : axis == Vector3.UnitY ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, -MathF.PI / 2) : Quaternion.Identity;
        return box with
        {
            Kind = ShapeKind.Capsule,
            Size = new Vector3(radius, MathF.Max(longest - radius, 0), 0),
            Rotation = Quaternion.Normalize(box.Rotation * toAxis),
        };
    }

    private static ContactSupport Support(int bodyA, int bodyB, int linkA, int linkB, Link[] links, Dof[] dofs, float friction)
    {
        int[] chainA = Chain(linkA, links, dofs), chainB = Chain(linkB, links, dofs);
        int[] union = [.. chainA.Union(chainB).Order()];
        return new ContactSupport(
            bodyA, bodyB, linkA, linkB, union, [.. union.Select(dof => Array.IndexOf(chainA, dof))], [.. union.Select(dof => Array.IndexOf(chainB, dof))], friction);
    }

    private static int[] Chain(int link, Link[] links, Dof[] dofs)
    {
        var chain = new List<int>();
        for (int dof = link < 0 ? -1 : links[link].TipDof; dof >= 0; dof = dofs[dof].Parent)
        {
            chain.Add(dof);
        }

        chain.Reverse();
        return [.. chain];
    }

    private static Shape OnLink(Shape shape, BodyFrame frame) => shape with
    {
        Position = frame.Position + Vector3.Transform(shape.Position, frame.Rotation),
        Rotation = Quaternion.Normalize(frame.Rotation * shape.Rotation),
    };

    private static float PointRadius(Shape shape) => shape.Kind == ShapeKind.Box ? 0 : shape.Size.X;

    private static Vector3[] Segment(Shape shape)
    {
        Vector3 half = shape.Kind == ShapeKind.Capsule ? Vector3.Transform(new Vector3(0, 0, shape.Size.Y), shape.Rotation) : Vector3.Zero;
        return [shape.Position - half, shape.Position + half];
    }

    private static Vector3[] SamplePoints(Shape shape, bool middle)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Sphere:
                return [shape.Position];
            case ShapeKind.Capsule:
                Vector3[] ends = Segment(shape);
                return middle ? [ends[0], shape.Position, ends[1]] : ends;
            case ShapeKind.Box:
                return [.. from x in new[] { -1, 1 }
                           from y in new[] { -1, 1 }
                           from z in new[] { -1, 1 }
                           select shape.Position + Vector3.Transform(shape.Size * new Vector3(x, y, z), shape.Rotation)];
            default:
                throw new MotionException(ExitCode.BadInput, $"shape '{shape.Name}' is a {shape.Kind}, which only the world can be");
        }
    }

    private static BoundingSphere Bound(Shape shape, int link) => new(link, shape.Position, shape.Kind switch
    {
        ShapeKind.Sphere => shape.Size.X,
        ShapeKind.Capsule => shape.Size.X + shape.Size.Y,
        _ => shape.Size.Length(),
    });
}
