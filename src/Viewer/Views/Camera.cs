using System.Numerics;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Views;

/// <summary>A picture seen through a lens: solids with depth and light, over a chequered ground with soft shadows.</summary>
internal sealed class Camera : IStage
{
    // Half the angle from the bottom of the picture to its top.
    private const float HalfView = 0.33f;

    // Squares of half a metre, as far as they can be told apart.
    private const float Square = 0.5f;
    private const float FarGround = 14;

    private static readonly Colour s_light = new(226, 228, 230);
    private static readonly Colour s_dark = new(206, 209, 213);

    private readonly Picture _picture;
    private readonly Vector3 _eye;
    private readonly Vector3 _into;
    private readonly Vector3 _right;
    private readonly Vector3 _up;
    private readonly Vector3 _sun;
    private readonly float _focal;

    /// <param name="picture">What is drawn on, all of it.</param>
    /// <param name="target">What is in the middle, m.</param>
    /// <param name="heading">Where the camera looks, rad from X.</param>
    /// <param name="distance">How far it is from the target, m.</param>
    public Camera(Picture picture, Vector3 target, float heading, float distance)
    {
        const float Down = 0.2f;
        _picture = picture;
        _into = new Vector3(MathF.Cos(heading) * MathF.Cos(Down), MathF.Sin(heading) * MathF.Cos(Down), -MathF.Sin(Down));
        _right = new Vector3(MathF.Sin(heading), -MathF.Cos(heading), 0);
        _up = Vector3.Cross(_right, _into);
        _eye = target - (_into * distance);
        _sun = Vector3.Normalize((-_into * 0.6f) - (_right * 0.4f) + new Vector3(0, 0, 0.8f));
        _focal = picture.Height / (2 * MathF.Tan(HalfView));
    }

    /// <summary>Draws the ground.</summary>
    /// <param name="blobs">What casts shadows straight down, at least one.</param>
    public void Ground(IReadOnlyList<(Vector3 From, Vector3 To, float Radius)> blobs)
    {
        // Beyond this no blob's shadow reaches.
        Vector2 low = new(blobs.Min(blob => MathF.Min(blob.From.X, blob.To.X)) - 1, blobs.Min(blob => MathF.Min(blob.From.Y, blob.To.Y)) - 1);
        Vector2 high = new(blobs.Max(blob => MathF.Max(blob.From.X, blob.To.X)) + 1, blobs.Max(blob => MathF.Max(blob.From.Y, blob.To.Y)) + 1);
        for (int row = 0; row < _picture.Height; row++)
        {
            for (int column = 0; column < _picture.Width; column++)
            {
                Vector3 ray = Ray(column, row);
                float along = ray.Z < -1e-3f ? -_eye.Z / ray.Z : float.PositiveInfinity;
                if (along > FarGround)
                {
                    continue;
                }

                Vector3 at = _eye + (ray * along);
                Colour square = (((int)MathF.Floor(at.X / Square) + (int)MathF.Floor(at.Y / Square)) & 1) == 0 ? s_light : s_dark;
                float haze = Math.Clamp((along - 5) / (FarGround - 5), 0, 1);
                float shadow = at.X > low.X && at.Y > low.Y && at.X < high.X && at.Y < high.Y ? Shadow(at, blobs) : 0;
                _picture.Set(column, row, Mixed(square.Lit(1 - shadow), Colour.Paper, haze), along * Vector3.Dot(ray, _into));
            }
        }
    }

    /// <summary>A disc flat on the ground, over everything drawn there.</summary>
    public void Disc(Vector3 middle, float radius, Colour colour)
    {
        (float x, float y, float scale) = Project(middle with { Z = 0 });
        for (int row = (int)(y - (radius * scale)); row <= y + (radius * scale); row++)
        {
            for (int column = (int)(x - (radius * scale)); column <= x + (radius * scale); column++)
            {
                Vector3 ray = Ray(column, row);
                float along = -_eye.Z / ray.Z;
                if (along > 0 && Vector3.DistanceSquared(_eye + (ray * along), middle with { Z = 0 }) < radius * radius)
                {
                    _picture.Set(column, row, colour, (along * Vector3.Dot(ray, _into)) - 0.005f);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Solid(Vector3 middle, float reach, Func<Vector3, Vector3, (float Distance, Vector3 Normal)?> hit, Colour colour)
    {
        if (Vector3.Dot(middle - _eye, _into) < reach + 0.05f)
        {
            return;
        }

        (float x, float y, float scale) = Project(middle);
        float pixels = (1.2f * reach * scale) + 1;
        (int top, int bottom) = ((int)Math.Max(0, y - pixels), (int)Math.Min(_picture.Height - 1, y + pixels));
        (int left, int right) = ((int)Math.Max(0, x - pixels), (int)Math.Min(_picture.Width - 1, x + pixels));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                Vector3 ray = Ray(column, row);
                if (hit(_eye, ray) is var (distance, normal) && distance > 0)
                {
                    float light = 0.42f + (0.5f * MathF.Max(0, Vector3.Dot(normal, _sun))) + (0.08f * MathF.Max(0, normal.Z));
                    _picture.Set(column, row, colour.Lit(MathF.Min(light, 1)), distance * Vector3.Dot(ray, _into));
                }
            }
        }
    }

    private Vector3 Ray(int column, int row) => Vector3.Normalize(
        (_into * _focal) + (_right * (column + 0.5f - (_picture.Width / 2f))) - (_up * (row + 0.5f - (_picture.Height / 2f))));

    private (float X, float Y, float Scale) Project(Vector3 place)
    {
        Vector3 from = place - _eye;
        float scale = _focal / Vector3.Dot(from, _into);
        return ((_picture.Width / 2f) + (Vector3.Dot(from, _right) * scale), (_picture.Height / 2f) - (Vector3.Dot(from, _up) * scale), scale);
    }

    // How much of the light from above the nearest blob keeps off, less the higher it is.
    private static float Shadow(Vector3 ground, IReadOnlyList<(Vector3 From, Vector3 To, float Radius)> blobs)
    {
        float most = 0;
        foreach ((Vector3 from, Vector3 to, float radius) in blobs)
        {
            Vector2 start = new(from.X, from.Y);
            Vector2 way = new Vector2(to.X, to.Y) - start;
            Vector2 toGround = new Vector2(ground.X, ground.Y) - start;
            float length = way.LengthSquared();
            float share = length > 1e-8f ? Math.Clamp(Vector2.Dot(toGround, way) / length, 0, 1) : 0;
            float height = from.Z + (share * (to.Z - from.Z));
            float blur = radius + 0.03f + (0.15f * MathF.Max(0, height));
            float near = 1 - ((toGround - (way * share)).Length() / blur);
            most = near > 0 ? MathF.Max(most, MathF.Min(1, 1.6f * near) * 0.42f / (1 + MathF.Max(0, height))) : most;
        }

        return most;
    }

    private static Colour Mixed(Colour first, Colour second, float share) => new(
        (byte)(first.Red + (share * (second.Red - first.Red))), (byte)(first.Green + (share * (second.Green - first.Green))), (byte)(first.Blue + (share * (second.Blue - first.Blue))));
}
