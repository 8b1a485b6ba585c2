using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>Tells whether anything but the feet touches the ground: what ends an episode of the paper's tasks.</summary>
public sealed class FallDetector
{
    // A body lies on the ground, and does not merely rest on another, when its origin is this low.
    private const float LyingHeight = 0.2f;
    private const float TouchingForce = 0.1f;
    private readonly int[] _others;

    /// <param name="layout">Says which bodies are feet.</param>
    public FallDetector(StateLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        HashSet<int> feet = [.. layout.Feet.Select(layout.Character.BodyIndex)];
        _others = [.. Enumerable.Range(0, layout.Character.Bodies.Length).Where(body => !feet.Contains(body))];
    }

    /// <summary>Whether a world's character has fallen, or its physics failed.</summary>
    public bool HasFallen(IWorldBatch batch, int world)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Failed[world])
        {
            return true;
        }

        int worlds = batch.WorldCount;
        ReadOnlySpan<float> forces = batch.ContactForces, places = batch.BodyPositions;
        foreach (int body in _others)
        {
            int at = (3 * body * worlds) + world;
            if (places[at + (2 * worlds)] < LyingHeight
                && MathF.Abs(forces[at]) + MathF.Abs(forces[at + worlds]) + MathF.Abs(forces[at + (2 * worlds)]) > TouchingForce)
            {
                return true;
            }
        }

        return false;
    }
}
