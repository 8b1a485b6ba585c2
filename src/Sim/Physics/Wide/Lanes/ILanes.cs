namespace Motion.Sim.Physics.Wide;

/// <summary>
/// A row of floats, one per world, that move together through one instruction. Every operation is element by element and
/// rounds as IEEE 754 says, so a world's result does not depend on how many lanes a row has.
/// </summary>
/// <remarks>
/// Masks are rows whose elements are all ones or all zeros. <see cref="Fma"/> is always fused: nothing else may be, so that
/// the widths agree to the last bit.
/// </remarks>
internal unsafe interface ILanes<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    static abstract int Count { get; }

    static abstract TLanes Broadcast(float value);

    static abstract TLanes Load(float* source);

    static abstract void Store(float* destination, TLanes value);

    static abstract TLanes operator +(TLanes left, TLanes right);

    static abstract TLanes operator -(TLanes left, TLanes right);

    static abstract TLanes operator -(TLanes value);

    static abstract TLanes operator *(TLanes left, TLanes right);

    static abstract TLanes operator /(TLanes left, TLanes right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TLanes Fma(TLanes left, TLanes right, TLanes addend);

    /// <summary>addend − left · right, rounded once.</summary>
    static abstract TLanes Fnma(TLanes left, TLanes right, TLanes addend);

    static abstract TLanes Sqrt(TLanes value);

    static abstract TLanes Abs(TLanes value);

    /// <summary>The smaller; the second where either is not a number.</summary>
    static abstract TLanes Min(TLanes left, TLanes right);

    /// <summary>The larger; the second where either is not a number.</summary>
    static abstract TLanes Max(TLanes left, TLanes right);

    static abstract TLanes Round(TLanes value);

    static abstract TLanes Less(TLanes left, TLanes right);

    static abstract TLanes LessOrEqual(TLanes left, TLanes right);

    static abstract TLanes And(TLanes left, TLanes right);

    static abstract TLanes Or(TLanes left, TLanes right);

    /// <summary>left with the bits of mask cleared.</summary>
    static abstract TLanes AndNot(TLanes left, TLanes mask);

    static abstract TLanes Select(TLanes mask, TLanes whenTrue, TLanes whenFalse);

    static abstract bool Any(TLanes mask);
}
