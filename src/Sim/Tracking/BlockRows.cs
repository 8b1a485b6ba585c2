using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>
/// Where things lie in the scratch of a block of worlds: offsets in rows of <see cref="Rows.Width"/> floats, one column for each world.
/// </summary>
internal sealed class BlockRows
{
    public BlockRows(TrackingModel model)
    {
        int next = 0;
        int Take(int rows)
        {
            int start = next;
            next += rows;
            return start;
        }

        VelocityStart = model.PositionCount;
        BodyStart = VelocityStart + model.VelocityCount;
        PoseRows = BodyStart + (3 * model.BodyCount);
        State = Take(PoseRows);
        Reference = Take(PoseRows);
        Moved = Take(6);
        Terms = Take(TermCount);
        Deviation = Take(1);
        Features = Take(model.Layout.Count);
        Count = next;
    }

    /// <summary>Terms of the reward.</summary>
    public const int TermCount = 5;

    /// <summary>The world's positions, velocities and places of bodies, laid out as the reference's.</summary>
    public int State { get; }

    /// <summary>A frame of the reference.</summary>
    public int Reference { get; }

    /// <summary>Rows of a state or reference.</summary>
    public int PoseRows { get; }

    /// <summary>Within a state or reference: where velocities start.</summary>
    public int VelocityStart { get; }

    /// <summary>Within a state or reference: where places of bodies start.</summary>
    public int BodyStart { get; }

    /// <summary>Where loops have carried the reference: cosine and sine of the turn and of its half, shift x and y.</summary>
    public int Moved { get; }

    /// <summary>The errors that the reward's terms are made of.</summary>
    public int Terms { get; }

    /// <summary>Furthest that a body is from its reference, m.</summary>
    public int Deviation { get; }

    public int Features { get; }

    /// <summary>Rows in all.</summary>
    public int Count { get; }
}
