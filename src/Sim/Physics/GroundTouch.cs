using System.Numerics;

namespace Motion.Sim.Physics;

/// <summary>Tells bodies that lie on the ground.</summary>
public static class GroundTouch
{
    // A body lies on the ground, and does not merely rest on another, when its origin is this low, m.
    private const float LyingHeight = 0.2f;

    // Forces below this are the last of a contact that is opening, N.
    private const float TouchingForce = 0.1f;

    /// <summary>Whether a body is low and pushed by a contact.</summary>
    /// <param name="places">Origins of bodies, m: [body × 3, world].</param>
    /// <param name="forces">Contact forces on bodies, N: [body × 3, world].</param>
    /// <param name="worlds">Number of worlds.</param>
    /// <param name="world">The world.</param>
    /// <param name="body">The body.</param>
    public static bool Lies(ReadOnlySpan<float> places, ReadOnlySpan<float> forces, int worlds, int world, int body)
    {
        int at = (3 * body * worlds) + world;
        return places[at + (2 * worlds)] < LyingHeight
            && new Vector3(forces[at], forces[at + worlds], forces[at + (2 * worlds)]).LengthSquared() > TouchingForce * TouchingForce;
    }
}
