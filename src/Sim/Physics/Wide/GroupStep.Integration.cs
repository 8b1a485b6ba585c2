using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Back-substitution to the change of velocity, then positions with the new velocity.</summary>
    /// <remarks>
    /// Where something touches this is the semi-implicit Euler step. Where nothing does, it is read as a leapfrog: velocities belong to the
    /// middle of steps, so the first step from a given state makes half the change, and what depends on velocities takes those of the
    /// present, half a change later. Gravity on what floats is left out of that, being exact otherwise (<see cref="FallCorrection"/>).
    /// </remarks>
    private void Integrate(bool last)
    {
        T fine = T.LessOrEqual(T.Broadcast(0), T.Broadcast(0)), largest = T.Broadcast(SmoothChange);
        for (int dof = 0; dof < model.Dofs.Length; dof++)
        {
            ref readonly Dof data = ref model.Dofs[dof];
            int[] chain = model.Chains[dof];
            float* row = ScratchRow(layout.Matrix + data.Row);
            T change = T.Load(ScratchRow(layout.Scale + dof)) * T.Load(ScratchRow(layout.Solution + dof));
            for (int entry = 0; entry < data.Depth; entry++)
            {
                change = T.Fnma(T.Load(row + (entry * Rows.Width)), T.Load(ScratchRow(layout.Solution + chain[entry])), change);
            }

            T.Store(ScratchRow(layout.Solution + dof), change);
            largest = T.Max(largest, T.Abs(change));
            if (last)
            {
                ReportTorque(dof, change);
            }
        }

        ChangeVelocities(largest);

        for (int index = 0; index < model.Joints.Length; index++)
        {
            fine = T.And(fine, Advance(model.Joints[index]));
        }

        float* failed = StateRow(layout.Failed);
        T.Store(failed, T.Or(T.Load(failed), T.AndNot(T.LessOrEqual(T.Broadcast(0), T.Broadcast(0)), fine)));
    }

    private void ChangeVelocities(T largest)
    {
        T all = T.LessOrEqual(T.Broadcast(0), T.Broadcast(0));
        T flying = T.AndNot(all, T.Load(ScratchRow(layout.Touching)));
        T first = T.AndNot(flying, T.Load(StateRow(layout.Stepped)));
        T half = T.And(T.Broadcast(0.5f * SmoothChange) / largest, flying);
        T.Store(StateRow(layout.Stepped), all);
        for (int dof = 0; dof < model.Dofs.Length; dof++)
        {
            int falls = model.Dofs[dof].Falls;
            T change = T.Load(ScratchRow(layout.Solution + dof));
            T ahead = half * (falls < 0 ? change : T.Fma(T.Broadcast(settings.Seconds), T.Load(ScratchRow(layout.RootLift + falls)), change));
            T.Store(StateRow(layout.HalfChanges + dof), ahead);
            float* velocity = StateRow(layout.Velocities + dof);
            T.Store(velocity, T.Load(velocity) + (change - T.And(ahead, first)));
        }
    }

    private void ReportTorque(int dof, T change)
    {
        T torque = T.Load(StateRow(layout.Torques + dof));
        if (model.Dofs[dof].IsDriven)
        {
            T slope = T.Load(ScratchRow(layout.DriveGain + dof)) * T.Broadcast(1 / settings.Seconds);
            torque += T.Fnma(slope, change, T.Load(ScratchRow(layout.DriveTorque + dof)));
        }

        T.Store(StateRow(layout.AppliedTorques + dof), torque);
    }

    /// <summary>Moves a joint by its velocity; the mask of worlds where it stays finite and within the speed limits.</summary>
    private T Advance(in WideJoint joint)
    {
        T seconds = T.Broadcast(settings.Seconds);
        float* position = StateRow(layout.Positions + joint.Position);
        float* velocity = StateRow(layout.Velocities + joint.Velocity);
        T fastest = T.Broadcast(settings.MaximumAngularSpeed);
        if (joint.Kind == JointKind.Hinge)
        {
            T rate = T.Load(velocity);
            T angle = T.Fma(seconds, rate, T.Load(position));
            T.Store(position, angle);
            return T.And(T.LessOrEqual(T.Abs(rate), fastest), T.LessOrEqual(T.Abs(angle), T.Broadcast(FarthestPosition)));
        }

        T fine = T.LessOrEqual(T.Broadcast(0), T.Broadcast(0));
        if (joint.Kind == JointKind.Free)
        {
            Vector3Wide<T> linear = Vector3Wide<T>.Load(velocity);
            Vector3Wide<T> place = Vector3Wide<T>.Fma(linear, seconds, Vector3Wide<T>.Load(position));
            place = Vector3Wide<T>.Fma(FallCorrection(joint.Link), seconds * seconds * T.Broadcast(0.5f), place);
            place.Store(position);
            fine = T.And(Within(linear, T.Broadcast(settings.MaximumSpeed)), Within(place, T.Broadcast(FarthestPosition)));
            position += 3 * Rows.Width;
            velocity += 3 * Rows.Width;
        }

        Vector3Wide<T> angular = Vector3Wide<T>.Load(velocity);
        QuaternionWide<T> rotation = (QuaternionWide<T>.Load(position) * QuaternionWide<T>.Exp(angular * seconds)).Normalised();
        rotation.Store(position);
        return T.And(T.And(fine, Within(angular, fastest)), T.LessOrEqual(T.Abs(rotation.W), T.Broadcast(2)));
    }

    /// <summary>
    /// The new velocity carried through the whole step overshoots a free fall by ½·g·h²: given back where nothing touches. Where
    /// something does, contacts were solved for the velocity as it is.
    /// </summary>
    private Vector3Wide<T> FallCorrection(int link)
    {
        if (model.FreeTree[link] < 0)
        {
            return Vector3Wide<T>.Zero;
        }

        Vector3Wide<T> lift = Vector3Wide<T>.Load(RootAcceleration(link));
        T touching = T.Load(ScratchRow(layout.Touching));
        return new(T.AndNot(lift.X, touching), T.AndNot(lift.Y, touching), T.AndNot(lift.Z, touching));
    }

    private static T Within(in Vector3Wide<T> vector, T bound) =>
        T.And(T.LessOrEqual(T.Abs(vector.X), bound), T.And(T.LessOrEqual(T.Abs(vector.Y), bound), T.LessOrEqual(T.Abs(vector.Z), bound)));

    /// <summary>
    /// Where any velocity changes by more than this in a step, rad/s or m/s, all are followed less far: a body that is jerked about tells
    /// nothing of where its velocities are going. All by the same share, or its momentum would not be that of the whole.
    /// </summary>
    private const float SmoothChange = 1;

    /// <summary>A body this far away, m (or a hinge this many radians round), has left the world.</summary>
    private const float FarthestPosition = 1e5f;
}
