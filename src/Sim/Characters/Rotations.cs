using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>Rotations made from and into other things: rotation vectors (axis times angle, the exponential map), pairs of directions.</summary>
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

    /// <summary>The smallest rotation that turns one direction into another; identity when either has no length.</summary>
    public static Quaternion Between(Vector3 from, Vector3 to)
    {
        float lengths = from.Length() * to.Length();
        if (lengths < 1e-12f)
        {
            return Quaternion.Identity;
        }

        float cosine = Vector3.Dot(from, to) / lengths;
        if (cosine < -0.9999f)
        {
            // Opposite directions tell no axis: half a turn about any at right angles, then the small rest.
            Vector3 aside = MathF.Abs(from.X) < 0.9f * from.Length() ? Vector3.UnitX : Vector3.UnitY;
            return Between(-from, to) * Quaternion.CreateFromAxisAngle(Vector3.Normalize(Vector3.Cross(from, aside)), MathF.PI);
        }

        return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, to) / lengths, 1 + cosine));
    }
}
