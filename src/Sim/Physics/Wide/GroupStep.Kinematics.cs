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
            Vector3Wide<T> position;
            QuaternionWide<T> rotation;
            Vector3Wide<T> angular, linear, angularAcceleration, linearAcceleration;
            if (link.Parent >= 0)
            {
                Matrix3Wide<T> parent = Matrix3Wide<T>.Load(LinkMatrix(link.Parent));
                position = Vector3Wide<T>.Load(LinkPosition(link.Parent)) + parent.Times(link.Position);
                rotation = QuaternionWide<T>.Load(LinkRotation(link.Parent));
                if (link.Rotation != Quaternion.Identity)
                {
                    rotation *= QuaternionWide<T>.Broadcast(link.Rotation);
                }

                angular = Vector3Wide<T>.Load(LinkVelocity(link.Parent));
                linear = Vector3Wide<T>.Load(LinkVelocity(link.Parent) + (3 * Rows.Width));
                angularAcceleration = Vector3Wide<T>.Load(LinkAcceleration(link.Parent));
                linearAcceleration = Vector3Wide<T>.Load(LinkAcceleration(link.Parent) + (3 * Rows.Width));
            }
            else
            {
                position = Vector3Wide<T>.Broadcast(link.Position);
                rotation = QuaternionWide<T>.Broadcast(link.Rotation);
                angular = linear = angularAcceleration = Vector3Wide<T>.Zero;
                linearAcceleration = -Vector3Wide<T>.Load(StateRow(layout.Gravity));
                if (link.Prop >= 0)
                {
                    linearAcceleration *= T.Load(StateRow(layout.PropPlaced + link.Prop));
                }
            }

            for (int j = link.FirstJoint; j < link.FirstJoint + link.JointCount; j++)
            {
                ref readonly WideJoint joint = ref model.Joints[j];
                float* axes = ScratchRow(layout.Axes + (6 * joint.Velocity));
                float* q = StateRow(layout.Positions + joint.Position);
                float* v = StateRow(layout.Velocities + joint.Velocity);
                Vector3Wide<T> jointAngular, jointLinear;
                if (joint.Kind == JointKind.Free)
                {
                    position = Vector3Wide<T>.Load(q);
                    rotation = QuaternionWide<T>.Load(q + (3 * Rows.Width));
                    StoreTranslationAxes(axes);
                    StoreRotationAxes(axes + (18 * Rows.Width), Matrix3Wide<T>.From(rotation), Vector3Wide<T>.Zero);
                    linear = Vector3Wide<T>.Load(v);
                    jointAngular = Matrix3Wide<T>.From(rotation).Times(Vector3Wide<T>.Load(v + (3 * Rows.Width)));
                    jointLinear = Vector3Wide<T>.Zero;
                }
                else
                {
                    Matrix3Wide<T> before = Matrix3Wide<T>.From(rotation);
                    Vector3Wide<T> anchor = position + before.Times(joint.Anchor);
                    Vector3Wide<T> arm = anchor - (link.Root == index ? position : Vector3Wide<T>.Load(LinkPosition(link.Root)));
                    if (joint.Kind == JointKind.Ball)
                    {
                        rotation *= QuaternionWide<T>.Load(q);
                        Matrix3Wide<T> after = Matrix3Wide<T>.From(rotation);
                        StoreRotationAxes(axes, after, arm);
                        jointAngular = after.Times(Vector3Wide<T>.Load(v));
                        position = anchor - after.Times(joint.Anchor);
                    }
                    else
                    {
                        Vector3Wide<T> axis = before.Times(joint.Axis);
                        axis.Store(axes);
                        Vector3Wide<T>.Cross(arm, axis).Store(axes + (3 * Rows.Width));
                        jointAngular = axis * T.Load(v);
                        T half = T.Broadcast(0.5f) * WideMath<T>.Wrap(T.Load(q));
                        T sine = half * WideMath<T>.SineRatio(half * half);
                        rotation *= new QuaternionWide<T>(
                            WideMath<T>.CosineOfRoot(half * half), sine * T.Broadcast(joint.Axis.X), sine * T.Broadcast(joint.Axis.Y), sine * T.Broadcast(joint.Axis.Z));
                        if (joint.Anchor != Vector3.Zero)
                        {
                            position = anchor - Matrix3Wide<T>.From(rotation).Times(joint.Anchor);
                        }
                    }

                    jointLinear = Vector3Wide<T>.Cross(arm, jointAngular);
                }

                linearAcceleration = Vector3Wide<T>.CrossAdd(angular, jointLinear, Vector3Wide<T>.CrossAdd(linear, jointAngular, linearAcceleration));
                angularAcceleration = Vector3Wide<T>.CrossAdd(angular, jointAngular, angularAcceleration);
                angular += jointAngular;
                linear += jointLinear;
            }

            position.Store(LinkPosition(index));
            rotation.Store(LinkRotation(index));
            Matrix3Wide<T>.From(rotation).Store(LinkMatrix(index));
            angular.Store(LinkVelocity(index));
            linear.Store(LinkVelocity(index) + (3 * Rows.Width));
            angularAcceleration.Store(LinkAcceleration(index));
            linearAcceleration.Store(LinkAcceleration(index) + (3 * Rows.Width));
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
