using System.Runtime.CompilerServices;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>Writes observations of a block of worlds, feature after feature; what they mean is said by <see cref="ObservationLayout"/>.</summary>
internal unsafe ref struct ObservationFeatures<T>(TrackingModel model, float* rows)
    where T : unmanaged, ILanes<T>
{
    private float* _next = rows;

    /// <summary>The world's own state.</summary>
    public void State(in PoseRows<T> pose, in HeadingWide<T> heading)
    {
        Put(pose.RootPosition.Z);
        Put(heading.See(pose.RootRotation));
        Put(heading.See(pose.RootLinearVelocity));
        Put(heading.See(pose.RootAngularVelocity));
        Joints(pose);
        foreach (ref readonly TrackedJoint joint in model.Joints.AsSpan())
        {
            for (int axis = 0; axis < (joint.IsBall ? 3 : 1); axis++)
            {
                Put(pose.Rate(joint, axis));
            }
        }

        KeyBodies(pose, heading);
    }

    /// <summary>A frame of the reference to come, as seen from the world's own root.</summary>
    public void Target(in PoseRows<T> target, in PoseRows<T> pose, in HeadingWide<T> heading)
    {
        Put(heading.See(target.RootPosition - pose.RootPosition));
        Put(heading.See(target.RootRotation));
        Joints(target);
        KeyBodies(target, heading);
    }

    private void Joints(in PoseRows<T> pose)
    {
        foreach (ref readonly TrackedJoint joint in model.Joints.AsSpan())
        {
            if (joint.IsBall)
            {
                Put(pose.Rotation(joint));
            }
            else
            {
                Put(pose.Angle(joint));
            }
        }
    }

    private void KeyBodies(in PoseRows<T> pose, in HeadingWide<T> heading)
    {
        Vector3Wide<T> root = pose.RootPosition;
        foreach (int body in model.KeyBodies)
        {
            Put(heading.See(pose.Body(body) - root));
        }
    }

    /// <summary>The turned x and z axes.</summary>
    private void Put(in QuaternionWide<T> q)
    {
        T one = T.Broadcast(1);
        T x2 = q.X + q.X, y2 = q.Y + q.Y, z2 = q.Z + q.Z;
        Put(T.Fnma(q.Z, z2, T.Fnma(q.Y, y2, one)));
        Put(T.Fma(q.X, y2, q.W * z2));
        Put(T.Fma(q.X, z2, -(q.W * y2)));
        Put(T.Fma(q.X, z2, q.W * y2));
        Put(T.Fma(q.Y, z2, -(q.W * x2)));
        Put(T.Fnma(q.Y, y2, T.Fnma(q.X, x2, one)));
    }

    private void Put(Vector3Wide<T> vector)
    {
        Put(vector.X);
        Put(vector.Y);
        Put(vector.Z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(T value)
    {
        T.Store(_next, value);
        _next += Rows.Width;
    }
}
