using System.Numerics;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Angles of a rotation taken as R = Rz(z)·Rx(x)·Ry(y) on column vectors, the order of the channels Zrotation Xrotation Yrotation; radians.
/// </summary>
internal readonly record struct EulerAngles(double Z, double X, double Y)
{
    /// <summary>Finds the angles of a rotation that lie nearest to those of the frame before, so that curves do not jump.</summary>
    /// <remarks>
    /// Y is read first, then Z and X from what Y leaves, so that near x = ±90°, where Y and Z turn about the same axis and Y is
    /// mostly noise, the three still compose to the rotation.
    /// </remarks>
    public static EulerAngles Of(Quaternion rotation, EulerAngles before)
    {
        double norm = Math.Sqrt(((double)rotation.X * rotation.X) + ((double)rotation.Y * rotation.Y) + ((double)rotation.Z * rotation.Z) + ((double)rotation.W * rotation.W));
        double qx = rotation.X / norm, qy = rotation.Y / norm, qz = rotation.Z / norm, qw = rotation.W / norm;
        double m00 = 1 - (2 * ((qy * qy) + (qz * qz))), m01 = 2 * ((qx * qy) - (qz * qw)), m02 = 2 * ((qx * qz) + (qy * qw));
        double m10 = 2 * ((qx * qy) + (qz * qw)), m11 = 1 - (2 * ((qx * qx) + (qz * qz))), m12 = 2 * ((qy * qz) - (qx * qw));
        double m20 = 2 * ((qx * qz) - (qy * qw)), m21 = 2 * ((qy * qz) + (qx * qw)), m22 = 1 - (2 * ((qx * qx) + (qy * qy)));

        double y = Math.Sqrt((m20 * m20) + (m22 * m22)) > 1e-6 ? Math.Atan2(-m20, m22) : before.Y;
        double cosY = Math.Cos(y), sinY = Math.Sin(y);
        double z = Math.Atan2((m10 * cosY) + (m12 * sinY), (m00 * cosY) + (m02 * sinY));
        double x = Math.Atan2(m21, (m11 * Math.Cos(z)) - (m01 * Math.Sin(z)));

        EulerAngles one = new EulerAngles(z, x, y).Near(before);
        EulerAngles other = new EulerAngles(z + Math.PI, Math.PI - x, y + Math.PI).Near(before);
        return one.DistanceTo(before) <= other.DistanceTo(before) ? one : other;
    }

    private EulerAngles Near(EulerAngles before) => new(Unwrap(Z, before.Z), Unwrap(X, before.X), Unwrap(Y, before.Y));

    private static double Unwrap(double angle, double near) => angle - (Math.Tau * Math.Round((angle - near) / Math.Tau));

    private double DistanceTo(EulerAngles other) => Math.Abs(Z - other.Z) + Math.Abs(X - other.X) + Math.Abs(Y - other.Y);
}
