using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Drawing;

/// <summary>The shapes of a character as solids: left is blue, right is red, the middle is light.</summary>
internal sealed class CharacterSolids
{
    private readonly ImmutableArray<Shape> _shapes;
    private readonly Tint[] _colours;

    public CharacterSolids(Character character)
    {
        _shapes = [.. character.Shapes.Where(shape => shape.Body >= 0)];
        ImmutableArray<Colour> sides = FigureColours.Of(character).Colours;
        _colours = [.. _shapes.Select(shape => sides[shape.Body] == Colour.Left ? Tint.Left : sides[shape.Body] == Colour.Right ? Tint.Right : Tint.Middle)];
    }

    /// <summary>Adds the character's shapes where its bodies are.</summary>
    /// <param name="list">Where to: the solids or the ghosts of a <see cref="Scenery"/>.</param>
    /// <param name="places">Origins of the bodies, m: [body].</param>
    /// <param name="rotations">Orientations of the bodies: [body].</param>
    /// <param name="colour">One colour for all of it, such as a ghost's; its own when null.</param>
    public void AddTo(List<Solid> list, ReadOnlySpan<Vector3> places, ReadOnlySpan<Quaternion> rotations, Tint? colour = null)
    {
        for (int index = 0; index < _shapes.Length; index++)
        {
            Shape shape = _shapes[index];
            list.Add(Of(shape, places[shape.Body], rotations[shape.Body], colour ?? _colours[index]));
        }
    }

    /// <summary>A shape of a body as a solid.</summary>
    public static Solid Of(Shape shape, Vector3 place, Quaternion rotation, Tint colour)
    {
        Vector3 middle = place + Vector3.Transform(shape.Position, rotation);
        Quaternion turn = rotation * shape.Rotation;
        return shape.Kind switch
        {
            ShapeKind.Box => Solid.Box(middle, turn, shape.Size, colour),
            ShapeKind.Capsule => new Solid(middle, turn, new Vector3(0, 0, shape.Size.Y), shape.Size.X, colour),
            _ => Solid.Sphere(middle, shape.Size.X, colour),
        };
    }
}
