using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>What is computed for a block of worlds side by side, whatever the width of the vectors.</summary>
internal unsafe interface ITrackingKernel
{
    /// <summary>Carries the block's reference over the ground by its <see cref="BlockRows.Moved"/>.</summary>
    void Move(float* block);

    /// <summary>Fills in the reward's terms (not yet through the exponential: the errors) and the deviation, of state and reference.</summary>
    void Judge(float* block);

    /// <summary>Fills in the features of the state.</summary>
    void ObserveState(float* block);

    /// <summary>Fills in the features of a target, which stands where the reference does.</summary>
    /// <param name="block">The block.</param>
    /// <param name="feature">The target's first feature.</param>
    void ObserveTarget(float* block, int feature);
}

/// <summary>The kernel on one width of vectors.</summary>
internal sealed unsafe class TrackingKernel<T>(TrackingModel model, BlockRows rows) : ITrackingKernel
    where T : unmanaged, ILanes<T>
{
    private readonly delegate*<TrackingModel, in PoseRows<T>, in PoseRows<T>, T>[] _terms = RewardTerms<T>.Table;

    public void Move(float* block)
    {
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            Reference(block + lane).Move(block + lane + (rows.Moved * Rows.Width));
        }
    }

    public void Judge(float* block)
    {
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            float* start = block + lane;
            PoseRows<T> pose = State(start), reference = Reference(start);
            for (int term = 0; term < _terms.Length; term++)
            {
                T.Store(start + ((rows.Terms + term) * Rows.Width), _terms[term](model, pose, reference));
            }

            T.Store(start + (rows.Deviation * Rows.Width), T.Sqrt(RewardTerms<T>.Deviation2(model, pose, reference)));
        }
    }

    public void ObserveState(float* block)
    {
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            float* start = block + lane;
            PoseRows<T> pose = State(start);
            new ObservationFeatures<T>(model, start + (rows.Features * Rows.Width)).State(pose, new HeadingWide<T>(pose.RootRotation));
        }
    }

    public void ObserveTarget(float* block, int feature)
    {
        for (int lane = 0; lane < Rows.Width; lane += T.Count)
        {
            float* start = block + lane;
            PoseRows<T> pose = State(start);
            new ObservationFeatures<T>(model, start + ((rows.Features + feature) * Rows.Width))
                .Target(Reference(start), pose, new HeadingWide<T>(pose.RootRotation));
        }
    }

    private PoseRows<T> State(float* start) => new(model, start + (rows.State * Rows.Width), rows.VelocityStart, rows.BodyStart);

    private PoseRows<T> Reference(float* start) => new(model, start + (rows.Reference * Rows.Width), rows.VelocityStart, rows.BodyStart);
}
