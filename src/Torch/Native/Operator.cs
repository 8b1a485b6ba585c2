using System.Runtime.CompilerServices;
using TorchSharp;

namespace Motion.Torch.Native;

/// <summary>
/// An aten operator, found by name and overload at its first call and kept. Trailing arguments that are left out take the
/// schema's defaults. Every call goes through libtorch's dispatcher, so automatic differentiation and devices work as in C++.
/// </summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackSlots = 128;
    private nint handle;

    internal string FullName => overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>Whether this libtorch has the operator.</summary>
    internal bool IsThere => handle != 0 || NativeMethods.FindOperator("aten::" + name, overload, out handle) == 0;

    /// <summary>Finds the operator now. A <see cref="TorchException"/> says that this libtorch does not have it.</summary>
    internal void Resolve() => Found();

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        Invoke(arguments, &result, 1);
        return new torch.Tensor(result.Pointer);
    }

    /// <summary>Calls an operator for its effect; what it returns is let go.</summary>
    internal void Apply(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        if (Invoke(arguments, &result, 1) == 1 && result.Tag == Tag.Tensor)
        {
            NativeMethods.Release(result.Pointer);
        }
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (torch.Tensor First, torch.Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[2];
        Invoke(arguments, results, 2);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    internal (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallTriple(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[3];
        Invoke(arguments, results, 3);
        return (new torch.Tensor(results[0].Pointer), new torch.Tensor(results[1].Pointer), new torch.Tensor(results[2].Pointer));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal torch.Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        Invoke(arguments, &result, 1);
        var tensors = new torch.Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new torch.Tensor(((nint*)result.Pointer)[i]);
        }

        NativeMethods.Free(result.Pointer);
        return tensors;
    }

    /// <summary>Calls an operator that returns a boolean or a number.</summary>
    internal NativeValue CallValue(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        Invoke(arguments, &result, 1);
        return result;
    }

    private int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        var slots = 0;
        foreach (ref readonly var argument in arguments)
        {
            slots += argument.Slots;
        }

        if (slots <= StackSlots)
        {
            var scratch = stackalloc long[slots];
            return Invoke(arguments, scratch, results, capacity);
        }

        fixed (long* scratch = GC.AllocateUninitializedArray<long>(slots))
        {
            return Invoke(arguments, scratch, results, capacity);
        }
    }

    private int Invoke(ReadOnlySpan<Argument> arguments, long* scratch, NativeValue* results, int capacity)
    {
        var values = stackalloc NativeValue[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Pack(ref scratch);
        }

        int count;
        NativeMethods.Check(NativeMethods.Call(Found(), values, arguments.Length, results, capacity, &count));
        // The native side borrowed the handles: their owners must not be finalised before it returned.
        foreach (ref readonly var argument in arguments)
        {
            GC.KeepAlive(argument.Reference);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Found() => handle != 0 ? handle : Find();

    private nint Find()
    {
        NativeMethods.Check(NativeMethods.FindOperator("aten::" + name, overload, out handle));
        return handle;
    }
}
