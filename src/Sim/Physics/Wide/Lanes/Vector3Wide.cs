using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>Three-dimensional vectors, one per world.</summary>
internal unsafe struct Vector3Wide<T>
    where T : unmanaged, ILanes<T>
{
    public T X;
    public T Y;
    public T Z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector3Wide(T x, T y, T z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    public static Vector3Wide<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    /// <summary>Loads three consecutive rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Load(float* source)
    {
        Vector3Wide<T> result;
        result.X = T.Load(source);
        result.Y = T.Load(source + Rows.Width);
        result.Z = T.Load(source + (2 * Rows.Width));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination)
    {
        T.Store(destination, X);
        T.Store(destination + Rows.Width, Y);
        T.Store(destination + (2 * Rows.Width), Z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator +(Vector3Wide<T> a, Vector3Wide<T> b)
    {
        Vector3Wide<T> result;
        result.X = a.X + b.X;
        result.Y = a.Y + b.Y;
        result.Z = a.Z + b.Z;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator -(Vector3Wide<T> a, Vector3Wide<T> b)
    {
        Vector3Wide<T> result;
        result.X = a.X - b.X;
        result.Y = a.Y - b.Y;
        result.Z = a.Z - b.Z;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator -(Vector3Wide<T> a)
    {
        Vector3Wide<T> result;
        result.X = -a.X;
        result.Y = -a.Y;
        result.Z = -a.Z;
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> operator *(Vector3Wide<T> a, T scale)
    {
        Vector3Wide<T> result;
        result.X = a.X * scale;
        result.Y = a.Y * scale;
        result.Z = a.Z * scale;
        return result;
    }

    /// <summary>a · scale + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Fma(Vector3Wide<T> a, T scale, Vector3Wide<T> b)
    {
        Vector3Wide<T> result;
        result.X = T.Fma(a.X, scale, b.X);
        result.Y = T.Fma(a.Y, scale, b.Y);
        result.Z = T.Fma(a.Z, scale, b.Z);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Dot(Vector3Wide<T> a, Vector3Wide<T> b) => T.Fma(a.X, b.X, T.Fma(a.Y, b.Y, a.Z * b.Z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Cross(Vector3Wide<T> a, Vector3Wide<T> b)
    {
        Vector3Wide<T> result;
        result.X = T.Fnma(a.Z, b.Y, a.Y * b.Z);
        result.Y = T.Fnma(a.X, b.Z, a.Z * b.X);
        result.Z = T.Fnma(a.Y, b.X, a.X * b.Y);
        return result;
    }

    /// <summary>a × b + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> CrossAdd(Vector3Wide<T> a, Vector3Wide<T> b, Vector3Wide<T> c)
    {
        Vector3Wide<T> result;
        result.X = T.Fnma(a.Z, b.Y, T.Fma(a.Y, b.Z, c.X));
        result.Y = T.Fnma(a.X, b.Z, T.Fma(a.Z, b.X, c.Y));
        result.Z = T.Fnma(a.Y, b.X, T.Fma(a.X, b.Y, c.Z));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Select(T mask, Vector3Wide<T> a, Vector3Wide<T> b)
    {
        Vector3Wide<T> result;
        result.X = T.Select(mask, a.X, b.X);
        result.Y = T.Select(mask, a.Y, b.Y);
        result.Z = T.Select(mask, a.Z, b.Z);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3Wide<T> Broadcast(System.Numerics.Vector3 v)
    {
        Vector3Wide<T> result;
        result.X = T.Broadcast(v.X);
        result.Y = T.Broadcast(v.Y);
        result.Z = T.Broadcast(v.Z);
        return result;
    }
}

/// <summary>How rows of worlds lie in memory.</summary>
internal static class Rows
{
    /// <summary>Floats per row: a group's worlds. Narrower registers walk a row in several steps.</summary>
    public const int Width = 16;
}
