namespace Motion.Sim.Physics.Wide;

/// <summary>What a batch shows of its worlds: tables [quantity, world].</summary>
internal sealed unsafe class BatchReadings(WideModel model, int worldCount)
{
    public float[] Positions { get; } = new float[model.PositionCount * worldCount];

    public float[] Velocities { get; } = new float[model.Dofs.Length * worldCount];

    public float[] BodyPositions { get; } = new float[3 * model.Bodies.Length * worldCount];

    public float[] BodyRotations { get; } = new float[4 * model.Bodies.Length * worldCount];

    public float[] BodyLinearVelocities { get; } = new float[3 * model.Bodies.Length * worldCount];

    public float[] BodyAngularVelocities { get; } = new float[3 * model.Bodies.Length * worldCount];

    public float[] ContactForces { get; } = new float[3 * model.Bodies.Length * worldCount];

    public float[] JointTorques { get; } = new float[model.Dofs.Length * worldCount];

    public bool[] Failed { get; } = new bool[worldCount];

    public int FloatsPerWorld => model.PositionCount + (2 * model.Dofs.Length) + (16 * model.Bodies.Length);

    /// <summary>Takes a group's rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="state">Its block.</param>
    /// <param name="layout">Where things are in it.</param>
    /// <param name="bodies">Its body tables.</param>
    public void Take(int group, float* state, GroupLayout layout, float* bodies)
    {
        int count = model.Bodies.Length;
        Copy(state + (layout.Positions * Rows.Width), Positions, group);
        CopySum(state + (layout.Velocities * Rows.Width), state + (layout.HalfChanges * Rows.Width), Velocities, group);
        Copy(state + (layout.AppliedTorques * Rows.Width), JointTorques, group);
        Copy(state + (layout.ContactForces * Rows.Width), ContactForces, group);
        Copy(bodies, BodyPositions, group);
        Copy(bodies + (3 * count * Rows.Width), BodyRotations, group);
        Copy(bodies + (7 * count * Rows.Width), BodyLinearVelocities, group);
        Copy(bodies + (10 * count * Rows.Width), BodyAngularVelocities, group);
    }

    private void CopySum(float* rows, float* others, float[] table, int group)
    {
        int first = group * Rows.Width, width = Math.Min(Rows.Width, worldCount - first);
        for (int row = 0; row < table.Length / worldCount; row++)
        {
            ReadOnlySpan<float> here = new(rows + (row * Rows.Width), width), there = new(others + (row * Rows.Width), width);
            Span<float> sums = table.AsSpan((row * worldCount) + first, width);
            for (int lane = 0; lane < width; lane++)
            {
                sums[lane] = here[lane] + there[lane];
            }
        }
    }

    private void Copy(float* rows, float[] table, int group)
    {
        int first = group * Rows.Width, width = Math.Min(Rows.Width, worldCount - first);
        for (int row = 0; row < table.Length / worldCount; row++)
        {
            new ReadOnlySpan<float>(rows + (row * Rows.Width), width).CopyTo(table.AsSpan((row * worldCount) + first, width));
        }
    }
}
