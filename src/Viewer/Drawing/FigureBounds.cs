using System.Numerics;

namespace Motion.Viewer.Drawing;

/// <summary>Which part of a picture solids are on.</summary>
internal static class FigureBounds
{
    private const float Near = 0.05f;

    /// <summary>The smallest rectangle around all solids, ghosts and marks of a scene as a camera sees them; null when none is in the picture.</summary>
    public static PixelRectangle? Of(Scenery scenery, FollowCamera camera, int width, int height)
    {
        Matrix4x4 view = camera.ViewProjection(width, height);
        float scale = height / (2 * MathF.Tan(camera.HalfView));
        Vector4 bounds = new(float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (List<Solid> solids in (ReadOnlySpan<List<Solid>>)[scenery.Solids, scenery.Ghosts, scenery.Marks])
        {
            foreach (Solid solid in solids)
            {
                bounds = Around(bounds, solid, Vector4.Transform(new Vector4(solid.Position, 1), view), scale, width, height);
            }
        }

        int left = (int)Math.Clamp(bounds.X, 0, width), right = (int)Math.Clamp(bounds.Z + 1, 0, width);
        int bottom = (int)Math.Clamp(bounds.Y, 0, height), top = (int)Math.Clamp(bounds.W + 1, 0, height);
        return right > left && top > bottom ? new PixelRectangle(left, bottom, right - left, top - bottom) : null;
    }

    private static Vector4 Around(Vector4 bounds, in Solid solid, Vector4 clip, float scale, int width, int height)
    {
        if (clip.W + solid.Reach < Near)
        {
            return bounds;
        }

        // So near that it surrounds the eye: it may be anywhere.
        if (clip.W - solid.Reach < Near)
        {
            return new Vector4(0, 0, width, height);
        }

        // A ball off the middle of the picture is seen a little longer than wide: the nearest it can be covers that.
        float reach = scale * solid.Reach / (clip.W - solid.Reach);
        float x = (1 + (clip.X / clip.W)) * width / 2, y = (1 + (clip.Y / clip.W)) * height / 2;
        return new Vector4(MathF.Min(bounds.X, x - reach), MathF.Min(bounds.Y, y - reach), MathF.Max(bounds.Z, x + reach), MathF.Max(bounds.W, y + reach));
    }
}
