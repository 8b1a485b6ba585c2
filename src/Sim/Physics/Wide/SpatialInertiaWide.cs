using System.Runtime.CompilerServices;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>Inertia of a rigid body about an origin in world axes: mass, mass·centre, rotational inertia.</summary>
internal readonly unsafe struct SpatialInertiaWide<T>
    where T : unmanaged, ILanes<T>
{
    public T Mass => mass;

    private readonly T mass;
    private readonly Vector3Wide<T> moment;
    private readonly Vector3Wide<T> diagonal;

    /// <summary>xy, xz, yz.</summary>
    private readonly Vector3Wide<T> products;

    private SpatialInertiaWide(T mass, in Vector3Wide<T> moment, in Vector3Wide<T> diagonal, in Vector3Wide<T> products)
    {
        this.mass = mass;
        this.moment = moment;
        this.diagonal = diagonal;
        this.products = products;
    }

    /// <summary>From the inertia about the centre of mass in the body's axes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static SpatialInertiaWide<T> Of(T scale, float bodyMass, in Vector3Wide<T> center, in Matrix3Wide<T> rotation, in SymmetricMatrix inertia)
    {
        Vector3Wide<T> axes = new(scale * T.Broadcast(inertia.XX), scale * T.Broadcast(inertia.YY), scale * T.Broadcast(inertia.ZZ));
        Vector3Wide<T> crossed = new(scale * T.Broadcast(inertia.XY), scale * T.Broadcast(inertia.XZ), scale * T.Broadcast(inertia.YZ));
        Vector3Wide<T> t0 = Symmetric(axes, crossed, rotation.Row0);
        Vector3Wide<T> t1 = Symmetric(axes, crossed, rotation.Row1);
        Vector3Wide<T> t2 = Symmetric(axes, crossed, rotation.Row2);
        T mass = scale * T.Broadcast(bodyMass);
        Vector3Wide<T> moment = center * mass;
        T x2 = moment.X * center.X, y2 = moment.Y * center.Y, z2 = moment.Z * center.Z;
        return new(
            mass,
            moment,
            new(Vector3Wide<T>.Dot(rotation.Row0, t0) + y2 + z2, Vector3Wide<T>.Dot(rotation.Row1, t1) + x2 + z2, Vector3Wide<T>.Dot(rotation.Row2, t2) + x2 + y2),
            new(
                T.Fnma(moment.X, center.Y, Vector3Wide<T>.Dot(rotation.Row0, t1)),
                T.Fnma(moment.X, center.Z, Vector3Wide<T>.Dot(rotation.Row0, t2)),
                T.Fnma(moment.Y, center.Z, Vector3Wide<T>.Dot(rotation.Row1, t2))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SpatialInertiaWide<T> Load(float* source) => new(
        T.Load(source), Vector3Wide<T>.Load(source + Rows.Width), Vector3Wide<T>.Load(source + (4 * Rows.Width)), Vector3Wide<T>.Load(source + (7 * Rows.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        T.Store(destination, mass);
        moment.Store(destination + Rows.Width);
        diagonal.Store(destination + (4 * Rows.Width));
        products.Store(destination + (7 * Rows.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SpatialInertiaWide<T> Plus(in SpatialInertiaWide<T> other) =>
        new(mass + other.mass, moment + other.moment, diagonal + other.diagonal, products + other.products);

    /// <summary>Centre of mass.</summary>
    public Vector3Wide<T> Center() => moment * (T.Broadcast(1) / mass);

    /// <summary>Momentum of a velocity, or force of an acceleration, about the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Times(in Vector3Wide<T> angular, in Vector3Wide<T> linear, out Vector3Wide<T> resultAngular, out Vector3Wide<T> resultLinear)
    {
        resultAngular = Vector3Wide<T>.CrossAdd(moment, linear, Symmetric(diagonal, products, angular));
        resultLinear = Vector3Wide<T>.CrossAdd(angular, moment, linear * mass);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector3Wide<T> Symmetric(in Vector3Wide<T> diagonal, in Vector3Wide<T> products, in Vector3Wide<T> v) => new(
        T.Fma(diagonal.X, v.X, T.Fma(products.X, v.Y, products.Y * v.Z)),
        T.Fma(products.X, v.X, T.Fma(diagonal.Y, v.Y, products.Z * v.Z)),
        T.Fma(products.Y, v.X, T.Fma(products.Z, v.Y, diagonal.Z * v.Z)));
}
