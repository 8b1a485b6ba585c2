namespace Motion.Sim.Tracking;

/// <summary>
/// Many worlds of one task that are acted in together. What is given for every world is laid out [world × feature]. Worlds whose episode ends
/// start a new one at once, so that <see cref="Observe"/> always shows worlds to be acted in.
/// </summary>
public interface IEnvironment : IDisposable
{
    /// <summary>Number of worlds.</summary>
    int WorldCount { get; }

    /// <summary>Numbers in an observation.</summary>
    int ObservationCount { get; }

    /// <summary>Numbers in an action; each of about −1 … 1.</summary>
    int ActionCount { get; }

    /// <summary>Rewards of the last step: [world].</summary>
    ReadOnlySpan<float> Rewards { get; }

    /// <summary>Whose episode came to its end in the last step: nothing follows, so the value there is 0: [world].</summary>
    ReadOnlySpan<bool> Terminated { get; }

    /// <summary>Whose episode was cut short in the last step although it could have gone on: [world].</summary>
    ReadOnlySpan<bool> Truncated { get; }

    /// <summary>Row of the reference that a world should match now; 0 where nothing is followed.</summary>
    int RowOf(int world);

    /// <summary>Starts a new episode in every world.</summary>
    void Restart();

    /// <summary>What every world looks like now.</summary>
    /// <param name="observations">Result: [world × feature].</param>
    void Observe(Span<float> observations);

    /// <summary>What a world that the last step truncated looked like at the end of its episode.</summary>
    /// <param name="world">A world of <see cref="Truncated"/>.</param>
    ReadOnlySpan<float> FinalObservation(int world);

    /// <summary>Acts once in every world.</summary>
    /// <param name="actions">[world × action].</param>
    void Step(ReadOnlySpan<float> actions);

    /// <summary>Writes all that decides what follows.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Goes back to where <see cref="Save"/> was called, to the bit.</summary>
    void Restore(BinaryReader reader);
}
