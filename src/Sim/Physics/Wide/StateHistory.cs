namespace Motion.Sim.Physics.Wide;

/// <summary>
/// The last control steps of every world: a ring of positions, velocities and controls, and copies of the rings of the
/// worlds that failed most recently.
/// </summary>
internal sealed unsafe class StateHistory
{
    private const int MaximumKept = 64;

    private readonly WideModel model;
    private readonly GroupLayout layout;
    private readonly int length;
    private readonly int rows;
    private readonly float[] ring;
    private readonly Dictionary<int, WorldRecord[]> kept = [];
    private int steps;

    public StateHistory(WideModel model, GroupLayout layout, BatchOptions options, int groups)
    {
        this.model = model;
        this.layout = layout;
        length = options.HistoryLength;
        rows = model.PositionCount + model.Dofs.Length + model.Controls.Length;
        ring = new float[(long)groups * length * rows * Rows.Width];
    }

    public int RowsPerWorld => length * rows;

    /// <summary>Takes the state before a control step.</summary>
    public void Record(int group, float* state)
    {
        if (length == 0)
        {
            return;
        }

        Span<float> slot = ring.AsSpan(((group * length) + (steps % length)) * rows * Rows.Width, rows * Rows.Width);
        int positions = model.PositionCount * Rows.Width, velocities = model.Dofs.Length * Rows.Width;
        new ReadOnlySpan<float>(state + (layout.Positions * Rows.Width), positions).CopyTo(slot);
        new ReadOnlySpan<float>(state + (layout.Velocities * Rows.Width), velocities).CopyTo(slot[positions..]);
        new ReadOnlySpan<float>(state + (layout.Controls * Rows.Width), model.Controls.Length * Rows.Width).CopyTo(slot[(positions + velocities)..]);
    }

    public void Advance() => steps++;

    /// <summary>Keeps a failing world's ring, in which the present step is the last.</summary>
    public void Keep(int world)
    {
        WorldRecord[] records = Read(world, steps + 1);
        lock (kept)
        {
            if (kept.Count < MaximumKept || kept.ContainsKey(world))
            {
                kept[world] = records;
            }
        }
    }

    /// <summary>The states before the world's latest failure, or before now if it never failed; oldest first.</summary>
    public WorldRecord[] StatesOf(int world)
    {
        lock (kept)
        {
            return kept.TryGetValue(world, out WorldRecord[]? records) ? records : Read(world, steps);
        }
    }

    private WorldRecord[] Read(int world, int end)
    {
        var records = new WorldRecord[Math.Min(length, end)];
        for (int index = 0; index < records.Length; index++)
        {
            int step = end - records.Length + index;
            int start = ((((world / Rows.Width) * length) + (step % length)) * rows * Rows.Width) + (world % Rows.Width);
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                values[row] = ring[start + (row * Rows.Width)];
            }

            int velocities = model.PositionCount, controls = velocities + model.Dofs.Length;
            records[index] = new WorldRecord(step, values[..velocities], values[velocities..controls], values[controls..]);
        }

        return records;
    }
}
