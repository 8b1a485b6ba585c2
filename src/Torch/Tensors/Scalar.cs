using Motion.Torch.Native;

namespace TorchSharp;

/// <summary>A number handed to an operator: whole, real or boolean. Made by implicit conversion; holds nothing to dispose.</summary>
public sealed class Scalar
{
    internal readonly Tag Tag;
    internal readonly long Bits;

    private Scalar(Tag tag, long bits)
    {
        Tag = tag;
        Bits = bits;
    }

    /// <summary>The element type of a tensor made from it.</summary>
    public torch.ScalarType Type => Tag switch
    {
        Tag.Real => torch.ScalarType.Float64,
        Tag.Boolean => torch.ScalarType.Bool,
        _ => torch.ScalarType.Int64,
    };

    internal double AsDouble => Tag == Tag.Real ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal torch.Tensor ToTensor() => Tag switch
    {
        Tag.Real => torch.tensor(AsDouble),
        Tag.Boolean => torch.tensor(Bits != 0),
        _ => torch.tensor(Bits),
    };

    internal long AsInt64 => Tag == Tag.Real ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(byte value) => new(Tag.Integer, value);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(int value) => new(Tag.Integer, value);

    /// <summary>A whole number.</summary>
    public static implicit operator Scalar(long value) => new(Tag.Integer, value);

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(float value) => new(Tag.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A real number.</summary>
    public static implicit operator Scalar(double value) => new(Tag.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A boolean.</summary>
    public static implicit operator Scalar(bool value) => new(Tag.Boolean, value ? 1 : 0);
}

/// <summary>Conversions of scalars.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number in single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    /// <summary>The number in double precision.</summary>
    public static double ToDouble(this Scalar value) => value.AsDouble;

    /// <summary>The number, cut to 32 bits.</summary>
    public static int ToInt32(this Scalar value) => (int)value.AsInt64;

    /// <summary>The number, cut to a whole one.</summary>
    public static long ToInt64(this Scalar value) => value.AsInt64;

    /// <summary>Whether the number is not 0.</summary>
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
