using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>Symmetric positive 3 × 3 matrices, one per world.</summary>
internal struct Symmetric3Wide<T>
    where T : unmanaged, ILanes<T>
{
    public T XX;
    public T YX;
    public T YY;
    public T ZX;
    public T ZY;
    public T ZZ;

    /// <summary>The matrix with a vector added to its diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Symmetric3Wide<T> PlusDiagonal(in Vector3Wide<T> diagonal)
    {
        Symmetric3Wide<T> result = this;
        result.XX += diagonal.X;
        result.YY += diagonal.Y;
        result.ZZ += diagonal.Z;
        return result;
    }

    /// <summary>The matrix with weight·v·vᵀ added.</summary>
    public readonly Symmetric3Wide<T> PlusOuter(in Vector3Wide<T> v, T weight)
    {
        Vector3Wide<T> weighted = v * weight;
        Symmetric3Wide<T> result;
        result.XX = T.Fma(weighted.X, v.X, XX);
        result.YX = T.Fma(weighted.Y, v.X, YX);
        result.YY = T.Fma(weighted.Y, v.Y, YY);
        result.ZX = T.Fma(weighted.Z, v.X, ZX);
        result.ZY = T.Fma(weighted.Z, v.Y, ZY);
        result.ZZ = T.Fma(weighted.Z, v.Z, ZZ);
        return result;
    }

    /// <summary>The vector x with A·x = v, by elimination from the last axis to the first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly Vector3Wide<T> Solve(in Vector3Wide<T> v)
    {
        T one = T.Broadcast(1);
        T inverseZ = one / ZZ;
        T zx = ZX * inverseZ, zy = ZY * inverseZ;
        T yy = T.Fnma(zy, ZY, YY), yx = T.Fnma(zy, ZX, YX), xx = T.Fnma(zx, ZX, XX);
        T y = T.Fnma(zy, v.Z, v.Y), x = T.Fnma(zx, v.Z, v.X);
        T ratio = yx / yy;
        T first = T.Fnma(ratio, y, x) / T.Fnma(ratio, yx, xx);
        T second = T.Fnma(yx, first, y) / yy;
        return new(first, second, T.Fnma(zy, second, T.Fnma(zx, first, v.Z * inverseZ)));
    }
}
