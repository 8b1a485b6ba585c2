using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>What a character observes that is exactly on its reference, for every frame of a table, and at rest.</summary>
public sealed class ReferenceStates
{
    private readonly ReferenceTable _table;
    private readonly int _stateCount;

    private ReferenceStates(TrackingTask task, float[] observations, float[] rest)
    {
        (_table, _stateCount, Observations) = (task.References, task.Layout.StateCount, observations);
        (ObservationCount, Rest) = (task.ObservationCount, rest);
    }

    /// <summary>All that is observed, targets included: [row × feature].</summary>
    public float[] Observations { get; }

    /// <summary>Numbers in an observation.</summary>
    public int ObservationCount { get; }

    /// <summary>The state that stands at rest.</summary>
    public float[] Rest { get; }

    /// <summary>Observes every row of a task's reference.</summary>
    public static ReferenceStates Of(TrackingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ReferenceTable table = task.References;
        Character character = task.Batch.Scene.Character;
        using IWorldBatch batch = new WideEngine().CreateBatch(task.Batch.Scene, task.Batch.Options with { WorldCount = table.RowCount + 1, HistoryLength = 0, DumpFolder = null });
        using TrackingTask exact = new(batch, table, task.Options, seed: 0);
        for (int clip = 0; clip < table.Clips.Count; clip++)
        {
            for (int frame = 0; frame <= table.Clips[clip].Last; frame++)
            {
                exact.Start(table.Clips[clip].First + frame, clip, frame);
            }
        }

        exact.StartFrom(table.RowCount, 0, 0, PositionVector.Stand(character), new float[character.VelocityCount]);
        float[] observations = new float[batch.WorldCount * task.ObservationCount];
        exact.Observe(observations);
        int rows = table.RowCount * task.ObservationCount;
        return new ReferenceStates(task, observations[..rows], observations[rows..(rows + task.Layout.StateCount)]);
    }

    /// <summary>The state of a row: [state].</summary>
    public ReadOnlySpan<float> State(int row) => Observations.AsSpan(row * ObservationCount, _stateCount);

    /// <summary>Position vector of a row.</summary>
    public ReadOnlySpan<float> Positions(int row) => _table.RowAt(row)[.._table.VelocityStart];
}
