using System.Runtime.Intrinsics;

namespace Motion.Sim.Physics.Wide;

/// <summary>
/// Our engine: reduced coordinates, implicit drives, contacts by projected Gauss–Seidel, with worlds side by side in vector
/// lanes and groups of worlds on threads.
/// </summary>
public sealed class WideEngine : IPhysicsEngine
{
    /// <inheritdoc/>
    public string Name => "wide";

    /// <summary>Worlds in the widest vector of this processor.</summary>
    public static int WidestLanes =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <inheritdoc/>
    public IWorldBatch CreateBatch(Scene scene, BatchOptions options)
    {
        options.Validate();
        BatchOptions resolved = options with
        {
            Lanes = options.Lanes == 0 ? WidestLanes : options.Lanes,
            Threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        return new WideBatch(scene, resolved);
    }
}
