using System.Numerics;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Directions in space.</summary>
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

    /// <summary>Angle from one direction to another about a unit axis, rad, in (−π, π].</summary>
    public static float AngleAbout(Vector3 axis, Vector3 from, Vector3 to) =>
        MathF.Atan2(Vector3.Dot(Vector3.Cross(from, to), axis), Vector3.Dot(Across(from, axis), Across(to, axis)));
}
