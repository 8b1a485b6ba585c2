namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    private void BallForces(in WideJoint joint)
    {
        int dof = joint.Velocity;
        ref readonly Dof data = ref model.Dofs[dof];
        T seconds = T.Broadcast(settings.Seconds);
        QuaternionWide<T> rotation = QuaternionWide<T>.Load(StateRow(layout.Positions + joint.Position));
        Vector3Wide<T> rate = Vector3Wide<T>.Load(StateRow(layout.Velocities + dof));
        Vector3Wide<T> impulse = Vector3Wide<T>.Load(ScratchRow(layout.Rhs + dof));
        impulse = Vector3Wide<T>.Fma(Vector3Wide<T>.Load(StateRow(layout.Torques + dof)) - (rate * T.Broadcast(data.Damping)), seconds, impulse);
        T added = T.Broadcast(data.Armature + (settings.Seconds * data.Damping));
        Symmetric3Wide<T> block = LoadBlock(dof).PlusDiagonal(new(added, added, added));
        Vector3Wide<T> brake = new(block.XX * Overspeed(rate.X), block.YY * Overspeed(rate.Y), block.ZZ * Overspeed(rate.Z));
        block = block.PlusDiagonal(brake);
        impulse = new(T.Fnma(brake.X, rate.X, impulse.X), T.Fnma(brake.Y, rate.Y, impulse.Y), T.Fnma(brake.Z, rate.Z, impulse.Z));
        BallLimit limit = default;
        if (joint.Limited || joint.Stiffness != 0)
        {
            Vector3Wide<T> vector = rotation.Log();
            impulse = Vector3Wide<T>.Fma(vector, T.Broadcast(-settings.Seconds * joint.Stiffness), impulse);
            limit = LimitOf(joint, vector, rate);
        }

        if (model.Dofs[dof].IsDriven || model.Dofs[dof + 1].IsDriven || model.Dofs[dof + 2].IsDriven)
        {
            DriveBall(joint, rotation, rate, limit, ref block, ref impulse);
        }

        if (joint.Limited)
        {
            HoldBall(limit, ref block, ref impulse);
        }

        StoreBlock(dof, block);
        impulse.Store(ScratchRow(layout.Rhs + dof));
    }

    /// <summary>Adds the drives of the three axes, as limited as their torques are when the joint's own limit holds.</summary>
    private void DriveBall(
        in WideJoint joint, in QuaternionWide<T> rotation, in Vector3Wide<T> rate, in BallLimit limit, ref Symmetric3Wide<T> block, ref Vector3Wide<T> impulse)
    {
        int dof = joint.Velocity;
        T seconds = T.Broadcast(settings.Seconds);
        QuaternionWide<T> target = QuaternionWide<T>.Load(StateRow(layout.Targets + joint.Position));
        Vector3Wide<T> error = (rotation.Conjugate() * target).Log();
        Vector3Wide<T> torque, gain;
        DriveOf(model.Dofs[dof], error.X, rate.X, out torque.X, out gain.X);
        DriveOf(model.Dofs[dof + 1], error.Y, rate.Y, out torque.Y, out gain.Y);
        DriveOf(model.Dofs[dof + 2], error.Z, rate.Z, out torque.Z, out gain.Z);

        Symmetric3Wide<T> driven = block.PlusDiagonal(gain);
        Vector3Wide<T> pushed = Vector3Wide<T>.Fma(torque, seconds, impulse);
        Vector3Wide<T> change = joint.Limited ? HoldBall(limit, ref driven, ref pushed) : driven.Solve(pushed);
        ClampDrive(model.Dofs[dof], change.X, ref torque.X, ref gain.X);
        ClampDrive(model.Dofs[dof + 1], change.Y, ref torque.Y, ref gain.Y);
        ClampDrive(model.Dofs[dof + 2], change.Z, ref torque.Z, ref gain.Z);
        torque.Store(ScratchRow(layout.DriveTorque + dof));
        gain.Store(ScratchRow(layout.DriveGain + dof));
        block = block.PlusDiagonal(gain);
        impulse = Vector3Wide<T>.Fma(torque, seconds, impulse);
    }

    /// <summary>A limit on a ball joint's total rotation.</summary>
    /// <param name="Axis">Axis of the rotation from rest.</param>
    /// <param name="Ahead">Angle at the end of the step if the velocity stays.</param>
    /// <param name="Bound">Angle that must not be exceeded then.</param>
    private readonly record struct BallLimit(Vector3Wide<T> Axis, T Ahead, T Bound);

    private BallLimit LimitOf(in WideJoint joint, in Vector3Wide<T> vector, in Vector3Wide<T> rate)
    {
        T angle = T.Sqrt(Vector3Wide<T>.Dot(vector, vector));
        Vector3Wide<T> axis = vector * (T.Broadcast(1) / T.Max(angle, T.Broadcast(1e-6f)));
        T ahead = T.Fma(T.Broadcast(settings.Seconds), Vector3Wide<T>.Dot(axis, rate), angle);
        return new(axis, ahead, T.Max(T.Broadcast(joint.Upper), angle - T.Broadcast(LimitRecovery * settings.Seconds)));
    }

    /// <summary>
    /// A one-sided spring along the axis of rotation u, h²·K·u·uᵀ in the matrix, in worlds where the joint would end the step beyond its
    /// limit; returns the change of velocity then.
    /// </summary>
    private Vector3Wide<T> HoldBall(in BallLimit limit, ref Symmetric3Wide<T> block, ref Vector3Wide<T> impulse)
    {
        Vector3Wide<T> change = block.Solve(impulse);
        T over = T.Less(limit.Bound, T.Fma(T.Broadcast(settings.Seconds), Vector3Wide<T>.Dot(limit.Axis, change), limit.Ahead));
        if (!T.Any(over))
        {
            return change;
        }

        T held = T.And(over, T.Broadcast(settings.LimitInertia));
        block = block.PlusOuter(limit.Axis, held);
        impulse = Vector3Wide<T>.Fma(limit.Axis, held * T.Broadcast(1 / settings.Seconds) * (limit.Bound - limit.Ahead), impulse);
        return block.Solve(impulse);
    }

    /// <summary>The joint's own block of the matrix: rows end with the diagonal.</summary>
    private Symmetric3Wide<T> LoadBlock(int dof)
    {
        float* first = DiagonalOf(model.Dofs[dof]), second = DiagonalOf(model.Dofs[dof + 1]), third = DiagonalOf(model.Dofs[dof + 2]);
        Symmetric3Wide<T> block;
        block.XX = T.Load(first);
        block.YX = T.Load(second - Rows.Width);
        block.YY = T.Load(second);
        block.ZX = T.Load(third - (2 * Rows.Width));
        block.ZY = T.Load(third - Rows.Width);
        block.ZZ = T.Load(third);
        return block;
    }

    private void StoreBlock(int dof, in Symmetric3Wide<T> block)
    {
        float* first = DiagonalOf(model.Dofs[dof]), second = DiagonalOf(model.Dofs[dof + 1]), third = DiagonalOf(model.Dofs[dof + 2]);
        T.Store(first, block.XX);
        T.Store(second - Rows.Width, block.YX);
        T.Store(second, block.YY);
        T.Store(third - (2 * Rows.Width), block.ZX);
        T.Store(third - Rows.Width, block.ZY);
        T.Store(third, block.ZZ);
    }
}
