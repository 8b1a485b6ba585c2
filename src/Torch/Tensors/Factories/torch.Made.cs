using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The whole numbers, or steps, from start to before stop.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.ArangeStartStep.Call(start, stop, step, dtype ?? StepType(start, stop, step), Argument.None, InitializeDevice(device))
            .Requiring(requires_grad);

    /// <summary>The whole numbers from start to before stop.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The whole numbers from 0 to before stop.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>So many numbers, evenly from start to end, both included.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.Linspace.Call(start, end, steps, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)).Requiring(requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere; square unless columns are given.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.EyeM.Call(rows, columns < 0 ? rows : columns, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device))
            .Requiring(requires_grad);

    /// <summary>Random whole numbers from low to before high, evenly.</summary>
    public static Tensor randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null) =>
        (generator is null
            ? Aten.RandintLow.Call(low, high, size, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device))
            : Aten.RandintLowGenerator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device)))
        .Requiring(requires_grad);

    /// <summary>Random whole numbers from 0 to before high, evenly.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>The whole numbers from 0 to before n in random order.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        (generator is null
            ? Aten.Randperm.Call(n, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device))
            : Aten.RandpermGenerator.Call(n, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device)))
        .Requiring(requires_grad);

    /// <summary>A tensor over the array's own memory, which stays pinned as long as the tensor lives: writing to one writes to both.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var shape = Enumerable.Range(0, rawArray.Rank).Select(rawArray.GetLongLength).ToArray();
        var tensor = OverMemory(rawArray, 0, shape, TypeOf(rawArray.GetType().GetElementType()!));
        return device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
    }

    /// <summary>
    /// A vector over part of an array's own memory, which stays pinned as long as the tensor lives: writing to one writes to both,
    /// unless another type is asked for. Count -1 is all that follows the offset, in elements.
    /// </summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var room = rawArray.LongLength - offset;
        if (offset < 0 || room < 0 || count > room)
        {
            throw new ArgumentException($"{count} elements from {offset} on do not lie in an array of {rawArray.LongLength}");
        }

        var held = TypeOf(rawArray.GetType().GetElementType()!);
        var tensor = OverMemory(rawArray, offset, [count < 0 ? room : count], held);
        return (held == dtype ? tensor : tensor.to_type(dtype, disposeAfter: true)).Requiring(requires_grad);
    }

    private static Tensor Made(Operator factory, long[] size, ScalarType? dtype, Device? device, bool requires_grad) =>
        factory.Call(size, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)).Requiring(requires_grad);

    private static Tensor Made(Operator factory, long[] size, Argument extra, ScalarType? dtype, Device? device, bool requires_grad) =>
        factory.Call(size, extra, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)).Requiring(requires_grad);

    private static ScalarType StepType(params ReadOnlySpan<Scalar> numbers)
    {
        foreach (var number in numbers)
        {
            if (is_floating_point(number.Type))
            {
                return get_default_dtype();
            }
        }

        return ScalarType.Int64;
    }

    private static unsafe Tensor FromHost<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType held, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var target = InitializeDevice(device);
        var elements = 1L;
        foreach (var size in dimensions)
        {
            elements *= size;
        }

        if (elements != data.Length)
        {
            throw new ArgumentException(
                $"{data.Length} numbers do not fill the shape [{string.Join(", ", dimensions.ToArray())}] of {elements}", nameof(dimensions));
        }

        // A pointer to nothing is not a pointer: an empty tensor needs a valid address too.
        T none = default;
        nint made;
        fixed (T* first = data)
        fixed (long* sizes = dimensions)
        {
            NativeMethods.Check(NativeMethods.FromHost(
                first == null ? &none : first, sizes, dimensions.Length, (int)held, target.Packed, out made));
        }

        var tensor = new Tensor(made);
        return (dtype is ScalarType wanted && wanted != held ? tensor.to_type(wanted, disposeAfter: true) : tensor).Requiring(requires_grad);
    }

    private static unsafe Tensor OverMemory(Array array, long offset, long[] shape, ScalarType type)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            nint made;
            fixed (long* sizes = shape)
            {
                var start = (byte*)pin.AddrOfPinnedObject() + (offset * type.ElementSize());
                NativeMethods.Check(NativeMethods.FromBlob(start, sizes, shape.Length, (int)type, &Unpin, GCHandle.ToIntPtr(pin), out made));
            }

            return new Tensor(made);
        }
        catch (Motion.Torch.TorchException)
        {
            pin.Free();
            throw;
        }
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static ReadOnlySpan<T> Flat<T>(T[,] table)
        where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference((Array)table)), table.Length);

    private static long[] Lengths(Array table) => [.. Enumerable.Range(0, table.Rank).Select(table.GetLongLength)];

    private static ScalarType TypeOf(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ => throw new ArgumentException($"arrays of {element.Name} cannot become tensors"),
    };
}
