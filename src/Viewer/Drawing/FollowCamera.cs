using System.Numerics;

namespace Motion.Viewer.Drawing;

/// <summary>A camera that follows a point calmly and is turned about it with the mouse.</summary>
internal sealed class FollowCamera
{
    private const float Near = 0.05f;
    private const float Far = 250;
    private const float TurnPerPixel = 0.006f;
    private const float ZoomPerNotch = 0.12f;

    /// <summary>The camera's share of the way to the point it follows is 1 − 1/e after this long, s: steps do not shake it.</summary>
    public const float Calm = 0.35f;

    private bool _isPlaced;

    /// <summary>Where it looks, rad from X.</summary>
    public float Heading { get; set; } = 2.6f;

    /// <summary>How far down it looks, rad.</summary>
    public float Down { get; set; } = 0.16f;

    /// <summary>From the point it looks at, m.</summary>
    public float Distance { get; set; } = 3.6f;

    /// <summary>Half the angle from the bottom of the picture to its top, rad.</summary>
    public float HalfView { get; set; } = 0.36f;

    /// <summary>The point in the middle of the picture, m.</summary>
    public Vector3 Target { get; private set; } = new(0, 0, 0.9f);

    /// <summary>Whether it goes along with what it follows.</summary>
    public bool IsFollowing { get; set; } = true;

    /// <summary>Where it is, m: never under the ground.</summary>
    public Vector3 Eye
    {
        get
        {
            Vector3 eye = Target - (Direction * Distance);
            return eye with { Z = MathF.Max(eye.Z, 0.08f) };
        }
    }

    private Vector3 Direction => new(MathF.Cos(Heading) * MathF.Cos(Down), MathF.Sin(Heading) * MathF.Cos(Down), -MathF.Sin(Down));

    /// <summary>Goes along with a point.</summary>
    /// <param name="point">What it follows, m.</param>
    /// <param name="seconds">Since the last call; the first puts it there.</param>
    public void Follow(Vector3 point, float seconds)
    {
        if (IsFollowing || !_isPlaced)
        {
            Target = _isPlaced ? Vector3.Lerp(Target, point, 1 - MathF.Exp(-seconds / Calm)) : point;
            _isPlaced = true;
        }
    }

    /// <summary>Looks at a point from now on.</summary>
    public void LookAt(Vector3 point) => (Target, _isPlaced) = (point, true);

    /// <summary>Turns about the point it looks at, as the mouse was dragged, pixels.</summary>
    public void Turn(Vector2 dragged)
    {
        Heading -= TurnPerPixel * dragged.X;
        Down = Math.Clamp(Down + (TurnPerPixel * dragged.Y), -0.2f, 1.5f);
    }

    /// <summary>Goes nearer or farther, as the wheel was turned.</summary>
    public void Zoom(float notches) => Distance = Math.Clamp(Distance * MathF.Exp(-ZoomPerNotch * notches), 0.6f, 40);

    /// <summary>Shifts the point it looks at sideways and up, as the mouse was dragged, pixels of a picture so high.</summary>
    public void Shift(Vector2 dragged, int height)
    {
        float metres = 2 * Distance * MathF.Tan(HalfView) / height;
        Vector3 right = new(MathF.Sin(Heading), -MathF.Cos(Heading), 0);
        Target += metres * ((-dragged.X * right) + (dragged.Y * Vector3.UnitZ));
    }

    /// <summary>From the world to clip space, for row vectors.</summary>
    public Matrix4x4 ViewProjection(int width, int height) =>
        Matrix4x4.CreateLookAt(Eye, Eye + Aim, Vector3.UnitZ) * Matrix4x4.CreatePerspectiveFieldOfView(2 * HalfView, (float)width / height, Near, Far);

    /// <summary>The direction of a pixel from <see cref="Eye"/>, a unit vector.</summary>
    /// <param name="pixel">From the top left.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public Vector3 Ray(Vector2 pixel, int width, int height)
    {
        Vector3 into = Aim;
        Vector3 right = Vector3.Normalize(Vector3.Cross(into, Vector3.UnitZ));
        Vector3 up = Vector3.Cross(right, into);
        float tangent = MathF.Tan(HalfView);
        Vector2 share = new((2 * pixel.X / width) - 1, 1 - (2 * pixel.Y / height));
        return Vector3.Normalize(into + (right * share.X * tangent * width / height) + (up * share.Y * tangent));
    }

    /// <summary>Where a point is in the picture, pixels from the top left; null when it is behind the camera.</summary>
    public Vector2? Project(Vector3 point, int width, int height)
    {
        Vector4 clip = Vector4.Transform(new Vector4(point, 1), ViewProjection(width, height));
        return clip.W > Near ? new Vector2((1 + (clip.X / clip.W)) * width / 2, (1 - (clip.Y / clip.W)) * height / 2) : null;
    }

    // Held above the ground the eye is not where the angles put it: it still looks at the target.
    private Vector3 Aim => Vector3.Normalize(Target - Eye);
}
