using System.Runtime.CompilerServices;
using TorchSharp;

namespace Motion.Torch.Native;

/// <summary>
/// One argument of an operator. Built by implicit conversion into a span on the stack, so that a call allocates nothing but its result.
/// </summary>
internal readonly struct Argument
{
    internal readonly Tag Tag;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Argument(Tag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    internal static Argument None => default;

    /// <summary>How many eight-byte slots its list takes.</summary>
    internal int Slots => Tag switch
    {
        Tag.Integers => Unsafe.As<long[]>(Reference!).Length,
        Tag.Tensors or Tag.OptionalTensors => ((IReadOnlyCollection<torch.Tensor?>)Reference!).Count,
        Tag.String => (System.Text.Encoding.UTF8.GetByteCount(Unsafe.As<string>(Reference!)) + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(torch.Tensor? tensor) => tensor is null ? default : new(Tag.Tensor, 0, tensor);

    public static implicit operator Argument(long value) => new(Tag.Integer, value);

    public static implicit operator Argument(long? value) => value is long known ? new(Tag.Integer, known) : default;

    public static implicit operator Argument(double value) => new(Tag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is double known ? known : default(Argument);

    public static implicit operator Argument(bool value) => new(Tag.Boolean, value ? 1 : 0);

    public static implicit operator Argument(Scalar? value) => value is null ? default : new(value.Tag, value.Bits);

    public static implicit operator Argument(long[]? values) => values is null ? default : new(Tag.Integers, 0, values);

    public static implicit operator Argument(torch.Tensor[] tensors) => new(Tag.Tensors, 0, tensors);

    public static implicit operator Argument(string? text) => text is null ? default : new(Tag.String, 0, text);

    public static implicit operator Argument(torch.ScalarType value) => new(Tag.Integer, (long)value);

    public static implicit operator Argument(torch.ScalarType? value) => value is torch.ScalarType known ? known : default(Argument);

    public static implicit operator Argument(torch.Device? device) => device is null ? default : new(Tag.Device, device.Packed);

    public static implicit operator Argument(torch.Generator? generator) =>
        generator is null ? default : new(Tag.Generator, 0, generator);

    internal static Argument List(IReadOnlyList<torch.Tensor> tensors) => new(Tag.Tensors, 0, tensors);

    internal static Argument Optional(torch.Tensor?[] tensors) => new(Tag.OptionalTensors, 0, tensors);

    /// <summary>Writes the native form; lists are laid out in <paramref name="scratch"/>, which advances past them.</summary>
    internal unsafe NativeValue Pack(ref long* scratch)
    {
        NativeValue value = default;
        value.Tag = Tag;
        switch (Tag)
        {
            case Tag.Tensor:
                value.Pointer = Unsafe.As<torch.Tensor>(Reference!).Handle;
                break;
            case Tag.Generator:
                value.Pointer = Unsafe.As<torch.Generator>(Reference!).Handle;
                break;
            case Tag.Integers:
                var integers = Unsafe.As<long[]>(Reference!);
                integers.CopyTo(new Span<long>(scratch, integers.Length));
                Place(ref value, ref scratch, integers.Length, integers.Length);
                break;
            case Tag.Tensors or Tag.OptionalTensors:
                var tensors = (IReadOnlyList<torch.Tensor?>)Reference!;
                var count = tensors.Count;
                for (var i = 0; i < count; i++)
                {
                    scratch[i] = tensors[i]?.Handle ?? 0;
                }

                Place(ref value, ref scratch, count, count);
                break;
            case Tag.String:
                var slots = Slots;
                Place(ref value, ref scratch, System.Text.Encoding.UTF8.GetBytes(
                    Unsafe.As<string>(Reference!), new Span<byte>(scratch, slots * 8)), slots);
                break;
            default:
                value.Integer = Bits;
                break;
        }

        return value;
    }

    private static unsafe void Place(ref NativeValue value, ref long* scratch, int count, int slots)
    {
        value.Count = count;
        value.Pointer = (nint)scratch;
        scratch += slots;
    }
}
