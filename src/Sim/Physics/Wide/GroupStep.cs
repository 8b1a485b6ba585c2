using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>
/// One physics step of the worlds in one register's worth of lanes, in reduced coordinates. Spatial vectors are kept in
/// world axes about the origin of each tree's root, so bodies combine by plain sums (Featherstone, Rigid Body Dynamics
/// Algorithms, 2008; the frame is that of MuJoCo's "c" quantities).
/// </summary>
/// <remarks>
/// With M̃ = M + h·D (implicit damping, that of drives and stiff springs included), factored as M̃ = Lᵀ·D·L along the tree, a contact row J has
/// response W = D^(−½)·L^(−ᵀ)·Jᵀ, which fills only the ancestors of the bodies that touch; J·M̃⁻¹·Jᵀ = WᵀW, and the whole
/// velocity change is L⁻¹·D^(−½)·z with z = D^(−½)·L^(−ᵀ)·(smooth impulse) + Σ W·λ.
/// </remarks>
internal readonly unsafe ref partial struct GroupStep<T>(WideModel model, GroupLayout layout, StepSettings settings, float* state, float* scratch)
    where T : unmanaged, ILanes<T>
{
    private readonly WideModel model = model;
    private readonly GroupLayout layout = layout;
    private readonly StepSettings settings = settings;
    private readonly float* state = state;
    private readonly float* scratch = scratch;

    /// <summary>Advances by one physics step.</summary>
    public void Step(bool last)
    {
        Kinematics();
        Forces();
        JointSpaceInertia();
        DriveAndFactor();
        int* active = stackalloc int[Math.Max(1, model.Contacts.Count)];
        T.Store(ScratchRow(layout.Touching), T.Broadcast(0));
        int count = model.Contacts.Count == 0 ? 0 : FindContacts(active);
        if (count > 0)
        {
            PrepareContacts(active, count);
            SolveContacts(active, count);
        }

        KeepMomentum(active, count);
        Integrate(last);
        if (last)
        {
            ReportContactForces(active, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* StateRow(int row) => state + ((long)row * Rows.Width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* ScratchRow(int row) => scratch + ((long)row * Rows.Width);
}

/// <summary>What is the same for every group.</summary>
internal sealed record StepSettings(float Seconds, int SolverIterations, float MaximumSpeed, float MaximumAngularSpeed, bool HasExternalForces)
{
    /// <summary>Contacts are found this far ahead, m; the gap may be closed in one step but not more.</summary>
    public float ContactMargin { get; init; } = 0.02f;

    /// <summary>Of these, those are contacts whose gap would be less than this at the end of the step, m, if the velocity stayed.</summary>
    public float ReachedMargin { get; init; } = 0.003f;

    /// <summary>The same between two moving bodies.</summary>
    public float PairMargin { get; init; } = 0.005f;

    /// <summary>
    /// Share of the momentum lost in a step that the next makes good. Less than all, since at very high speeds the repair itself is
    /// only nearly right.
    /// </summary>
    public float MomentumRecovery { get; init; } = 0.25f;

    /// <summary>Joints that turn faster than this are braked, rad/s: several times faster than people move.</summary>
    public float PlausibleSpeed { get; init; } = 30;

    /// <summary>How hard they are braked: the share of their inertia, per second and rad/s beyond.</summary>
    public float OverspeedBrake { get; init; } = 4;

    /// <summary>Share of a penetration that is undone per step.</summary>
    public float PenetrationRecovery { get; init; } = 0.2f;

    /// <summary>Penetration left in place, m, so that resting contacts stay.</summary>
    public float PenetrationSlop { get; init; } = 0.0005f;

    /// <summary>Fastest speed at which a penetration is undone, m/s.</summary>
    public float MaximumRecoverySpeed { get; init; } = 1f;

    /// <summary>
    /// How hard joint limits are, kg·m²: to a joint that would end the step beyond its limit this much is added, moving as the limit
    /// wants. Many times what hangs on any joint, so nearly all of the excess is undone at once however fast the joint ran into it.
    /// </summary>
    public float LimitInertia { get; init; } = 70;
}
