using System.Numerics;

namespace Motion.Viewer.Sheets;

/// <summary>Something that solids can be drawn on.</summary>
internal interface IStage
{
    /// <summary>Draws whatever a ray hits within reach of a point.</summary>
    /// <param name="middle">Middle of the solid.</param>
    /// <param name="reach">Farthest that any part is from the middle, m.</param>
    /// <param name="hit">Distance along the ray from its start, and the surface's normal; null when it misses. Given start and direction.</param>
    /// <param name="colour">Colour in full light.</param>
    void Solid(Vector3 middle, float reach, Func<Vector3, Vector3, (float Distance, Vector3 Normal)?> hit, Colour colour);
}
