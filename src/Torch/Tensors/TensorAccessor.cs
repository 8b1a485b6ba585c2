using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the processor, in the order of its dimensions. It owns nothing.</summary>
/// <typeparam name="T">The host's type of an element.</typeparam>
public sealed class TensorAccessor<T> : IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;

    internal TensorAccessor(torch.Tensor tensor) => this.tensor = tensor;

    /// <summary>How many elements there are.</summary>
    public long Count => tensor.NumberOfElements;

    /// <summary>One element: a place for each dimension, or one place counted through all of them.</summary>
    public unsafe T this[params long[] indices]
    {
        get
        {
            var element = *Element(indices);
            GC.KeepAlive(tensor);
            return element;
        }

        set
        {
            *Element(indices) = value;
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>Copies the elements from <paramref name="tensorIndex"/> on into an array, as many as fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies the elements from <paramref name="tensorIndex"/> on into a span, as many as fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using var ordered = tensor.is_contiguous() ? null : Ordered();
        var source = Memory(ordered ?? tensor)[checked((int)tensorIndex)..];
        var target = array[arrayIndex..];
        source[..Math.Min(source.Length, target.Length)].CopyTo(target);
        GC.KeepAlive(tensor);
    }

    /// <summary>Copies an array over the elements from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies a span over the elements from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!tensor.is_contiguous())
        {
            throw new InvalidOperationException($"{tensor} is not contiguous: its elements cannot be written in one piece");
        }

        array[arrayIndex..].CopyTo(Memory(tensor)[checked((int)tensorIndex)..]);
        GC.KeepAlive(tensor);
    }

    /// <summary>Goes through a copy of the elements.</summary>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static unsafe Span<T> Memory(torch.Tensor tensor) =>
        new((void*)tensor.DataPointer(), checked((int)tensor.NumberOfElements));

    private torch.Tensor Ordered()
    {
        using var unrecorded = torch.no_grad();
        return tensor.contiguous();
    }

    private unsafe T* Element(long[] indices)
    {
        var shape = tensor.shape;
        if (indices.Length == 1 && shape.Length != 1)
        {
            indices = Unravel(indices[0], shape);
        }

        if (indices.Length != shape.Length || !Inside(indices, shape))
        {
            throw new ArgumentOutOfRangeException(nameof(indices), $"[{string.Join(", ", indices)}] is not in {tensor}");
        }

        var strides = tensor.stride();
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            offset += indices[i] * strides[i];
        }

        return (T*)tensor.DataPointer() + offset;
    }

    private static long[] Unravel(long place, long[] shape)
    {
        var indices = new long[shape.Length];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            indices[i] = shape[i] == 0 ? 0 : place % shape[i];
            place = shape[i] == 0 ? place : place / shape[i];
        }

        // What is left over makes the first place too large, or a tensor without dimensions too small, for the check that follows.
        return place == 0 ? indices : [place];
    }

    private static bool Inside(long[] indices, long[] shape)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            if ((ulong)indices[i] >= (ulong)shape[i])
            {
                return false;
            }
        }

        return true;
    }
}
