using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Skills;

/// <summary>Lets teachers try every change from one clip to another, and finds the ways that they manage.</summary>
public sealed class TriedRoutes
{
    // Tries of a change from each bin, counted with as many that came out as the change did elsewhere in the clip.
    private const int Tries = 8;
    private const int MostWorlds = 4096;
    private const float BinSeconds = 0.33f;
    private const float BeforeSeconds = 1.5f;
    private const float Seconds = 3;

    private readonly IReadOnlyList<CharacterClip> _clips;
    private readonly TrackingOptions _tracking;
    private readonly BatchOptions _physics;

    /// <param name="clips">The skills' clips.</param>
    /// <param name="tracking">How clips are followed.</param>
    /// <param name="physics">The physics; worlds are as many as are needed.</param>
    public TriedRoutes(IReadOnlyList<CharacterClip> clips, TrackingOptions tracking, BatchOptions physics) => (_clips, _tracking, _physics) = (clips, tracking, physics);

    /// <summary>Tries all changes.</summary>
    /// <param name="teacher">Who acts.</param>
    /// <param name="report">Told what share of the tries is done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="MotionException">A clip cannot be tracked.</exception>
    public MotionRoutes Measure(ITeacher teacher, Action<double> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(report);
        ReferenceTable table = ReferenceTable.Of(_clips, _tracking);
        int bin = Math.Max(1, (int)(BinSeconds * table.ControlRate)), count = table.Clips.Count;
        (int From, int Bin, int To)[] changes =
        [
            .. from clip in Enumerable.Range(0, count)
               from place in Enumerable.Range(0, ChangeRisks.BinsOf(table.Clips[clip].Last, bin))
               from other in Enumerable.Range(0, count)
               where other != clip || (place + 1) * bin > MotionRoutes.FirstLeave(table, clip)
               from again in Enumerable.Range(0, Tries)
               select (clip, place, other),
        ];
        float[][][] falls = [.. table.Clips.Select(clip => Enumerable.Range(0, ChangeRisks.BinsOf(clip.Last, bin)).Select(_ => new float[count]).ToArray())];
        using IWorldBatch batch = new WideEngine().CreateBatch(new Scene { Character = _clips[0].Character }, _physics with { WorldCount = Math.Min(MostWorlds, changes.Length), HistoryLength = 0 });
        SkillConditions none = new(1, [.. _clips.Select(_ => new float[1])]);
        using SkillTask task = new(batch, table, none, new SkillOptions { PastStates = 0 }.Unattended(), _tracking with { FailOnContact = false }, seed: 0);
        int tried = 0;
        foreach ((int From, int Bin, int To)[] some in changes.Chunk(batch.WorldCount))
        {
            bool[] fell = Try(task, teacher, some, bin, cancellation);
            for (int index = 0; index < some.Length; index++)
            {
                falls[some[index].From][some[index].Bin][some[index].To] += fell[index] ? 1 : 0;
            }

            tried += some.Length;
            report((double)tried / changes.Length);
        }

        return new MotionRoutes(task.Tracking.Entries, table, new ChangeRisks(bin, Smoothed(falls)));
    }

    private static bool[] Try(SkillTask task, ITeacher teacher, (int From, int Bin, int To)[] changes, int bin, CancellationToken cancellation)
    {
        float[] actions = new float[task.WorldCount * task.ActionCount];
        int rate = task.Tracking.Options.ControlRate;
        int[] leaves = new int[changes.Length];
        bool[] fell = new bool[changes.Length];
        for (int world = 0; world < changes.Length; world++)
        {
            (int from, int place, int to) = changes[world];
            int frame = Math.Min((place * bin) + (world % Tries * bin / Tries), task.Tracking.References.Clips[from].Last - 1);
            leaves[world] = Math.Min(frame, (int)(BeforeSeconds * rate));
            task.StartAt(world, from, frame - leaves[world]);
        }

        for (int step = 0; step < (BeforeSeconds + Seconds) * rate; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int world = 0; world < changes.Length; world++)
            {
                if (leaves[world] == step)
                {
                    task.Switch(world, changes[world].To);
                }
            }

            teacher.Label(task, actions);
            task.Step(actions);
            for (int world = 0; world < fell.Length; world++)
            {
                fell[world] |= task.Tracking.Fallen[world] || task.Tracking.Batch.Failed[world];
            }
        }

        return fell;
    }

    /// <summary>Shares of falls, drawn towards those of the whole clip: few tries say little.</summary>
    private static float[][][] Smoothed(float[][][] falls) =>
    [
        .. falls.Select((clip, from) => clip.Select(bin => bin.Select((count, to) =>
            (count + (from == to ? count : clip.Average(other => other[to]))) / (2 * Tries)).ToArray()).ToArray()),
    ];
}
