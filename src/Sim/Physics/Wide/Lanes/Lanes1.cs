using System.Runtime.CompilerServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>One world in a plain float: the fallback where no vector registers are.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float value = value;

    public static int Count => 1;

    public static Lanes1 Broadcast(float value) => new(value);

    public static Lanes1 Load(float* source) => new(*source);

    public static void Store(float* destination, Lanes1 value) => *destination = value.value;

    public static Lanes1 operator +(Lanes1 left, Lanes1 right) => new(left.value + right.value);

    public static Lanes1 operator -(Lanes1 left, Lanes1 right) => new(left.value - right.value);

    public static Lanes1 operator -(Lanes1 value) => new(-value.value);

    public static Lanes1 operator *(Lanes1 left, Lanes1 right) => new(left.value * right.value);

    public static Lanes1 operator /(Lanes1 left, Lanes1 right) => new(left.value / right.value);

    public static Lanes1 Fma(Lanes1 left, Lanes1 right, Lanes1 addend) =>
        new(MathF.FusedMultiplyAdd(left.value, right.value, addend.value));

    public static Lanes1 Fnma(Lanes1 left, Lanes1 right, Lanes1 addend) =>
        new(MathF.FusedMultiplyAdd(-left.value, right.value, addend.value));

    public static Lanes1 Sqrt(Lanes1 value) => new(MathF.Sqrt(value.value));

    public static Lanes1 Abs(Lanes1 value) => new(MathF.Abs(value.value));

    public static Lanes1 Min(Lanes1 left, Lanes1 right) => left.value < right.value ? left : right;

    public static Lanes1 Max(Lanes1 left, Lanes1 right) => left.value > right.value ? left : right;

    public static Lanes1 Round(Lanes1 value) => new(MathF.Round(value.value, MidpointRounding.ToEven));

    public static Lanes1 Less(Lanes1 left, Lanes1 right) => Mask(left.value < right.value);

    public static Lanes1 LessOrEqual(Lanes1 left, Lanes1 right) => Mask(left.value <= right.value);

    public static Lanes1 And(Lanes1 left, Lanes1 right) => Bits(BitsOf(left) & BitsOf(right));

    public static Lanes1 Or(Lanes1 left, Lanes1 right) => Bits(BitsOf(left) | BitsOf(right));

    public static Lanes1 AndNot(Lanes1 left, Lanes1 mask) => Bits(BitsOf(left) & ~BitsOf(mask));

    public static Lanes1 Select(Lanes1 mask, Lanes1 whenTrue, Lanes1 whenFalse) => BitsOf(mask) != 0 ? whenTrue : whenFalse;

    public static bool Any(Lanes1 mask) => BitsOf(mask) != 0;

    private static int BitsOf(Lanes1 value) => BitConverter.SingleToInt32Bits(value.value);

    private static Lanes1 Bits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes1 Mask(bool condition) => Bits(condition ? -1 : 0);
}
