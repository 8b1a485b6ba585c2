namespace Motion.Sim.Physics.Wide;

/// <summary>
/// Where each quantity of a group of worlds lies: offsets in rows of <see cref="Rows.Width"/> floats. A group is one
/// contiguous block, so stepping it touches nothing else.
/// </summary>
internal sealed class GroupLayout
{
    public GroupLayout(WideModel model)
    {
        int next = 0;
        int Take(int rows)
        {
            int start = next;
            next += rows;
            return start;
        }

        Positions = Take(model.PositionCount);
        Velocities = Take(model.Dofs.Length);
        Controls = Take(model.Controls.Length);
        Targets = Take(model.PositionCount);
        Torques = Take(model.Dofs.Length);
        Impulses = Take(3 * model.Contacts.Count);
        Gravity = Take(3);
        Friction = Take(1);
        Mass = Take(1);
        Gain = Take(1);
        External = Take(6 * model.Bodies.Length);
        PropPlaced = Take(model.Scene.Props.Length);
        Momentum = Take(6 * model.FreeRoots.Length);
        MomentumKnown = Take(1);
        Stepped = Take(1);
        HalfChanges = Take(model.Dofs.Length);
        Failed = Take(1);
        ResetPositions = Take(model.PositionCount);
        ResetVelocities = Take(model.Dofs.Length);
        StateRows = next;
        AppliedTorques = Take(model.Dofs.Length);
        ContactForces = Take(3 * model.Bodies.Length);
        Row = next;

        next = 0;
        LinkPosition = Take(3 * model.Links.Length);
        LinkRotation = Take(4 * model.Links.Length);
        LinkMatrix = Take(9 * model.Links.Length);
        LinkVelocity = Take(6 * model.Links.Length);
        LinkAcceleration = Take(6 * model.Links.Length);
        LinkForce = Take(6 * model.Links.Length);
        RootImpulse = Take(12 * model.FreeRoots.Length);
        RootLift = Take(3 * model.FreeRoots.Length);
        RootCenter = Take(3 * model.FreeRoots.Length);
        Touching = Take(1);
        LinkInertia = Take(10 * model.Links.Length);
        Axes = Take(6 * model.Dofs.Length);
        Matrix = Take(model.MatrixRows);
        Rhs = Take(model.Dofs.Length);
        Scale = Take(model.Dofs.Length);
        DriveTorque = Take(model.Dofs.Length);
        DriveGain = Take(model.Dofs.Length);
        Solution = Take(model.Dofs.Length);
        int tips = model.Links.Sum(link => model.Dofs[link.TipDof].Depth + 1);
        LinkResponse = Take(6 * tips);
        BoundCenters = Take(3 * model.Contacts.Bounds.Length);
        Contact = Take(ContactRows * model.Contacts.Count);
        ContactResponse = Take(3 * model.Contacts.Supports.Sum(support => support.Dofs.Length));
        ScratchRows = next;

        LinkResponseStart = new int[model.Links.Length];
        for (int link = 0, row = LinkResponse; link < model.Links.Length; row += 6 * (model.Dofs[model.Links[link].TipDof].Depth + 1), link++)
        {
            LinkResponseStart[link] = row;
        }

        ContactResponseStart = new int[model.Contacts.Count];
        for (int contact = 0, row = ContactResponse; contact < model.Contacts.Count; row += 3 * model.Contacts.Supports[contact].Dofs.Length, contact++)
        {
            ContactResponseStart[contact] = row;
        }
    }

    // What persists between steps, per group.
    public int Positions { get; }

    /// <summary>
    /// Velocities in the middle of the last step, except gravity's part in what floats: with <see cref="HalfChanges"/> added they are
    /// those of the present.
    /// </summary>
    public int Velocities { get; }

    /// <summary>Controls as set, one row each.</summary>
    public int Controls { get; }

    /// <summary>Joint targets in the layout of positions.</summary>
    public int Targets { get; }

    /// <summary>Torques commanded directly.</summary>
    public int Torques { get; }

    /// <summary>Contact impulses of the last step: normal, two tangents.</summary>
    public int Impulses { get; }

    public int Gravity { get; }

    public int Friction { get; }

    public int Mass { get; }

    public int Gain { get; }

    /// <summary>External force and torque of every body.</summary>
    public int External { get; }

    public int PropPlaced { get; }

    /// <summary>Momentum of every free tree: angular about its centre of mass, linear.</summary>
    public int Momentum { get; }

    /// <summary>Mask of worlds where the momentum is known: not yet before the first step from a given state.</summary>
    public int MomentumKnown { get; }

    /// <summary>Mask of worlds that made a step since they were given their state.</summary>
    public int Stepped { get; }

    /// <summary>Half of what the last step changed the velocities by, but for gravity on what floats; 0 where something touched.</summary>
    public int HalfChanges { get; }

    /// <summary>Mask of worlds that failed since the last look.</summary>
    public int Failed { get; }

    /// <summary>Where a world returns to when it fails.</summary>
    public int ResetPositions { get; }

    public int ResetVelocities { get; }

    /// <summary>Rows that decide the future; those after only report.</summary>
    public int StateRows { get; }

    public int AppliedTorques { get; }

    public int ContactForces { get; }

    /// <summary>Rows of a group.</summary>
    public int Row { get; }

    // What one step computes, per thread.
    public int LinkPosition { get; }

    public int LinkRotation { get; }

    public int LinkMatrix { get; }

    /// <summary>Angular, then linear velocity at the tree's origin.</summary>
    public int LinkVelocity { get; }

    public int LinkAcceleration { get; }

    public int LinkForce { get; }

    /// <summary>For every free tree, its momentum (6) and the sum of external forces (6).</summary>
    public int RootImpulse { get; }

    /// <summary>For every free tree, the acceleration that stands for gravity.</summary>
    public int RootLift { get; }

    /// <summary>For every free tree, its centre of mass from its origin.</summary>
    public int RootCenter { get; }

    /// <summary>Mask of worlds with any contact.</summary>
    public int Touching { get; }

    /// <summary>Mass, mass·centre (3), inertia about the origin xx yy zz xy xz yz.</summary>
    public int LinkInertia { get; }

    /// <summary>Motion axis of each degree of freedom: angular, then linear at the tree's origin.</summary>
    public int Axes { get; }

    public int Matrix { get; }

    public int Rhs { get; }

    /// <summary>1/√d of the factor's diagonal.</summary>
    public int Scale { get; }

    public int DriveTorque { get; }

    public int DriveGain { get; }

    /// <summary>√d · (change of velocity) while contacts are solved.</summary>
    public int Solution { get; }

    public int LinkResponse { get; }

    public int BoundCenters { get; }

    public int Contact { get; }

    public int ContactResponse { get; }

    public int ScratchRows { get; }

    public int[] LinkResponseStart { get; }

    public int[] ContactResponseStart { get; }

    /// <summary>Rows of one contact: see <see cref="ContactRow"/>.</summary>
    public const int ContactRows = 25;
}

/// <summary>Rows of one contact's scratch.</summary>
internal static class ContactRow
{
    /// <summary>Normal, first tangent, second tangent.</summary>
    public const int Frame = 0;

    /// <summary>Contact point from the origin of A's tree.</summary>
    public const int ArmA = 9;

    /// <summary>Contact point from the origin of B's tree.</summary>
    public const int ArmB = 12;

    /// <summary>Relative velocity that is wanted subtracted: normal, tangents.</summary>
    public const int Bias = 15;

    /// <summary>Inverse of the normal's response; diagonal of the inverse of the tangents' block. 0 in worlds without this contact.</summary>
    public const int Inverse = 18;

    /// <summary>Responses of tangent 1 and of tangent 2 to the normal; off-diagonal of the inverse of the tangents' block.</summary>
    public const int Coupling = 21;

    /// <summary>Length of a sliding tangent's step: no more than the inverse of the largest response.</summary>
    public const int Slide = 24;
}
