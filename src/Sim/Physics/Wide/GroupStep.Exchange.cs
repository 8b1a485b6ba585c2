using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Turns controls into joint targets and torques.</summary>
    public void ApplyControls()
    {
        for (int index = 0; index < model.Controls.Length; index++)
        {
            ControlMap control = model.Controls[index];
            ref readonly WideJoint joint = ref model.Joints[control.Joint];
            if (control.IsTorque)
            {
                ref readonly Dof dof = ref model.Dofs[control.Dof];
                T.Store(StateRow(layout.Torques + control.Dof), Clamp(Mapped(index), dof.TorqueLower, dof.TorqueUpper));
            }
            else if (joint.Kind == JointKind.Hinge)
            {
                T.Store(StateRow(layout.Targets + joint.Position), Mapped(index));
            }
        }

        foreach (BallControl ball in model.BallControls)
        {
            // Half the vector, then the square of its rotation: the polynomials reach half a turn, targets may go further.
            Vector3Wide<T> half = new(HalfTarget(ball.X), HalfTarget(ball.Y), HalfTarget(ball.Z));
            QuaternionWide<T> turn = QuaternionWide<T>.Exp(half);
            (turn * turn).Normalised().Store(StateRow(layout.Targets + model.Joints[ball.Joint].Position));
        }
    }

    private T HalfTarget(int control) => control < 0 ? T.Broadcast(0) : T.Broadcast(0.5f) * Mapped(control);

    private T Mapped(int index)
    {
        ControlMap control = model.Controls[index];
        return T.Fma(
            Clamp(T.Load(StateRow(layout.Controls + index)), control.ControlLower, control.ControlUpper), T.Broadcast(control.Scale), T.Broadcast(control.Offset));
    }

    private static T Clamp(T value, float lower, float upper) => T.Max(T.Min(value, T.Broadcast(upper)), T.Broadcast(lower));

    /// <summary>Body poses and velocities of the present state into rows laid out as the batch's readings.</summary>
    public void ReadBodies(float* positions, float* rotations, float* linear, float* angular)
    {
        Kinematics();
        for (int body = 0; body < model.Bodies.Length; body++)
        {
            BodyFrame frame = model.Bodies[body];
            if (frame.Link < 0)
            {
                Vector3Wide<T>.Broadcast(frame.Position).Store(positions + (3 * body * Rows.Width));
                QuaternionWide<T>.Broadcast(frame.Rotation).Store(rotations + (4 * body * Rows.Width));
                Vector3Wide<T>.Zero.Store(linear + (3 * body * Rows.Width));
                Vector3Wide<T>.Zero.Store(angular + (3 * body * Rows.Width));
                continue;
            }

            Vector3Wide<T> position = OnWorld(frame.Link, frame.Position);
            QuaternionWide<T> rotation = QuaternionWide<T>.Load(LinkRotation(frame.Link));
            if (frame.Rotation != Quaternion.Identity)
            {
                rotation *= QuaternionWide<T>.Broadcast(frame.Rotation);
            }

            position.Store(positions + (3 * body * Rows.Width));
            rotation.Store(rotations + (4 * body * Rows.Width));
            PointVelocity(frame.Link, position - RootPosition(frame.Link)).Store(linear + (3 * body * Rows.Width));
            Vector3Wide<T>.Load(LinkVelocity(frame.Link)).Store(angular + (3 * body * Rows.Width));
        }
    }
}
