namespace Motion.Sim.Physics;

/// <summary>Something that simulates batches of worlds.</summary>
public interface IPhysicsEngine
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Makes a batch in which every world holds the scene at rest. The caller disposes it.</summary>
    /// <exception cref="MotionException">The options or the scene are not supported; says why.</exception>
    IWorldBatch CreateBatch(Scene scene, BatchOptions options);
}
