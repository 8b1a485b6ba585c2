using System.Runtime.InteropServices;

namespace Motion.Torch.Native;

/// <summary>What an argument or result holds; the numbers are motion_torch.h's.</summary>
internal enum Tag
{
    None = 0,
    Tensor = 1,
    Integer = 2,
    Real = 3,
    Boolean = 4,
    Integers = 5,
    Tensors = 6,
    OptionalTensors = 7,
    Reals = 8,
    String = 9,
    Device = 10,
    Generator = 11,
}

/// <summary>motion_value of motion_torch.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal Tag Tag;

    [FieldOffset(4)]
    internal int Count;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Real;

    [FieldOffset(8)]
    internal nint Pointer;
}
