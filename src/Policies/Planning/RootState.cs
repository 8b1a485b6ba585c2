using System.Numerics;
using System.Runtime.InteropServices;

namespace Motion.Policies.Planning;

/// <summary>Where a root is on the ground.</summary>
/// <param name="Position">In the world, m.</param>
/// <param name="Heading">Turn about the vertical, rad.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GroundPlace(Vector2 Position, float Heading)
{
    /// <summary>Where a root is one step later that moves and turns evenly meanwhile.</summary>
    /// <param name="velocityHeading">Velocity in the heading frame, m/s.</param>
    /// <param name="yawRate">Turning about the vertical, rad/s.</param>
    /// <param name="seconds">How long.</param>
    public GroundPlace Moved(Vector2 velocityHeading, float yawRate, float seconds)
    {
        // The heading half way through is that of an even turn's chord.
        (float sine, float cosine) = MathF.SinCos(Heading + (yawRate * seconds / 2));
        Vector2 way = new((cosine * velocityHeading.X) - (sine * velocityHeading.Y), (sine * velocityHeading.X) + (cosine * velocityHeading.Y));
        return new GroundPlace(Position + (seconds * way), Heading + (yawRate * seconds));
    }
}

/// <summary>How a root is and moves at the end of a control step: all that objectives look at.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RootState
{
    /// <summary>Takes it from the first numbers of a state.</summary>
    /// <param name="state">At least <see cref="StateLayout.RootCount"/> numbers, physical.</param>
    /// <param name="place">Where it is on the ground.</param>
    public RootState(ReadOnlySpan<float> state, GroundPlace place)
    {
        Place = place;
        Height = state[0];

        // Decoded axes are only nearly unit and square.
        Vector3 up = Unit(new Vector3(state[4], state[5], state[6]), Vector3.UnitZ);
        Vector3 forward = new(state[1], state[2], state[3]);
        forward = Unit(forward - (Vector3.Dot(forward, up) * up), Vector3.UnitX);
        Vector3 left = Vector3.Cross(up, forward);
        Vector3 velocity = new(state[7], state[8], state[9]), turning = new(state[10], state[11], state[12]);
        VelocityHeading = velocity;
        YawRate = turning.Z;
        Vertical = new Vector3(forward.Z, left.Z, up.Z);
        Velocity = new Vector3(Vector3.Dot(forward, velocity), Vector3.Dot(left, velocity), Vector3.Dot(up, velocity));
        AngularVelocity = new Vector3(Vector3.Dot(forward, turning), Vector3.Dot(left, turning), Vector3.Dot(up, turning));
    }

    /// <summary>Where it is on the ground.</summary>
    public GroundPlace Place { get; }

    /// <summary>Height, m.</summary>
    public float Height { get; }

    /// <summary>The world's vertical in the root's own frame, unit.</summary>
    public Vector3 Vertical { get; }

    /// <summary>Velocity in the root's own frame, m/s: what a velocity meter on the root reads.</summary>
    public Vector3 Velocity { get; }

    /// <summary>Angular velocity in the root's own frame, rad/s: what a gyroscope on the root reads.</summary>
    public Vector3 AngularVelocity { get; }

    /// <summary>Velocity in the heading frame, m/s.</summary>
    public Vector3 VelocityHeading { get; }

    /// <summary>Turning about the world's vertical, rad/s.</summary>
    public float YawRate { get; }

    private static Vector3 Unit(Vector3 vector, Vector3 otherwise) => vector.LengthSquared() > 1e-8f ? Vector3.Normalize(vector) : otherwise;
}
