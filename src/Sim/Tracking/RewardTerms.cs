using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>
/// The errors that the reward is made of, each a pure function of a pose and its reference: 0 for a perfect match (Peng et al., "DeepMimic", 2018,
/// section 5.3; the sums are MimicKit's).
/// </summary>
internal static unsafe class RewardTerms<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>The errors in the order of <see cref="RewardOptions.Terms"/>, which holds their weights and scales.</summary>
    public static delegate*<TrackingModel, in PoseRows<T>, in PoseRows<T>, T>[] Table => [&Pose, &Velocity, &RootPose, &RootVelocity, &KeyBodies];

    /// <summary>Σ weight · angle² over the joints, rad².</summary>
    public static T Pose(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference)
    {
        T sum = T.Broadcast(0);
        foreach (ref readonly TrackedJoint joint in model.Joints.AsSpan())
        {
            T weight = T.Broadcast(joint.Weight);
            if (joint.IsBall)
            {
                sum = T.Fma(weight, Angle2(pose.Rotation(joint), reference.Rotation(joint)), sum);
            }
            else
            {
                T difference = pose.Angle(joint) - reference.Angle(joint);
                sum = T.Fma(weight * difference, difference, sum);
            }
        }

        return sum;
    }

    /// <summary>Σ weight · difference² over the joints' velocities, rad²/s².</summary>
    public static T Velocity(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference)
    {
        T sum = T.Broadcast(0);
        foreach (ref readonly TrackedJoint joint in model.Joints.AsSpan())
        {
            T weight = T.Broadcast(joint.Weight);
            for (int axis = 0; axis < (joint.IsBall ? 3 : 1); axis++)
            {
                T difference = pose.Rate(joint, axis) - reference.Rate(joint, axis);
                sum = T.Fma(weight * difference, difference, sum);
            }
        }

        return sum;
    }

    /// <summary>Distance² of the roots, m², and a tenth of the angle² between them, rad².</summary>
    public static T RootPose(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference) => T.Fma(
        T.Broadcast(0.1f), Angle2(pose.RootRotation, reference.RootRotation), Length2(pose.RootPosition - reference.RootPosition));

    /// <summary>Difference² of the roots' velocities, m²/s², and a tenth of that of their angular velocities, rad²/s².</summary>
    public static T RootVelocity(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference) => T.Fma(
        T.Broadcast(0.1f), Length2(pose.RootAngularVelocity - reference.RootAngularVelocity), Length2(pose.RootLinearVelocity - reference.RootLinearVelocity));

    /// <summary>Σ distance² of the key bodies as seen from the roots, m².</summary>
    public static T KeyBodies(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference)
    {
        T sum = T.Broadcast(0);
        Vector3Wide<T> roots = pose.RootPosition - reference.RootPosition;
        foreach (int body in model.KeyBodies)
        {
            sum += Length2(pose.Body(body) - reference.Body(body) - roots);
        }

        return sum;
    }

    /// <summary>Distance² of the body that is furthest from its reference, m².</summary>
    public static T Deviation2(TrackingModel model, in PoseRows<T> pose, in PoseRows<T> reference)
    {
        T furthest = T.Broadcast(0);
        for (int body = 0; body < model.BodyCount; body++)
        {
            furthest = T.Max(furthest, Length2(pose.Body(body) - reference.Body(body)));
        }

        return furthest;
    }

    private static T Length2(Vector3Wide<T> vector) => Vector3Wide<T>.Dot(vector, vector);

    private static T Angle2(in QuaternionWide<T> one, in QuaternionWide<T> other) => Length2((one.Conjugate() * other).Log());
}
