using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal readonly unsafe ref partial struct GroupStep<T>
{
    /// <summary>Poses, motion axes, velocities and velocity-dependent accelerations of all links, root to tips.</summary>
    public void Kinematics()
    {
        for (int index = 0; index < model.Links.Length; index++)
        {
            ref readonly Link link = ref model.Links[index];
            StartFromParent(index, link);
            for (int joint = link.FirstJoint; joint < link.FirstJoint + link.JointCount; joint++)
            {
                switch (model.Joints[joint].Kind)
                {
                    case JointKind.Free:
                        FreeJoint(index, model.Joints[joint]);
                        break;
                    case JointKind.Ball:
                        BallJoint(index, link.Root, model.Joints[joint]);
                        break;
                    default:
                        HingeJoint(index, link.Root, model.Joints[joint]);
                        break;
                }
            }
        }
    }

    /// <summary>The link as its parent carries it, before its own joints.</summary>
    private void StartFromParent(int index, in Link link)
    {
        if (link.Parent < 0)
        {
            Vector3Wide<T>.Broadcast(link.Position).Store(LinkPosition(index));
            Place(index, QuaternionWide<T>.Broadcast(link.Rotation));
            Vector3Wide<T>.Zero.Store(LinkVelocity(index));
            Vector3Wide<T>.Zero.Store(LinkVelocity(index) + (3 * Rows.Width));
            Vector3Wide<T>.Zero.Store(LinkAcceleration(index));
            Vector3Wide<T> upward = -Vector3Wide<T>.Load(StateRow(layout.Gravity));
            if (link.Prop >= 0)
            {
                upward *= T.Load(StateRow(layout.PropPlaced + link.Prop));
            }

            upward.Store(LinkAcceleration(index) + (3 * Rows.Width));
            if (model.FreeTree[index] >= 0)
            {
                upward.Store(RootAcceleration(index));
            }

            return;
        }

        Matrix3Wide<T> parent = Matrix3Wide<T>.Load(LinkMatrix(link.Parent));
        (Vector3Wide<T>.Load(LinkPosition(link.Parent)) + parent.Times(link.Position)).Store(LinkPosition(index));
        if (link.Rotation == Quaternion.Identity)
        {
            QuaternionWide<T>.Load(LinkRotation(link.Parent)).Store(LinkRotation(index));
            parent.Store(LinkMatrix(index));
        }
        else
        {
            Place(index, QuaternionWide<T>.Load(LinkRotation(link.Parent)) * QuaternionWide<T>.Broadcast(link.Rotation));
        }

        CopyRows(LinkVelocity(link.Parent), LinkVelocity(index), 6);
        CopyRows(LinkAcceleration(link.Parent), LinkAcceleration(index), 6);
    }

    private void FreeJoint(int index, in WideJoint joint)
    {
        float* axes = ScratchRow(layout.Axes + (6 * joint.Velocity));
        float* q = StateRow(layout.Positions + joint.Position);
        Vector3Wide<T>.Load(q).Store(LinkPosition(index));
        Place(index, QuaternionWide<T>.Load(q + (3 * Rows.Width)));
        Matrix3Wide<T> matrix = Matrix3Wide<T>.Load(LinkMatrix(index));
        StoreTranslationAxes(axes);
        StoreRotationAxes(axes + (18 * Rows.Width), matrix, Vector3Wide<T>.Zero);
        Vector3Wide<T> linear = RatesNow(joint.Velocity);
        Vector3Wide<T> angular = matrix.Times(RatesNow(joint.Velocity + 3));
        angular.Store(LinkVelocity(index));
        linear.Store(LinkVelocity(index) + (3 * Rows.Width));

        // The rotation axes move with the body: their rate of change is v × (ω, 0).
        float* acceleration = LinkAcceleration(index) + (3 * Rows.Width);
        Vector3Wide<T>.CrossAdd(linear, angular, Vector3Wide<T>.Load(acceleration)).Store(acceleration);
    }

    private void BallJoint(int index, int root, in WideJoint joint)
    {
        Vector3Wide<T> anchor = Vector3Wide<T>.Load(LinkPosition(index)) + Matrix3Wide<T>.Load(LinkMatrix(index)).Times(joint.Anchor);
        Place(index, QuaternionWide<T>.Load(LinkRotation(index)) * QuaternionWide<T>.Load(StateRow(layout.Positions + joint.Position)));
        Matrix3Wide<T> after = Matrix3Wide<T>.Load(LinkMatrix(index));
        (anchor - after.Times(joint.Anchor)).Store(LinkPosition(index));
        Vector3Wide<T> arm = anchor - Vector3Wide<T>.Load(LinkPosition(root));
        StoreRotationAxes(ScratchRow(layout.Axes + (6 * joint.Velocity)), after, arm);
        Turn(index, arm, after.Times(RatesNow(joint.Velocity)));
    }

    private void HingeJoint(int index, int root, in WideJoint joint)
    {
        Matrix3Wide<T> before = Matrix3Wide<T>.Load(LinkMatrix(index));
        Vector3Wide<T> anchor = Vector3Wide<T>.Load(LinkPosition(index)) + before.Times(joint.Anchor);
        Vector3Wide<T> axis = before.Times(joint.Axis);
        T half = T.Broadcast(0.5f) * WideMath<T>.Wrap(T.Load(StateRow(layout.Positions + joint.Position)));
        T sine = half * WideMath<T>.SineRatio(half * half);
        Place(index, QuaternionWide<T>.Load(LinkRotation(index)) * new QuaternionWide<T>(
            WideMath<T>.CosineOfRoot(half * half), sine * T.Broadcast(joint.Axis.X), sine * T.Broadcast(joint.Axis.Y), sine * T.Broadcast(joint.Axis.Z)));
        (anchor - Matrix3Wide<T>.Load(LinkMatrix(index)).Times(joint.Anchor)).Store(LinkPosition(index));
        Vector3Wide<T> arm = anchor - Vector3Wide<T>.Load(LinkPosition(root));
        StoreAxis(ScratchRow(layout.Axes + (6 * joint.Velocity)), axis, arm);
        T rate = T.Load(StateRow(layout.Velocities + joint.Velocity)) + T.Load(StateRow(layout.HalfChanges + joint.Velocity));
        Turn(index, arm, axis * rate);
    }

    private Vector3Wide<T> RatesNow(int dof) =>
        Vector3Wide<T>.Load(StateRow(layout.Velocities + dof)) + Vector3Wide<T>.Load(StateRow(layout.HalfChanges + dof));

    /// <summary>Adds the motion of a rotating joint: v += s, a += v × s with s = (ω, arm × ω).</summary>
    private void Turn(int index, in Vector3Wide<T> arm, in Vector3Wide<T> jointAngular)
    {
        Vector3Wide<T> jointLinear = Vector3Wide<T>.Cross(arm, jointAngular);
        float* velocity = LinkVelocity(index);
        float* acceleration = LinkAcceleration(index);
        Vector3Wide<T> angular = Vector3Wide<T>.Load(velocity), linear = Vector3Wide<T>.Load(velocity + (3 * Rows.Width));
        Vector3Wide<T>.CrossAdd(angular, jointAngular, Vector3Wide<T>.Load(acceleration)).Store(acceleration);
        Vector3Wide<T> change = Vector3Wide<T>.CrossAdd(linear, jointAngular, Vector3Wide<T>.Load(acceleration + (3 * Rows.Width)));
        Vector3Wide<T>.CrossAdd(angular, jointLinear, change).Store(acceleration + (3 * Rows.Width));
        (angular + jointAngular).Store(velocity);
        (linear + jointLinear).Store(velocity + (3 * Rows.Width));
    }

    private void Place(int index, in QuaternionWide<T> rotation)
    {
        rotation.Store(LinkRotation(index));
        Matrix3Wide<T>.From(rotation).Store(LinkMatrix(index));
    }

    private static void CopyRows(float* source, float* destination, int count)
    {
        for (int row = 0; row < count; row++)
        {
            T.Store(destination + (row * Rows.Width), T.Load(source + (row * Rows.Width)));
        }
    }

    private static void StoreTranslationAxes(float* axes)
    {
        T zero = T.Broadcast(0), one = T.Broadcast(1);
        for (int axis = 0; axis < 3; axis++)
        {
            for (int row = 0; row < 6; row++)
            {
                T.Store(axes + (((6 * axis) + row) * Rows.Width), row == axis + 3 ? one : zero);
            }
        }
    }

    private static void StoreRotationAxes(float* axes, in Matrix3Wide<T> rotation, in Vector3Wide<T> arm)
    {
        StoreAxis(axes, rotation.Column0, arm);
        StoreAxis(axes + (6 * Rows.Width), rotation.Column1, arm);
        StoreAxis(axes + (12 * Rows.Width), rotation.Column2, arm);
    }

    private static void StoreAxis(float* axes, in Vector3Wide<T> axis, in Vector3Wide<T> arm)
    {
        axis.Store(axes);
        Vector3Wide<T>.Cross(arm, axis).Store(axes + (3 * Rows.Width));
    }

    private float* LinkPosition(int link) => ScratchRow(layout.LinkPosition + (3 * link));

    private float* LinkRotation(int link) => ScratchRow(layout.LinkRotation + (4 * link));

    private float* LinkMatrix(int link) => ScratchRow(layout.LinkMatrix + (9 * link));

    private float* LinkVelocity(int link) => ScratchRow(layout.LinkVelocity + (6 * link));

    private float* LinkAcceleration(int link) => ScratchRow(layout.LinkAcceleration + (6 * link));
}
