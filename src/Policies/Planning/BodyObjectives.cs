using System.Numerics;

namespace Motion.Policies.Planning;

/// <summary>
/// The six tasks of Jiang et al., "H-GAP: Humanoid Control with a Generalist Planner" (2024), with the formulas of its released code: v, g and w are
/// what a velocity meter, a gyroscope and a plumb line on the root read (w points up), with x forward, y left and z up.
/// </summary>
public enum BodyTask
{
    /// <summary>‖v‖.</summary>
    Speed,

    /// <summary>ŵ_z · v_x with ŵ = (w_z, w_x) made unit: forward speed, less when pitched.</summary>
    Forward,

    /// <summary>−<see cref="Forward"/>.</summary>
    Backward,

    /// <summary>ŵ_z · v_y with ŵ = (w_z, w_y) made unit: speed to the left, less when rolled.</summary>
    ShiftLeft,

    /// <summary>max(0, v · w): upward speed.</summary>
    Jump,

    /// <summary>g_z: turning to the left.</summary>
    Rotate,
}

/// <summary>One of the six tasks.</summary>
/// <param name="Task">Which one.</param>
public sealed record BodyObjective(BodyTask Task) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root) => Task switch
    {
        BodyTask.Speed => root.Velocity.Length(),
        BodyTask.Forward => Upright(root.Vertical, root.Vertical.X) * root.Velocity.X,
        BodyTask.Backward => -Upright(root.Vertical, root.Vertical.X) * root.Velocity.X,
        BodyTask.ShiftLeft => Upright(root.Vertical, root.Vertical.Y) * root.Velocity.Y,
        BodyTask.Jump => Math.Max(0, Vector3.Dot(root.Velocity, root.Vertical)),
        BodyTask.Rotate => root.AngularVelocity.Z,
        _ => throw new InvalidOperationException($"{Task} is no task"),
    };

    private static double Upright(Vector3 vertical, float tilt)
    {
        double length = Math.Sqrt((vertical.Z * vertical.Z) + (tilt * tilt));
        return length > 1e-6 ? vertical.Z / length : 0;
    }
}
