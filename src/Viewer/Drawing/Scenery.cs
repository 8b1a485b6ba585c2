using System.Numerics;

namespace Motion.Viewer.Drawing;

/// <summary>A band along a path, flat on the ground or at the height of its points.</summary>
/// <param name="Points">The path, m.</param>
/// <param name="Width">Its width, m.</param>
/// <param name="Colour">Its colour at the end.</param>
/// <param name="StartShare">How much of the alpha it has at its start, 0 to 1.</param>
internal sealed record Ribbon(IReadOnlyList<Vector3> Points, float Width, Tint Colour, float StartShare = 1);

/// <summary>A disc or ring flat on the ground.</summary>
/// <param name="Middle">Its middle, m.</param>
/// <param name="InnerRadius">Radius of the hole, m; 0 for a disc.</param>
/// <param name="Radius">Radius, m.</param>
/// <param name="Colour">Its colour.</param>
internal readonly record struct Disc(Vector3 Middle, float InnerRadius, float Radius, Tint Colour);

/// <summary>All that is drawn of a moment, besides ground and sky: filled anew for each frame, and kept so that frames allocate little.</summary>
internal sealed class Scenery
{
    private const float ArrowRadius = 0.012f;

    /// <summary>What the light falls on: the middle of the part of the ground that shows shadows, m.</summary>
    public Vector3 Focus { get; set; }

    /// <summary>What stands in the light and casts shadows.</summary>
    public List<Solid> Solids { get; } = [];

    /// <summary>Figures that are shown through: their alpha counts, and they cast no shadow.</summary>
    public List<Solid> Ghosts { get; } = [];

    /// <summary>Solids that only mean something: arrows, joints, centres. They cast no shadow.</summary>
    public List<Solid> Marks { get; } = [];

    /// <summary>Trails and planned paths.</summary>
    public List<Ribbon> Ribbons { get; } = [];

    /// <summary>Targets and marks of contact.</summary>
    public List<Disc> Discs { get; } = [];

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Solids.Clear();
        Ghosts.Clear();
        Marks.Clear();
        Ribbons.Clear();
        Discs.Clear();
    }

    /// <summary>Adds an arrow.</summary>
    /// <param name="from">Where it begins, m.</param>
    /// <param name="along">Where to and how long, m.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="thickness">Factor on how thick it is.</param>
    public void AddArrow(Vector3 from, Vector3 along, Tint colour, float thickness = 1)
    {
        float length = along.Length();
        if (length < 1e-4f)
        {
            return;
        }

        float radius = ArrowRadius * thickness;
        float head = MathF.Min(6 * radius, length / 2);
        Vector3 neck = from + (along * (1 - (head / length)));
        Marks.Add(Solid.Capsule(from, neck, radius, colour));
        Marks.Add(Solid.Cone(neck, from + along, 2.4f * radius, colour));
    }

    /// <summary>Adds a target on the ground: a disc in a ring.</summary>
    public void AddTarget(Vector3 middle, float radius, Tint colour)
    {
        Discs.Add(new Disc(middle, 0, 0.25f * radius, colour));
        Discs.Add(new Disc(middle, 0.45f * radius, 0.6f * radius, colour.Faded(0.8f)));
        Discs.Add(new Disc(middle, 0.85f * radius, radius, colour));
    }
}
