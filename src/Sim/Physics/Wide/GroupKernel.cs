namespace Motion.Sim.Physics.Wide;

/// <summary>What is done to a group of worlds, whatever the width of the vectors.</summary>
internal unsafe interface IGroupKernel
{
    /// <summary>Some physics steps of the first <paramref name="worlds"/> worlds of a group.</summary>
    void Step(StepSettings settings, float* state, float* scratch, int worlds, int steps);

    /// <summary>Body poses and velocities into four tables, one after the other: [body × (3 + 4 + 3 + 3)] rows.</summary>
    void ReadBodies(StepSettings settings, float* state, float* scratch, float* tables);

    /// <summary>Turns controls into joint targets and torques.</summary>
    void ApplyControls(StepSettings settings, float* state, float* scratch);
}

/// <summary>The kernel on one width of vectors.</summary>
internal sealed unsafe class GroupKernel<T>(WideModel model, GroupLayout layout) : IGroupKernel
    where T : unmanaged, ILanes<T>
{
    public void Step(StepSettings settings, float* state, float* scratch, int worlds, int steps)
    {
        for (int lane = 0; lane < worlds; lane += T.Count)
        {
            var group = new GroupStep<T>(model, layout, settings, state + lane, scratch);
            for (int step = 1; step <= steps; step++)
            {
                group.Step(last: step == steps);
            }
        }
    }

    public void ReadBodies(StepSettings settings, float* state, float* scratch, float* tables)
    {
        int bodies = model.Bodies.Length;
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            float* start = tables + lane;
            new GroupStep<T>(model, layout, settings, state + lane, scratch).ReadBodies(
                start, start + (3 * bodies * Rows.Width), start + (7 * bodies * Rows.Width), start + (10 * bodies * Rows.Width));
        }
    }

    public void ApplyControls(StepSettings settings, float* state, float* scratch)
    {
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            new GroupStep<T>(model, layout, settings, state + lane, scratch).ApplyControls();
        }
    }
}
