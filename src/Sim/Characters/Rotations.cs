using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>Rotation vectors: axis times angle, the exponential map of rotations.</summary>
public static class Rotations
{
    /// <summary>The rotation vector of a unit quaternion, rad; its length is at most π.</summary>
    public static Vector3 ToVector(Quaternion rotation)
    {
        Vector3 imaginary = new(rotation.X, rotation.Y, rotation.Z);
        float sine = imaginary.Length();
        float sign = rotation.W < 0 ? -1 : 1;
        if (sine < 1e-12f)
        {
            return Vector3.Zero;
        }

        return imaginary * (sign * 2 * MathF.Atan2(sine, MathF.Abs(rotation.W)) / sine);
    }

    /// <summary>The unit quaternion of a rotation vector, rad.</summary>
    public static Quaternion FromVector(Vector3 vector)
    {
        float angle = vector.Length();
        return angle < 1e-12f ? Quaternion.Identity : Quaternion.CreateFromAxisAngle(vector / angle, angle);
    }
}
