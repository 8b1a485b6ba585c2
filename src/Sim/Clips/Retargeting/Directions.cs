using System.Numerics;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Small rotations between directions.</summary>
internal static class Directions
{
    /// <summary>The vector at unit length, or zero when it has none.</summary>
    public static Vector3 Unit(Vector3 vector)
    {
        float length = vector.Length();
        return length > 1e-9f ? vector / length : Vector3.Zero;
    }

    /// <summary>The part of a vector that is at right angles to a unit direction.</summary>
    public static Vector3 Across(Vector3 vector, Vector3 unit) => vector - (unit * Vector3.Dot(vector, unit));

    /// <summary>The shortest rotation from one unit direction to another; about any axis when they are opposite.</summary>
    public static Quaternion Between(Vector3 from, Vector3 to)
    {
        float cosine = Vector3.Dot(from, to);
        if (cosine < -0.99999f)
        {
            Vector3 aside = MathF.Abs(from.X) < 0.8f ? Vector3.UnitX : Vector3.UnitY;
            return Quaternion.CreateFromAxisAngle(Unit(Vector3.Cross(from, aside)), MathF.PI);
        }

        Vector3 axis = Vector3.Cross(from, to);
        return Quaternion.Normalize(new Quaternion(axis, 1 + cosine));
    }

    /// <summary>Angle from one direction to another about a unit axis, rad, in (−π, π].</summary>
    public static float AngleAbout(Vector3 axis, Vector3 from, Vector3 to) =>
        MathF.Atan2(Vector3.Dot(Vector3.Cross(from, to), axis), Vector3.Dot(Across(from, axis), Across(to, axis)));
}
