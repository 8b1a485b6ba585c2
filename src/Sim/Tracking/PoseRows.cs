using System.Runtime.CompilerServices;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>A pose of every world of a block: positions, velocities and places of bodies in rows.</summary>
internal readonly unsafe struct PoseRows<T>(TrackingModel model, float* rows, int velocityStart, int bodyStart)
    where T : unmanaged, ILanes<T>
{
    public Vector3Wide<T> RootPosition => Vector3Wide<T>.Load(Row(model.RootPosition));

    public QuaternionWide<T> RootRotation => QuaternionWide<T>.Load(Row(model.RootPosition + 3));

    /// <summary>In the world, m/s.</summary>
    public Vector3Wide<T> RootLinearVelocity => Vector3Wide<T>.Load(Row(velocityStart + model.RootVelocity));

    /// <summary>In the world, rad/s.</summary>
    public Vector3Wide<T> RootAngularVelocity => Matrix3Wide<T>.From(RootRotation).Times(Vector3Wide<T>.Load(Row(velocityStart + model.RootVelocity + 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Angle(in TrackedJoint hinge) => T.Load(Row(hinge.Position));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public QuaternionWide<T> Rotation(in TrackedJoint ball) => QuaternionWide<T>.Load(Row(ball.Position));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Rate(in TrackedJoint joint, int axis) => T.Load(Row(velocityStart + joint.Velocity + axis));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3Wide<T> Body(int body) => Vector3Wide<T>.Load(Row(bodyStart + (3 * body)));

    /// <summary>Carries the pose over the ground.</summary>
    /// <param name="moved">Cosine and sine of the turn, and of its half, then the shift.</param>
    public void Move(float* moved)
    {
        T cosine = T.Load(moved), sine = T.Load(moved + Rows.Width);
        T halfCosine = T.Load(moved + (2 * Rows.Width)), halfSine = T.Load(moved + (3 * Rows.Width));
        T x = T.Load(moved + (4 * Rows.Width)), y = T.Load(moved + (5 * Rows.Width));
        T zero = T.Broadcast(0);
        Turn(Row(model.RootPosition), cosine, sine, x, y);
        Turn(Row(velocityStart + model.RootVelocity), cosine, sine, zero, zero);
        (new QuaternionWide<T>(halfCosine, zero, zero, halfSine) * RootRotation).Store(Row(model.RootPosition + 3));
        for (int body = 0; body < model.BodyCount; body++)
        {
            Turn(Row(bodyStart + (3 * body)), cosine, sine, x, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(float* vector, T cosine, T sine, T shiftX, T shiftY)
    {
        T x = T.Load(vector), y = T.Load(vector + Rows.Width);
        T.Store(vector, T.Fma(cosine, x, T.Fnma(sine, y, shiftX)));
        T.Store(vector + Rows.Width, T.Fma(sine, x, T.Fma(cosine, y, shiftY)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Row(int index) => rows + (index * Rows.Width);
}

/// <summary>The heading of a root: the turn about the vertical that its rotation holds, as a frame to see things in.</summary>
internal readonly struct HeadingWide<T>
    where T : unmanaged, ILanes<T>
{
    private readonly T _cosine;
    private readonly T _sine;
    private readonly T _halfCosine;
    private readonly T _halfSine;

    public HeadingWide(in QuaternionWide<T> rotation)
    {
        // The twist about the vertical is (w, 0, 0, z) made unit; a body exactly upside down has none and faces as the world does.
        T length2 = T.Fma(rotation.W, rotation.W, rotation.Z * rotation.Z);
        T none = T.Less(length2, T.Broadcast(1e-12f));
        T inverse = T.Broadcast(1) / T.Sqrt(T.Max(length2, T.Broadcast(1e-12f)));
        _halfCosine = T.Select(none, T.Broadcast(1), rotation.W * inverse);
        _halfSine = T.Select(none, T.Broadcast(0), rotation.Z * inverse);
        _cosine = T.Fnma(_halfSine, _halfSine, _halfCosine * _halfCosine);
        _sine = (_halfCosine + _halfCosine) * _halfSine;
    }

    /// <summary>A vector of the world as the heading sees it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3Wide<T> See(Vector3Wide<T> world) => new(
        T.Fma(_cosine, world.X, _sine * world.Y), T.Fnma(_sine, world.X, _cosine * world.Y), world.Z);

    /// <summary>A rotation of the world as the heading sees it.</summary>
    public QuaternionWide<T> See(in QuaternionWide<T> world) =>
        new QuaternionWide<T>(_halfCosine, T.Broadcast(0), T.Broadcast(0), -_halfSine) * world;
}
