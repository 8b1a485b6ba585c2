namespace Motion.Sim.Tracking;

/// <summary>How likely a change from one clip to another leads to a fall, by where in the first one it happens.</summary>
/// <param name="BinFrames">Frames of a clip that share a figure.</param>
/// <param name="Of">[from clip][bin][to clip]: 0 to 1. To the same clip it is the risk of beginning anew, which counts in the last bin.</param>
public sealed record ChangeRisks(int BinFrames, float[][][] Of)
{
    /// <summary>Bins of a clip.</summary>
    /// <param name="last">Frames after its first.</param>
    /// <param name="binFrames">Frames of a bin.</param>
    public static int BinsOf(int last, int binFrames) => (last / binFrames) + 1;
}

/// <summary>
/// The best ways from any place in any clip into another clip: going on to where one can leave, and over other clips where the direct change is risky. A
/// graph as Kovar et al., "Motion graphs" (2002), whose changes cost what their risk is worth in seconds of waiting, solved by Bellman's equation. A walk
/// backward that shall become a run comes to stand first.
/// </summary>
public sealed class MotionRoutes
{
    // Seconds that one would wait to make a fall e times less likely, and to be spared a change.
    private const float RiskSeconds = 10;
    private const float ChangeSeconds = 0.1f;

    // A clip is begun anew after its end, or a little before.
    private const float LeaveSeconds = 1;

    // Who went over goes on there until the change is behind him.
    private const float DwellSeconds = 1.2f;

    private readonly EntryFrames _entries;
    private readonly ReferenceTable _table;
    private readonly int _binFrames;
    private readonly float[][][] _costs;
    private readonly int?[][] _changes;

    /// <summary>Finds the ways into every clip from every frame.</summary>
    /// <param name="entries">Tells where clips are entered.</param>
    /// <param name="table">The clips.</param>
    /// <param name="risks">The risk of every change.</param>
    public MotionRoutes(EntryFrames entries, ReferenceTable table, ChangeRisks risks)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(risks);
        (_entries, _table, _binFrames) = (entries, table, risks.BinFrames);
        _costs = [.. risks.Of.Select(clip => clip.Select(bin => bin.Select(CostOf).ToArray()).ToArray())];
        Dwell = (int)MathF.Round(DwellSeconds * table.ControlRate);
        int[][] landings = [.. Enumerable.Range(0, table.Clips.Count).AsParallel().AsOrdered().SelectMany(clip => Enumerable.Range(0, table.Clips[clip].Last + 1).Select(frame => Landings(clip, frame)))];
        _changes = new int?[table.Clips.Count][];
        Parallel.For(0, _changes.Length, target => _changes[target] = Solve(target, landings));
    }

    /// <summary>Control steps to go on after a change before the next.</summary>
    public int Dwell { get; }

    /// <summary>
    /// The clip to go over to now on the way into another; null to go on. On the last frame of the clip to come into, or a little before, if that does not loop,
    /// the clip that leads into it once more, which may be itself.
    /// </summary>
    /// <param name="target">Index of the clip to come into.</param>
    /// <param name="clip">Index of the clip that one is in.</param>
    /// <param name="frame">Frame of it.</param>
    public int? ChangeAt(int target, int clip, int frame) => _changes[target][_table.Locate(clip, frame).Row];

    /// <summary>The rows that one is at when the change into each clip is behind one; −1 where the clip has ended by then.</summary>
    private int[] Landings(int clip, int frame) =>
    [
        .. _table.Clips.Select((other, index) =>
        {
            int then = Dwell + _entries.Nearest(index, _table.Positions(clip, frame), _table.Velocities(clip, frame));
            return other.IsLoop || then <= other.Last ? _table.Locate(index, then).Row : -1;
        }),
    ];

    private int?[] Solve(int target, int[][] landings)
    {
        float[] costs = new float[_table.RowCount];
        int?[] changes = new int?[_table.RowCount];
        Array.Fill(costs, float.PositiveInfinity);
        for (bool better = true; better;)
        {
            better = false;
            for (int clip = _table.Clips.Count - 1; clip >= 0; clip--)
            {
                ReferenceClip track = _table.Clips[clip];
                for (int frame = track.Last; clip != target && frame >= 0; frame--)
                {
                    int row = track.First + frame;
                    (float least, int? change) = Change(target, clip, frame, landings, costs);
                    float onward = frame < track.Last || track.IsLoop ? (1f / _table.ControlRate) + costs[track.First + ((frame + 1) % (track.Last + 1))] : float.PositiveInfinity;
                    (least, change) = onward < least ? (onward, null) : (least, change);
                    better |= least < costs[row];
                    (costs[row], changes[row]) = (least, change);
                }
            }
        }

        if (!_table.Clips[target].IsLoop)
        {
            LeaveForAnew(target, landings, costs, changes);
        }

        return changes;
    }

    /// <summary>From where near its end a clip is left to begin it anew: the recording may stop in the middle of something.</summary>
    private void LeaveForAnew(int target, int[][] landings, float[] costs, int?[] changes)
    {
        ReferenceClip own = _table.Clips[target];
        (float Cost, int Frame) best = (float.PositiveInfinity, own.Last);
        for (int frame = own.Last; frame >= FirstLeave(_table, target); frame--)
        {
            (float cost, int? to) = Change(target, target, frame, landings, costs);
            changes[own.First + frame] = to;

            // What is left out counts, too.
            cost += (float)(own.Last - frame) / _table.ControlRate;
            best = cost < best.Cost ? (cost, frame) : best;
        }

        Array.Fill(changes, null, own.First, best.Frame);
    }

    /// <summary>The first frame at which a clip may be left to begin it anew.</summary>
    public static int FirstLeave(ReferenceTable table, int clip) =>
        table.Clips[clip].Last - Math.Min(table.Clips[clip].Last / 4, (int)(LeaveSeconds * table.ControlRate));

    /// <summary>The change at a frame that leads into a clip at the least cost.</summary>
    private (float Cost, int? To) Change(int target, int clip, int frame, int[][] landings, float[] costs)
    {
        int row = _table.Clips[clip].First + frame;
        float[] changes = _costs[clip][frame / _binFrames];
        (float Cost, int? To) best = (float.PositiveInfinity, null);
        for (int other = 0; other < changes.Length; other++)
        {
            float after = other == target ? 0
                : other == clip || landings[row][other] < 0 ? float.PositiveInfinity
                : ((float)Dwell / _table.ControlRate) + costs[landings[row][other]];
            float cost = after + changes[other];
            best = cost < best.Cost ? (cost, other) : best;
        }

        return best;
    }

    private static float CostOf(float risk) => ChangeSeconds - (RiskSeconds * MathF.Log(MathF.Max(1e-3f, 1 - risk)));
}
