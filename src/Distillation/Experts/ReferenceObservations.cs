using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>What a character observes that is exactly on its reference.</summary>
internal static class ReferenceObservations
{
    /// <summary>Observes every row of a task's reference: [row, feature]. The caller owns the tensor.</summary>
    public static Tensor Of(TrackingTask task)
    {
        ReferenceTable table = task.References;
        using IWorldBatch batch = new WideEngine().CreateBatch(task.Batch.Scene, task.Batch.Options with { WorldCount = table.RowCount, HistoryLength = 0, DumpFolder = null });
        using TrackingTask exact = new(batch, table, task.Options, seed: 0);
        for (int clip = 0; clip < table.Clips.Count; clip++)
        {
            for (int frame = 0; frame <= table.Clips[clip].Last; frame++)
            {
                exact.Start(table.Clips[clip].First + frame, clip, frame);
            }
        }

        float[] observations = new float[table.RowCount * task.ObservationCount];
        exact.Observe(observations);
        return tensor(observations).view(table.RowCount, -1).DetachFromDisposeScope();
    }
}
