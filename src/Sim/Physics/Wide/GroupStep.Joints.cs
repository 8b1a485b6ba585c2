using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>
    /// Adds armature, damping, springs, limits and drives, then factors M̃ = Lᵀ·D·L from the tips to the root while eliminating the
    /// right-hand side. All of it is implicit: a torque −k·(q + h·q̇⁺ − target) adds h²·k to the matrix.
    /// </summary>
    private void DriveAndFactor()
    {
        for (int index = 0; index < model.Joints.Length; index++)
        {
            switch (model.Joints[index].Kind)
            {
                case JointKind.Hinge:
                    HingeForces(model.Joints[index]);
                    break;
                case JointKind.Ball:
                    BallForces(model.Joints[index]);
                    break;
                default:
                    break;
            }
        }

        foreach (Tendon tendon in model.Tendons)
        {
            LimitTendon(tendon);
        }

        for (int dof = model.Dofs.Length - 1; dof >= 0; dof--)
        {
            ref readonly Dof data = ref model.Dofs[dof];
            float* row = ScratchRow(layout.Matrix + data.Row);
            T diagonal = T.Load(row + (data.Depth * Rows.Width)) + T.Broadcast(data.Armature + (settings.Seconds * data.Damping));
            T impulse = T.Load(ScratchRow(layout.Rhs + dof));
            if (data.Kp != 0 || data.Kd != 0)
            {
                ClampDrive(dof, data, ref diagonal, ref impulse);
            }

            T inverse = T.Broadcast(1) / diagonal;
            T scale = T.Sqrt(inverse);
            T.Store(ScratchRow(layout.Scale + dof), scale);
            T.Store(ScratchRow(layout.Solution + dof), scale * impulse);
            Eliminate(model.Chains[dof], row, data.Depth, inverse, impulse);
        }
    }

    /// <summary>
    /// A drive keeps within its torque limits. The torque it would give were its ancestors held still is known here, since all that
    /// hangs on it is already eliminated; where that exceeds the limit the drive becomes the constant limit torque.
    /// </summary>
    private void ClampDrive(int dof, in Dof data, ref T diagonal, ref T impulse)
    {
        T seconds = T.Broadcast(settings.Seconds);
        T gain = T.Load(ScratchRow(layout.DriveGain + dof));
        T torque = T.Load(ScratchRow(layout.DriveTorque + dof));
        T change = T.Fma(seconds, torque, impulse) / (diagonal + gain);
        T expected = T.Fnma(gain * T.Broadcast(1 / settings.Seconds), change, torque);
        T clamped = Clamp(expected, data.TorqueLower, data.TorqueUpper);
        T saturated = T.Less(T.Broadcast(0), T.Abs(expected - clamped));
        gain = T.AndNot(gain, saturated);
        torque = T.Select(saturated, clamped, torque);
        T.Store(ScratchRow(layout.DriveGain + dof), gain);
        T.Store(ScratchRow(layout.DriveTorque + dof), torque);
        diagonal += gain;
        impulse = T.Fma(seconds, torque, impulse);
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

    private void HingeForces(in WideJoint joint)
    {
        int dof = joint.Velocity;
        ref readonly Dof data = ref model.Dofs[dof];
        T seconds = T.Broadcast(settings.Seconds);
        T angle = T.Load(StateRow(layout.Positions + joint.Position));
        T rate = T.Load(StateRow(layout.Velocities + dof));
        T ahead = T.Fma(seconds, rate, angle);
        T torque = T.Load(StateRow(layout.Torques + dof)) - (T.Broadcast(data.Damping) * rate);
        T stiffness = T.Broadcast(joint.Stiffness);
        if (joint.Stiffness != 0)
        {
            torque = T.Fnma(stiffness, ahead - T.Broadcast(joint.SpringReference), torque);
        }

        if (joint.Limited)
        {
            T recovery = T.Broadcast(LimitRecovery * settings.Seconds);
            T hard = T.Broadcast(settings.LimitStiffness);

            // Beyond the limit now or after this step: by the latter alone a joint pressed against its limit would leave it every other step.
            T above = T.Less(T.Broadcast(joint.Upper), T.Max(angle, ahead));
            T below = T.Less(T.Min(angle, ahead), T.Broadcast(joint.Lower));
            T bound = T.Select(above, T.Max(T.Broadcast(joint.Upper), angle - recovery), T.Min(T.Broadcast(joint.Lower), angle + recovery));
            T limited = T.And(T.Or(above, below), hard);
            torque = T.Fnma(limited, ahead - bound, torque);
            stiffness += limited;
        }

        AddToDiagonal(data, seconds * seconds * stiffness);
        AddImpulse(dof, seconds * torque);
        if (data.Kp != 0 || data.Kd != 0)
        {
            StoreDrive(dof, data, T.Load(StateRow(layout.Targets + joint.Position)) - angle, rate);
        }
    }

    private void BallForces(in WideJoint joint)
    {
        int dof = joint.Velocity;
        T seconds = T.Broadcast(settings.Seconds);
        QuaternionWide<T> rotation = QuaternionWide<T>.Load(StateRow(layout.Positions + joint.Position));
        Vector3Wide<T> rate = Vector3Wide<T>.Load(StateRow(layout.Velocities + dof));
        if (joint.Limited || joint.Stiffness != 0)
        {
            Vector3Wide<T> vector = rotation.Log();
            if (joint.Stiffness != 0)
            {
                T stiffness = T.Broadcast(joint.Stiffness);
                Vector3Wide<T> impulse = (vector + (rate * seconds)) * (-seconds * stiffness);
                AddBallImpulse(dof, impulse);
                for (int axis = 0; axis < 3; axis++)
                {
                    AddToDiagonal(model.Dofs[dof + axis], seconds * seconds * stiffness);
                }
            }

            if (joint.Limited)
            {
                LimitBall(joint, vector, rate);
            }
        }

        Vector3Wide<T> direct = Vector3Wide<T>.Load(StateRow(layout.Torques + dof));
        T damping = T.Broadcast(model.Dofs[dof].Damping);
        AddBallImpulse(dof, (direct - (rate * damping)) * seconds);
        if (HasDrive(dof) || HasDrive(dof + 1) || HasDrive(dof + 2))
        {
            QuaternionWide<T> target = QuaternionWide<T>.Load(StateRow(layout.Targets + joint.Position));
            Vector3Wide<T> error = (rotation.Conjugate() * target).Log();
            StoreDrive(dof, model.Dofs[dof], error.X, rate.X);
            StoreDrive(dof + 1, model.Dofs[dof + 1], error.Y, rate.Y);
            StoreDrive(dof + 2, model.Dofs[dof + 2], error.Z, rate.Z);
        }
    }

    private bool HasDrive(int dof) => model.Dofs[dof].Kp != 0 || model.Dofs[dof].Kd != 0;

    /// <summary>Total rotation at most the joint's: a one-sided spring along the axis of rotation u, K·h²·u·uᵀ in the matrix.</summary>
    private void LimitBall(in WideJoint joint, in Vector3Wide<T> vector, in Vector3Wide<T> rate)
    {
        T seconds = T.Broadcast(settings.Seconds);
        T angle = T.Sqrt(Vector3Wide<T>.Dot(vector, vector));
        Vector3Wide<T> axis = vector * (T.Broadcast(1) / T.Max(angle, T.Broadcast(1e-6f)));
        T ahead = T.Fma(seconds, Vector3Wide<T>.Dot(axis, rate), angle);
        T over = T.Less(T.Broadcast(joint.Upper), T.Max(angle, ahead));
        if (!T.Any(over))
        {
            return;
        }

        T stiffness = T.And(over, T.Broadcast(settings.LimitStiffness));
        T bound = T.Max(T.Broadcast(joint.Upper), angle - T.Broadcast(LimitRecovery * settings.Seconds));
        int dof = joint.Velocity;
        AddBallImpulse(dof, axis * (seconds * stiffness * (bound - ahead)));
        T weight = seconds * seconds * stiffness;
        Vector3Wide<T> weighted = axis * weight;
        AddToDiagonal(model.Dofs[dof], weighted.X * axis.X);
        AddToDiagonal(model.Dofs[dof + 1], weighted.Y * axis.Y);
        AddToDiagonal(model.Dofs[dof + 2], weighted.Z * axis.Z);
        AddToEntry(model.Dofs[dof + 1], 1, weighted.Y * axis.X);
        AddToEntry(model.Dofs[dof + 2], 1, weighted.Z * axis.Y);
        AddToEntry(model.Dofs[dof + 2], 2, weighted.Z * axis.X);
    }

    /// <summary>The same for a weighted sum of hinge angles, K·h²·c·cᵀ over the hinges it joins.</summary>
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

        T recovery = T.Broadcast(LimitRecovery * settings.Seconds);
        T above = T.Less(T.Broadcast(tendon.Upper), T.Max(length, ahead));
        T below = T.Less(T.Min(length, ahead), T.Broadcast(tendon.Lower));
        T bound = T.Select(above, T.Max(T.Broadcast(tendon.Upper), length - recovery), T.Min(T.Broadcast(tendon.Lower), length + recovery));
        T stiffness = T.And(T.Or(above, below), T.Broadcast(settings.LimitStiffness));
        T impulse = seconds * stiffness * (bound - ahead);
        T weight = seconds * seconds * stiffness;
        for (int term = 0; term < tendon.Terms.Length; term++)
        {
            (int dof, float coefficient) = (tendon.Terms[term].Dof, tendon.Terms[term].Coefficient);
            AddImpulse(dof, impulse * T.Broadcast(coefficient));
            for (int other = 0; other <= term; other++)
            {
                int rise = model.Dofs[dof].Depth - model.Dofs[tendon.Terms[other].Dof].Depth;
                AddToEntry(model.Dofs[dof], rise, weight * T.Broadcast(coefficient * tendon.Terms[other].Coefficient));
            }
        }
    }

    /// <summary>Fastest return from beyond a limit, rad/s.</summary>
    private const float LimitRecovery = 5;

    private void StoreDrive(int dof, in Dof data, T error, T rate)
    {
        T gain = T.Load(StateRow(layout.Gain));
        float seconds = settings.Seconds;
        T torque = gain * T.Fnma(T.Broadcast(data.Kd + (data.Kp * seconds)), rate, T.Broadcast(data.Kp) * error);
        T.Store(ScratchRow(layout.DriveTorque + dof), torque);
        T.Store(ScratchRow(layout.DriveGain + dof), gain * T.Broadcast(seconds * (data.Kd + (seconds * data.Kp))));
    }

    private void AddBallImpulse(int dof, in Vector3Wide<T> impulse)
    {
        AddImpulse(dof, impulse.X);
        AddImpulse(dof + 1, impulse.Y);
        AddImpulse(dof + 2, impulse.Z);
    }

    private void AddImpulse(int dof, T impulse)
    {
        float* rhs = ScratchRow(layout.Rhs + dof);
        T.Store(rhs, T.Load(rhs) + impulse);
    }

    private void AddToDiagonal(in Dof dof, T value) => AddToEntry(dof, 0, value);

    /// <summary>Adds to the entry that is some steps above the diagonal's.</summary>
    private void AddToEntry(in Dof dof, int above, T value)
    {
        float* entry = ScratchRow(layout.Matrix + dof.Row + dof.Depth - above);
        T.Store(entry, T.Load(entry) + value);
    }
}
