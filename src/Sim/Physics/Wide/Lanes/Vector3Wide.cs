using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>Three-dimensional vectors, one per world.</summary>
internal readonly unsafe struct Vector3Wide<T>(T x, T y, T z)
    where T : unmanaged, ILanes<T>
{
    public readonly T X = x;
    public readonly T Y = y;
    public readonly T Z = z;

    public static Vector3Wide<T> Zero => new(T.Broadcast(0), T.Broadcast(0), T.Broadcast(0));

    /// <summary>Loads three consecutive rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Load(float* source) =>
        new(T.Load(source), T.Load(source + Rows.Width), T.Load(source + (2 * Rows.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination)
    {
        T.Store(destination, X);
        T.Store(destination + Rows.Width, Y);
        T.Store(destination + (2 * Rows.Width), Z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator +(Vector3Wide<T> a, Vector3Wide<T> b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator -(Vector3Wide<T> a, Vector3Wide<T> b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator -(Vector3Wide<T> a) => new(-a.X, -a.Y, -a.Z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator *(Vector3Wide<T> a, T scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    /// <summary>a · scale + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Fma(Vector3Wide<T> a, T scale, Vector3Wide<T> b) =>
        new(T.Fma(a.X, scale, b.X), T.Fma(a.Y, scale, b.Y), T.Fma(a.Z, scale, b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot(Vector3Wide<T> a, Vector3Wide<T> b) => T.Fma(a.X, b.X, T.Fma(a.Y, b.Y, a.Z * b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Cross(Vector3Wide<T> a, Vector3Wide<T> b) => new(
        T.Fnma(a.Z, b.Y, a.Y * b.Z), T.Fnma(a.X, b.Z, a.Z * b.X), T.Fnma(a.Y, b.X, a.X * b.Y));

    /// <summary>a × b + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> CrossAdd(Vector3Wide<T> a, Vector3Wide<T> b, Vector3Wide<T> c) => new(
        T.Fnma(a.Z, b.Y, T.Fma(a.Y, b.Z, c.X)), T.Fnma(a.X, b.Z, T.Fma(a.Z, b.X, c.Y)), T.Fnma(a.Y, b.X, T.Fma(a.X, b.Y, c.Z)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Select(T mask, Vector3Wide<T> a, Vector3Wide<T> b) =>
        new(T.Select(mask, a.X, b.X), T.Select(mask, a.Y, b.Y), T.Select(mask, a.Z, b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Broadcast(System.Numerics.Vector3 v) => new(T.Broadcast(v.X), T.Broadcast(v.Y), T.Broadcast(v.Z));
}

/// <summary>How rows of worlds lie in memory.</summary>
internal static class Rows
{
    /// <summary>Floats per row: a group's worlds. Narrower registers walk a row in several steps.</summary>
    public const int Width = 16;
}
