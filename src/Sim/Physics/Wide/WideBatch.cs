namespace Motion.Sim.Physics.Wide;

/// <summary>Worlds in groups of sixteen, each group one block of memory.</summary>
internal sealed unsafe partial class WideBatch : IWorldBatch
{
    private const int MaximumDumps = 16;

    private readonly WideModel model;
    private readonly GroupLayout layout;
    private readonly IGroupKernel kernel;
    private readonly AlignedMemory blocks;
    private readonly AlignedMemory[] scratch;
    private readonly WorkerPool pool;
    private readonly BatchReadings readings;
    private readonly StateHistory history;
    private readonly bool[] stale;
    private StepSettings settings;
    private bool anyStale;

    public WideBatch(Scene scene, BatchOptions options)
    {
        Scene = scene;
        Options = options;
        model = WideModel.Compile(scene, options);
        layout = new GroupLayout(model);
        kernel = options.Lanes switch
        {
            16 => new GroupKernel<Lanes16>(model, layout),
            8 => new GroupKernel<Lanes8>(model, layout),
            4 => new GroupKernel<Lanes4>(model, layout),
            _ => new GroupKernel<Lanes1>(model, layout),
        };
        GroupCount = (options.WorldCount + Rows.Width - 1) / Rows.Width;
        blocks = new AlignedMemory((long)GroupCount * layout.Row * Rows.Width);
        int threads = Math.Min(options.Threads, GroupCount);
        int bodies = model.Bodies.Length;
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedMemory((long)(layout.ScratchRows + (13 * bodies)) * Rows.Width))];
        settings = new StepSettings(options.PhysicsSeconds, options.SolverIterations, options.MaximumSpeed, options.MaximumAngularSpeed, HasExternalForces: false);
        readings = new BatchReadings(model, options.WorldCount);
        history = new StateHistory(model, layout, options, GroupCount);
        stale = new bool[GroupCount];
        pool = new WorkerPool(threads, StepGroup);
        for (int world = 0; world < GroupCount * Rows.Width; world++)
        {
            PutAtRest(world);
        }
    }

    public Scene Scene { get; }

    public BatchOptions Options { get; }

    public int WorldCount => Options.WorldCount;

    public int PositionCount => model.PositionCount;

    public int VelocityCount => model.Dofs.Length;

    public int BodyCount => model.Bodies.Length;

    public int ControlCount => model.Controls.Length;

    public ReadOnlySpan<float> Positions => Fresh().Positions;

    public ReadOnlySpan<float> Velocities => Fresh().Velocities;

    public ReadOnlySpan<float> BodyPositions => Fresh().BodyPositions;

    public ReadOnlySpan<float> BodyRotations => Fresh().BodyRotations;

    public ReadOnlySpan<float> BodyLinearVelocities => Fresh().BodyLinearVelocities;

    public ReadOnlySpan<float> BodyAngularVelocities => Fresh().BodyAngularVelocities;

    public ReadOnlySpan<float> ContactForces => Fresh().ContactForces;

    public ReadOnlySpan<float> JointTorques => Fresh().JointTorques;

    public ReadOnlySpan<bool> Failed => readings.Failed;

    public long FailureCount { get; private set; }

    public long ContactCount
    {
        get
        {
            long count = 0;
            for (int world = 0; world < WorldCount; world++)
            {
                float* normal = Column(world, layout.Impulses);
                for (int contact = 0; contact < model.Contacts.Count; contact++)
                {
                    count += normal[3 * contact * Rows.Width] > 0 ? 1 : 0;
                }
            }

            return count;
        }
    }

    public long BytesPerWorld => sizeof(float) * ((long)layout.Row + history.RowsPerWorld + readings.FloatsPerWorld);

    private int GroupCount { get; }

    public void SetControls(ReadOnlySpan<float> controls)
    {
        if (controls.Length != ControlCount * WorldCount)
        {
            throw new ArgumentException($"{controls.Length} controls were given; {ControlCount} for each of {WorldCount} worlds are {ControlCount * WorldCount}", nameof(controls));
        }

        for (int group = 0; group < GroupCount; group++)
        {
            int first = group * Rows.Width, count = Math.Min(Rows.Width, WorldCount - first);
            for (int control = 0; control < ControlCount; control++)
            {
                controls.Slice((control * WorldCount) + first, count).CopyTo(new Span<float>(Row(group, layout.Controls + control), count));
            }

            kernel.ApplyControls(settings, Row(group, 0), scratch[0].Pointer);
        }
    }

    public void Step()
    {
        pool.Run(GroupCount);
        anyStale = false;
        history.Advance();
        for (int world = 0; world < WorldCount; world++)
        {
            if (readings.Failed[world])
            {
                FailureCount++;
                if (Options.DumpFolder is string folder && FailureCount <= MaximumDumps)
                {
                    WriteDump(world, Path.Combine(folder, $"failure-{FailureCount}.npz"));
                }
            }
        }
    }

    public void Dispose()
    {
        pool.Dispose();
        blocks.Dispose();
        foreach (AlignedMemory memory in scratch)
        {
            memory.Dispose();
        }
    }

    private BatchReadings Fresh()
    {
        if (anyStale)
        {
            for (int group = 0; group < GroupCount; group++)
            {
                if (stale[group])
                {
                    Read(0, group);
                }
            }

            anyStale = false;
        }

        return readings;
    }

    /// <summary>One control step of one group.</summary>
    private void StepGroup(int thread, int group)
    {
        history.Record(group, Row(group, 0));
        int worlds = Math.Min(Rows.Width, WorldCount - (group * Rows.Width));
        kernel.Step(settings, Row(group, 0), scratch[thread].Pointer, worlds, Options.StepsPerControl);
        ReturnFailed(group);
        Read(thread, group);
    }

    /// <summary>Worlds that failed go back to where they were last reset; the others are not touched.</summary>
    private void ReturnFailed(int group)
    {
        float* failed = Row(group, layout.Failed);
        for (int lane = 0; lane < Rows.Width; lane++)
        {
            int world = (group * Rows.Width) + lane;
            bool isFailed = BitConverter.SingleToInt32Bits(failed[lane]) != 0;
            if (isFailed)
            {
                if (world < WorldCount)
                {
                    history.Keep(world);
                }

                ClearWorld(world);
                CopyRows(world, layout.ResetPositions, layout.Positions, PositionCount);
                CopyRows(world, layout.ResetVelocities, layout.Velocities, VelocityCount);
                CopyRows(world, layout.ResetPositions, layout.Targets, PositionCount);
            }

            if (world < WorldCount)
            {
                readings.Failed[world] = isFailed;
            }
        }
    }

    /// <summary>Forgets contacts, torques and the failure of a world.</summary>
    private void ClearWorld(int world)
    {
        ClearRows(world, layout.Impulses, 3 * model.Contacts.Count);
        ClearRows(world, layout.Torques, VelocityCount);
        ClearRows(world, layout.External, 6 * BodyCount);
        ClearRows(world, layout.AppliedTorques, VelocityCount);
        ClearRows(world, layout.ContactForces, 3 * BodyCount);
        ClearRows(world, layout.MomentumKnown, 1);
        ClearRows(world, layout.Stepped, 1);
        ClearRows(world, layout.HalfChanges, VelocityCount);
        ClearRows(world, layout.Failed, 1);
    }

    private void Read(int thread, int group)
    {
        float* tables = scratch[thread].Pointer + ((long)layout.ScratchRows * Rows.Width);
        kernel.ReadBodies(settings, Row(group, 0), scratch[thread].Pointer, tables);
        readings.Take(group, Row(group, 0), layout, tables);
        stale[group] = false;
    }

    private float* Row(int group, int row) => blocks.Pointer + ((((long)group * layout.Row) + row) * Rows.Width);

    /// <summary>The first of some rows of one world; the next is <see cref="Rows.Width"/> floats on.</summary>
    private float* Column(int world, int row) => Row(world / Rows.Width, row) + (world % Rows.Width);

    private void ClearRows(int world, int row, int count)
    {
        float* column = Column(world, row);
        for (int index = 0; index < count; index++)
        {
            column[index * Rows.Width] = 0;
        }
    }

    private void CopyRows(int world, int from, int to, int count)
    {
        float* source = Column(world, from), destination = Column(world, to);
        for (int index = 0; index < count; index++)
        {
            destination[index * Rows.Width] = source[index * Rows.Width];
        }
    }
}
