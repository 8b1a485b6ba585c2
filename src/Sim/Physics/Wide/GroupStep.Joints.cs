using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Fastest return from beyond a limit, rad/s.</summary>
    private const float LimitRecovery = 5;

    /// <summary>
    /// Adds armature, damping, springs, drives and limits, and factors M̃ = Lᵀ·D·L from the tips to the root while eliminating the
    /// right-hand side. All of it is implicit: a torque −d·q̇⁺ adds h·d to the matrix.
    /// </summary>
    /// <remarks>
    /// When a joint's turn comes, all that hangs on it is already eliminated, so the change of velocity that it would make were its
    /// ancestors held still is known. By that change it is decided whether a limit holds and whether a drive is beyond its torque.
    /// </remarks>
    private void DriveAndFactor()
    {
        foreach (Tendon tendon in model.Tendons)
        {
            LimitTendon(tendon);
        }

        for (int index = model.Joints.Length - 1; index >= 0; index--)
        {
            ref readonly WideJoint joint = ref model.Joints[index];
            switch (joint.Kind)
            {
                case JointKind.Hinge:
                    HingeForces(joint);
                    break;
                case JointKind.Ball:
                    BallForces(joint);
                    break;
                default:
                    FreeForces(joint);
                    break;
            }

            for (int dof = joint.Velocity + joint.VelocityCount - 1; dof >= joint.Velocity; dof--)
            {
                Factor(dof);
            }
        }
    }

    private void Factor(int dof)
    {
        ref readonly Dof data = ref model.Dofs[dof];
        float* row = ScratchRow(layout.Matrix + data.Row);
        T impulse = T.Load(ScratchRow(layout.Rhs + dof));
        T inverse = T.Broadcast(1) / T.Load(row + (data.Depth * Rows.Width));
        T scale = T.Sqrt(inverse);
        T.Store(ScratchRow(layout.Scale + dof), scale);
        T.Store(ScratchRow(layout.Solution + dof), scale * impulse);
        Eliminate(model.Chains[dof], row, data.Depth, inverse, impulse);
    }

    private void Eliminate(int[] chain, float* row, int depth, T inverse, T impulse)
    {
        for (int entry = depth - 1; entry >= 0; entry--)
        {
            int ancestor = chain[entry];
            T factor = T.Load(row + (entry * Rows.Width)) * inverse;
            float* target = ScratchRow(layout.Matrix + model.Dofs[ancestor].Row);
            for (float* source = row; source <= row + (entry * Rows.Width); source += Rows.Width, target += Rows.Width)
            {
                T.Store(target, T.Fnma(factor, T.Load(source), T.Load(target)));
            }

            T.Store(row + (entry * Rows.Width), factor);
            float* rhs = ScratchRow(layout.Rhs + ancestor);
            T.Store(rhs, T.Fnma(factor, impulse, T.Load(rhs)));
        }
    }

    private void FreeForces(in WideJoint joint)
    {
        for (int dof = joint.Velocity; dof < joint.Velocity + joint.VelocityCount; dof++)
        {
            ref readonly Dof data = ref model.Dofs[dof];
            float inertia = data.Armature + (settings.Seconds * data.Damping);
            if (inertia != 0)
            {
                AddTo(DiagonalOf(data), T.Broadcast(inertia));
                AddTo(ScratchRow(layout.Rhs + dof), T.Load(StateRow(layout.Velocities + dof)) * T.Broadcast(-settings.Seconds * data.Damping));
            }
        }
    }

    private void HingeForces(in WideJoint joint)
    {
        int dof = joint.Velocity;
        ref readonly Dof data = ref model.Dofs[dof];
        T seconds = T.Broadcast(settings.Seconds);
        T angle = T.Load(StateRow(layout.Positions + joint.Position));
        T rate = T.Load(StateRow(layout.Velocities + dof));
        T ahead = T.Fma(seconds, rate, angle);
        T passive = T.Fnma(T.Broadcast(data.Damping), rate, T.Load(StateRow(layout.Torques + dof)));
        passive = T.Fnma(T.Broadcast(joint.Stiffness), angle - T.Broadcast(joint.SpringReference), passive);
        T diagonal = T.Load(DiagonalOf(data)) + T.Broadcast(data.Armature + (settings.Seconds * data.Damping));
        T impulse = T.Fma(seconds, passive, T.Load(ScratchRow(layout.Rhs + dof)));
        T brake = diagonal * Overspeed(rate);
        diagonal += brake;
        impulse = T.Fnma(brake, rate, impulse);
        T held = T.Broadcast(0), push = held;
        if (data.IsDriven)
        {
            DriveOf(data, T.Load(StateRow(layout.Targets + joint.Position)) - angle, rate, out T torque, out T gain);
            if (joint.Limited)
            {
                held = HoldHinge(joint, angle, ahead, diagonal + gain, T.Fma(seconds, torque, impulse), out push);
            }

            T change = (T.Fma(seconds, torque, impulse) + push) / (diagonal + gain + held);
            ClampDrive(data, change, ref torque, ref gain);
            StoreDrive(dof, torque, gain);
            diagonal += gain;
            impulse = T.Fma(seconds, torque, impulse);
        }

        if (joint.Limited)
        {
            held = HoldHinge(joint, angle, ahead, diagonal, impulse, out push);
            diagonal += held;
            impulse += push;
        }

        T.Store(DiagonalOf(data), diagonal);
        T.Store(ScratchRow(layout.Rhs + dof), impulse);
    }

    /// <summary>What a limit adds to the diagonal in worlds where the joint would end the step beyond it, and to the right-hand side.</summary>
    private T HoldHinge(in WideJoint joint, T angle, T ahead, T diagonal, T impulse, out T push)
    {
        T recovery = T.Broadcast(LimitRecovery * settings.Seconds);
        T upper = T.Max(T.Broadcast(joint.Upper), angle - recovery), lower = T.Min(T.Broadcast(joint.Lower), angle + recovery);
        T end = T.Fma(T.Broadcast(settings.Seconds), impulse / diagonal, ahead);
        T above = T.Less(upper, end);
        T held = T.And(T.Or(above, T.Less(end, lower)), T.Broadcast(settings.LimitInertia));
        push = held * T.Broadcast(1 / settings.Seconds) * (T.Select(above, upper, lower) - ahead);
        return held;
    }

    /// <summary>
    /// A drive's torque before the step and what its implicit part adds to the diagonal: torque = Kp·error − Kd·q̇⁺.
    /// </summary>
    private void DriveOf(in Dof data, T error, T rate, out T torque, out T gain)
    {
        T scale = T.Load(StateRow(layout.Gain));
        torque = scale * T.Fnma(T.Broadcast(data.Kd), rate, T.Broadcast(data.Kp) * error);
        gain = scale * T.Broadcast(settings.Seconds * data.Kd);
    }

    /// <summary>Where the torque that goes with a change of velocity exceeds the limits, the drive becomes the constant limit torque.</summary>
    private T ClampDrive(in Dof data, T change, ref T torque, ref T gain)
    {
        T expected = T.Fnma(gain * T.Broadcast(1 / settings.Seconds), change, torque);
        T clamped = Clamp(expected, data.TorqueLower, data.TorqueUpper);
        T saturated = T.Less(T.Broadcast(0), T.Abs(expected - clamped));
        gain = T.AndNot(gain, saturated);
        torque = T.Select(saturated, clamped, torque);
        return saturated;
    }

    /// <summary>
    /// Share of a joint's inertia that brakes it in this step: 0 up to a speed that no body reaches. A limp joint under hard torques would
    /// otherwise turn by a large angle in a step, which no step survives.
    /// </summary>
    private T Overspeed(T rate) => T.Max(T.Abs(rate) - T.Broadcast(settings.PlausibleSpeed), T.Broadcast(0)) * T.Broadcast(settings.Seconds * settings.OverspeedBrake);

    private void StoreDrive(int dof, T torque, T gain)
    {
        T.Store(ScratchRow(layout.DriveTorque + dof), torque);
        T.Store(ScratchRow(layout.DriveGain + dof), gain);
    }

    /// <summary>A limit on a weighted sum of hinge angles, h²·K·c·cᵀ over the hinges it joins.</summary>
    private void LimitTendon(Tendon tendon)
    {
        T seconds = T.Broadcast(settings.Seconds);
        T length = T.Broadcast(0), ahead = T.Broadcast(0);
        foreach (TendonTerm term in tendon.Terms)
        {
            T angle = T.Load(StateRow(layout.Positions + term.Position));
            length = T.Fma(T.Broadcast(term.Coefficient), angle, length);
            ahead = T.Fma(T.Broadcast(term.Coefficient), T.Fma(seconds, T.Load(StateRow(layout.Velocities + term.Dof)), angle), ahead);
        }

        // Beyond the limit now or after this step: by the latter alone a tendon pressed against its limit would leave it every other step.
        T recovery = T.Broadcast(LimitRecovery * settings.Seconds);
        T above = T.Less(T.Broadcast(tendon.Upper), T.Max(length, ahead));
        T below = T.Less(T.Min(length, ahead), T.Broadcast(tendon.Lower));
        T bound = T.Select(above, T.Max(T.Broadcast(tendon.Upper), length - recovery), T.Min(T.Broadcast(tendon.Lower), length + recovery));
        T held = T.And(T.Or(above, below), T.Broadcast(settings.LimitInertia));
        T impulse = held * T.Broadcast(1 / settings.Seconds) * (bound - ahead);
        for (int term = 0; term < tendon.Terms.Length; term++)
        {
            (int dof, float coefficient) = (tendon.Terms[term].Dof, tendon.Terms[term].Coefficient);
            AddTo(ScratchRow(layout.Rhs + dof), impulse * T.Broadcast(coefficient));
            for (int other = 0; other <= term; other++)
            {
                int rise = model.Dofs[dof].Depth - model.Dofs[tendon.Terms[other].Dof].Depth;
                AddTo(DiagonalOf(model.Dofs[dof]) - (rise * Rows.Width), held * T.Broadcast(coefficient * tendon.Terms[other].Coefficient));
            }
        }
    }

    private float* DiagonalOf(in Dof dof) => ScratchRow(layout.Matrix + dof.Row + dof.Depth);

    private static void AddTo(float* row, T value) => T.Store(row, T.Load(row) + value);
}
