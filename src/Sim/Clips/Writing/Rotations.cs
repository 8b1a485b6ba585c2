using System.Numerics;

namespace Motion.Sim.Clips.Writing;

/// <summary>Rotations that writing needs.</summary>
internal static class Rotations
{
    /// <summary>The smallest rotation that turns one direction into another; identity when either has no length.</summary>
    public static Quaternion Between(Vector3 from, Vector3 to)
    {
        float lengths = from.Length() * to.Length();
        if (lengths < 1e-12f)
        {
            return Quaternion.Identity;
        }

        float cosine = Vector3.Dot(from, to) / lengths;
        if (cosine < -0.999999f)
        {
            Vector3 aside = MathF.Abs(from.X) < 0.9f * from.Length() ? Vector3.UnitX : Vector3.UnitY;
            return Quaternion.CreateFromAxisAngle(Vector3.Normalize(Vector3.Cross(from, aside)), MathF.PI);
        }

        Vector3 axis = Vector3.Cross(from, to) / lengths;
        return Quaternion.Normalize(new Quaternion(axis, 1 + cosine));
    }
}
