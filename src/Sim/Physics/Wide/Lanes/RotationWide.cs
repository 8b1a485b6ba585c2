using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>Unit quaternions w x y z, one per world.</summary>
/// <remarks>What is made of many operations is not inlined: the compiler's budget is better spent on the small ones.</remarks>
internal readonly unsafe struct QuaternionWide<T>(T w, T x, T y, T z)
    where T : unmanaged, ILanes<T>
{
    public readonly T W = w;
    public readonly T X = x;
    public readonly T Y = y;
    public readonly T Z = z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuaternionWide<T> Load(float* source) => new(
        T.Load(source), T.Load(source + Rows.Width), T.Load(source + (2 * Rows.Width)), T.Load(source + (3 * Rows.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        T.Store(destination, W);
        T.Store(destination + Rows.Width, X);
        T.Store(destination + (2 * Rows.Width), Y);
        T.Store(destination + (3 * Rows.Width), Z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QuaternionWide<T> Broadcast(System.Numerics.Quaternion q) =>
        new(T.Broadcast(q.W), T.Broadcast(q.X), T.Broadcast(q.Y), T.Broadcast(q.Z));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static QuaternionWide<T> operator *(in QuaternionWide<T> a, in QuaternionWide<T> b) => new(
        T.Fnma(a.Z, b.Z, T.Fnma(a.Y, b.Y, T.Fnma(a.X, b.X, a.W * b.W))),
        T.Fnma(a.Z, b.Y, T.Fma(a.Y, b.Z, T.Fma(a.X, b.W, a.W * b.X))),
        T.Fnma(a.X, b.Z, T.Fma(a.Z, b.X, T.Fma(a.Y, b.W, a.W * b.Y))),
        T.Fnma(a.Y, b.X, T.Fma(a.X, b.Y, T.Fma(a.Z, b.W, a.W * b.Z))));

    /// <summary>The inverse of a unit quaternion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public QuaternionWide<T> Conjugate() => new(W, -X, -Y, -Z);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public QuaternionWide<T> Normalised()
    {
        T scale = T.Broadcast(1) / T.Sqrt(T.Fma(W, W, T.Fma(X, X, T.Fma(Y, Y, Z * Z))));
        return new(W * scale, X * scale, Y * scale, Z * scale);
    }

    /// <summary>The rotation vector: axis times angle, in [0, π].</summary>
    /// <remarks>With t = tan(angle/4) = |xyz|/(1+w) ≤ 1, the vector is xyz · 4 (atan t / t) / (1+w): no singularity at rest.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Vector3Wide<T> Log()
    {
        T zero = T.Broadcast(0);
        T flip = T.Less(W, zero);
        T inverse = T.Broadcast(1) / (T.Broadcast(1) + T.Abs(W));
        T sine2 = T.Fma(X, X, T.Fma(Y, Y, Z * Z));
        T scale = T.Broadcast(4) * WideMath<T>.ArcTangentRatio(sine2 * inverse * inverse) * inverse;
        scale = T.Select(flip, -scale, scale);
        return new(X * scale, Y * scale, Z * scale);
    }

    /// <summary>The rotation by a vector axis·angle whose angle is at most 3.2 rad.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static QuaternionWide<T> Exp(in Vector3Wide<T> rotation)
    {
        T quarter = T.Broadcast(0.25f) * Vector3Wide<T>.Dot(rotation, rotation);
        T half = T.Broadcast(0.5f) * WideMath<T>.SineRatio(quarter);
        return new(WideMath<T>.CosineOfRoot(quarter), rotation.X * half, rotation.Y * half, rotation.Z * half);
    }
}

/// <summary>3×3 rotation matrices by rows, one per world.</summary>
internal readonly unsafe struct Matrix3Wide<T>(Vector3Wide<T> row0, Vector3Wide<T> row1, Vector3Wide<T> row2)
    where T : unmanaged, ILanes<T>
{
    public readonly Vector3Wide<T> Row0 = row0;
    public readonly Vector3Wide<T> Row1 = row1;
    public readonly Vector3Wide<T> Row2 = row2;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Matrix3Wide<T> From(in QuaternionWide<T> q)
    {
        T one = T.Broadcast(1);
        T x2 = q.X + q.X, y2 = q.Y + q.Y, z2 = q.Z + q.Z;
        T wx = q.W * x2, wy = q.W * y2, wz = q.W * z2;
        return new(
            new(T.Fnma(q.Z, z2, T.Fnma(q.Y, y2, one)), T.Fma(q.X, y2, -wz), T.Fma(q.X, z2, wy)),
            new(T.Fma(q.X, y2, wz), T.Fnma(q.Z, z2, T.Fnma(q.X, x2, one)), T.Fma(q.Y, z2, -wx)),
            new(T.Fma(q.X, z2, -wy), T.Fma(q.Y, z2, wx), T.Fnma(q.Y, y2, T.Fnma(q.X, x2, one))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Matrix3Wide<T> Load(float* source) => new(
        Vector3Wide<T>.Load(source), Vector3Wide<T>.Load(source + (3 * Rows.Width)), Vector3Wide<T>.Load(source + (6 * Rows.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        Row0.Store(destination);
        Row1.Store(destination + (3 * Rows.Width));
        Row2.Store(destination + (6 * Rows.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3Wide<T> Times(Vector3Wide<T> v) =>
        new(Vector3Wide<T>.Dot(Row0, v), Vector3Wide<T>.Dot(Row1, v), Vector3Wide<T>.Dot(Row2, v));

    /// <summary>This matrix times a vector that is the same in every world.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3Wide<T> Times(System.Numerics.Vector3 v) => Times(Vector3Wide<T>.Broadcast(v));

    public Vector3Wide<T> Column0 => new(Row0.X, Row1.X, Row2.X);

    public Vector3Wide<T> Column1 => new(Row0.Y, Row1.Y, Row2.Y);

    public Vector3Wide<T> Column2 => new(Row0.Z, Row1.Z, Row2.Z);
}

/// <summary>Polynomials fitted at Chebyshev nodes; errors below 7·10⁻⁸ in single precision.</summary>
internal static class WideMath<T>
    where T : unmanaged, ILanes<T>
{
    /// <summary>sin(√u)/√u for u in [0, 2.6].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SineRatio(T u)
    {
        T p = T.Fma(T.Broadcast(-2.38281671e-08f), u, T.Broadcast(2.75217883e-06f));
        p = T.Fma(p, u, T.Broadcast(-0.000198407925f));
        p = T.Fma(p, u, T.Broadcast(0.00833333043f));
        p = T.Fma(p, u, T.Broadcast(-0.166666666f));
        return T.Fma(p, u, T.Broadcast(1f));
    }

    /// <summary>cos(√u) for u in [0, 2.6].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CosineOfRoot(T u)
    {
        T p = T.Fma(T.Broadcast(1.98566027e-09f), u, T.Broadcast(-2.75211228e-07f));
        p = T.Fma(p, u, T.Broadcast(2.4800948e-05f));
        p = T.Fma(p, u, T.Broadcast(-0.00138888831f));
        p = T.Fma(p, u, T.Broadcast(0.0416666664f));
        p = T.Fma(p, u, T.Broadcast(-0.5f));
        return T.Fma(p, u, T.Broadcast(1f));
    }

    /// <summary>atan(√u)/√u for u in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ArcTangentRatio(T u)
    {
        T p = T.Fma(T.Broadcast(-0.00170116997f), u, T.Broadcast(0.0104876489f));
        p = T.Fma(p, u, T.Broadcast(-0.030351864f));
        p = T.Fma(p, u, T.Broadcast(0.0570895552f));
        p = T.Fma(p, u, T.Broadcast(-0.0834972492f));
        p = T.Fma(p, u, T.Broadcast(0.109323415f));
        p = T.Fma(p, u, T.Broadcast(-0.142600161f));
        p = T.Fma(p, u, T.Broadcast(0.199980753f));
        p = T.Fma(p, u, T.Broadcast(-0.333332763f));
        return T.Fma(p, u, T.Broadcast(0.999999997f));
    }

    /// <summary>The angle less the nearest multiple of a full turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Wrap(T angle) =>
        T.Fnma(T.Round(angle * T.Broadcast(1 / (2 * MathF.PI))), T.Broadcast(2 * MathF.PI), angle);
}
