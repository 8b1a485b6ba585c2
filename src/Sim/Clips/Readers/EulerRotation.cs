using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>A rotation built up by turns about the axes of the frame that earlier turns made, in double precision.</summary>
internal struct EulerRotation()
{
    private double x;
    private double y;
    private double z;
    private double w = 1;

    /// <summary>The rotation, unit to the precision of float.</summary>
    public readonly Quaternion Value => new((float)x, (float)y, (float)z, (float)w);

    /// <summary>Turns further: R ← R · R_axis(angle), on column vectors.</summary>
    /// <param name="axis">0, 1 or 2 for X, Y or Z.</param>
    /// <param name="angle">Radians.</param>
    public void Turn(int axis, double angle)
    {
        if (angle == 0)
        {
            return;
        }

        (double s, double c) = Math.SinCos(0.5 * angle);
        (x, y, z, w) = axis switch
        {
            0 => ((x * c) + (w * s), (y * c) + (z * s), (z * c) - (y * s), (w * c) - (x * s)),
            1 => ((x * c) - (z * s), (y * c) + (w * s), (z * c) + (x * s), (w * c) - (y * s)),
            _ => ((x * c) + (y * s), (y * c) - (x * s), (z * c) + (w * s), (w * c) - (z * s)),
        };
    }
}
