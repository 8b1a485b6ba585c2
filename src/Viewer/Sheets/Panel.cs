using System.Numerics;

namespace Motion.Viewer.Sheets;

/// <summary>
/// A window of a picture that looks level at a place of the world from one side, without perspective, so that the ground is a line and
/// whatever is below it shows.
/// </summary>
internal sealed class Panel : IStage
{
    private readonly Picture _picture;
    private readonly Vector3 _center;
    private readonly Vector3 _right;
    private readonly Vector3 _into;
    private readonly float _pixelsPerMetre;
    private readonly int _left;
    private readonly int _top;
    private readonly int _width;
    private readonly int _height;
    private readonly float _groundRow;

    /// <param name="picture">What is drawn on.</param>
    /// <param name="left">Left edge, pixels.</param>
    /// <param name="top">Upper edge, pixels.</param>
    /// <param name="size">Width and height, pixels.</param>
    /// <param name="center">What stands in the middle; its height does not matter.</param>
    /// <param name="lookHeading">Where the camera looks, rad from X.</param>
    public Panel(Picture picture, int left, int top, (int Width, int Height) size, Vector3 center, float lookHeading)
    {
        (_picture, _left, _top, _width, _height) = (picture, left, top, size.Width, size.Height);
        _center = center with { Z = 0 };
        _into = new Vector3(MathF.Cos(lookHeading), MathF.Sin(lookHeading), 0);
        _right = new Vector3(MathF.Sin(lookHeading), -MathF.Cos(lookHeading), 0);
        _pixelsPerMetre = size.Height / 2.5f;
        _groundRow = size.Height - (0.2f * _pixelsPerMetre);
    }

    public void Ground(Colour colour) =>
        _picture.Line(_left + 2, _top + _groundRow, _left + _width - 3, _top + _groundRow, colour, 1, 1e6f);

    public void Bone(Vector3 from, Vector3 to, Colour colour, float thickness)
    {
        (float x0, float y0, float depth0) = Project(from);
        (float x1, float y1, float depth1) = Project(to);
        if (Inside(x0, y0) && Inside(x1, y1))
        {
            _picture.Line(x0, y0, x1, y1, colour, thickness, Math.Min(depth0, depth1));
        }
    }

    public void Mark(Vector3 place, Colour colour, float radius)
    {
        (float x, float y, _) = Project(place);
        if (Inside(x, y))
        {
            _picture.Dot(x, y, radius, colour);
        }
    }

    /// <inheritdoc/>
    public void Solid(Vector3 middle, float reach, Func<Vector3, Vector3, (float Distance, Vector3 Normal)?> hit, Colour colour)
    {
        (float x, float y, _) = Project(middle);
        float pixels = reach * _pixelsPerMetre;
        Vector3 light = Vector3.Normalize((-_into * 0.7f) + (_right * -0.35f) + new Vector3(0, 0, 0.6f));
        for (int row = (int)(y - pixels); row <= y + pixels; row++)
        {
            for (int column = (int)(x - pixels); column <= x + pixels; column++)
            {
                if (!Inside(column, row))
                {
                    continue;
                }

                float across = (column + 0.5f - _left - (_width / 2f)) / _pixelsPerMetre;
                float up = (_groundRow - (row + 0.5f - _top)) / _pixelsPerMetre;
                Vector3 start = _center + (_right * across) + new Vector3(0, 0, up) - (_into * 10);
                if (hit(start, _into) is var (distance, normal))
                {
                    _picture.Set(column, row, colour.Lit(0.45f + (0.55f * MathF.Max(0, Vector3.Dot(normal, light)))), distance - 10);
                }
            }
        }
    }

    private bool Inside(float x, float y) => x >= _left && y >= _top && x < _left + _width && y < _top + _height;

    private (float X, float Y, float Depth) Project(Vector3 place)
    {
        Vector3 from = place - _center;
        return (_left + (_width / 2f) + (Vector3.Dot(from, _right) * _pixelsPerMetre), _top + _groundRow - (from.Z * _pixelsPerMetre), Vector3.Dot(from, _into));
    }
}
