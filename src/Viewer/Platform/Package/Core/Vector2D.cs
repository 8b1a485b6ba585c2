namespace Silk.NET.Maths;

/// <summary>Two numbers.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Down.</param>
internal record struct Vector2D<T>(T X, T Y)
    where T : unmanaged;
