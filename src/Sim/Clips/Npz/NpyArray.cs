using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Motion.Sim.Clips.Npz;

/// <summary>What the elements of an array are.</summary>
public enum NpyKind
{
    /// <summary>IEEE numbers of 4 or 8 bytes (half precision is read as well).</summary>
    Float,

    /// <summary>Whole numbers with a sign, 1 to 8 bytes.</summary>
    Signed,

    /// <summary>Whole numbers without a sign and truth values, 1 to 8 bytes.</summary>
    Unsigned,

    /// <summary>Unicode text of a fixed length, 4 bytes a letter.</summary>
    Text,

    /// <summary>Single-byte text of a fixed length.</summary>
    Bytes,
}

/// <summary>An array as NumPy stores it: little-endian, the last index runs fastest. Immutable once made.</summary>
public sealed class NpyArray
{
    private readonly byte[] data;

    /// <summary>Takes over the bytes; they must fit the shape.</summary>
    internal NpyArray(NpyKind kind, int elementBytes, ImmutableArray<int> shape, byte[] data) =>
        (Kind, ElementBytes, Shape, this.data) = (kind, elementBytes, shape, data);

    /// <summary>What the elements are.</summary>
    public NpyKind Kind { get; }

    /// <summary>Bytes of one element; 0 for empty text.</summary>
    public int ElementBytes { get; }

    /// <summary>Length along each axis; empty for a single value.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>How many elements there are.</summary>
    public int Count => Shape.Aggregate(1, (product, length) => product * length);

    /// <summary>The elements' bytes.</summary>
    public ReadOnlySpan<byte> Data => data;

    /// <summary>An array of single-precision numbers; copies them.</summary>
    public static NpyArray Of(ReadOnlySpan<float> values, params ImmutableArray<int> shape) =>
        Of(NpyKind.Float, values, shape);

    /// <summary>An array of double-precision numbers; copies them.</summary>
    public static NpyArray Of(ReadOnlySpan<double> values, params ImmutableArray<int> shape) =>
        Of(NpyKind.Float, values, shape);

    /// <summary>An array of whole numbers; copies them.</summary>
    public static NpyArray Of(ReadOnlySpan<int> values, params ImmutableArray<int> shape) =>
        Of(NpyKind.Signed, values, shape);

    /// <summary>A list of texts, each as long as the longest.</summary>
    public static NpyArray Of(IReadOnlyList<string> texts) => Texts(texts, [texts.Count]);

    /// <summary>One text.</summary>
    public static NpyArray Of(string text) => Texts([text], []);

    /// <summary>One number.</summary>
    public static NpyArray Of(double value) => Of([value], []);

    /// <summary>The elements as doubles; whole numbers past 2^53 round.</summary>
    /// <exception cref="InvalidOperationException">They are texts.</exception>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Number(data.AsSpan(i * ElementBytes, ElementBytes));
        }

        return values;
    }

    /// <summary>The elements as texts.</summary>
    /// <exception cref="InvalidOperationException">They are numbers.</exception>
    public string[] ToTexts()
    {
        if (Kind is not (NpyKind.Text or NpyKind.Bytes))
        {
            throw new InvalidOperationException("the array holds numbers");
        }

        string[] texts = new string[Count];
        for (int i = 0; i < texts.Length; i++)
        {
            ReadOnlySpan<byte> element = data.AsSpan(i * ElementBytes, ElementBytes);
            string text = Kind == NpyKind.Bytes ? Encoding.UTF8.GetString(element) : Encoding.UTF32.GetString(element);
            texts[i] = text.TrimEnd('\0');
        }

        return texts;
    }

    /// <summary>How NumPy names the element type.</summary>
    internal string Descriptor => Kind switch
    {
        NpyKind.Float => $"<f{ElementBytes}",
        NpyKind.Signed => $"<i{ElementBytes}",
        NpyKind.Unsigned => $"<u{ElementBytes}",
        NpyKind.Text => $"<U{ElementBytes / 4}",
        _ => $"|S{ElementBytes}",
    };

    private static NpyArray Of<T>(NpyKind kind, ReadOnlySpan<T> values, ImmutableArray<int> shape)
        where T : unmanaged
    {
        NpyArray array = new(kind, Marshal.SizeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());
        return array.Count == values.Length ? array : throw new ArgumentException("the values do not fit the shape", nameof(shape));
    }

    private static NpyArray Texts(IReadOnlyList<string> texts, ImmutableArray<int> shape)
    {
        byte[][] letters = [.. texts.Select(Encoding.UTF32.GetBytes)];
        int longest = Math.Max(4, letters.Select(text => text.Length).DefaultIfEmpty().Max());
        byte[] data = new byte[texts.Count * longest];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i].CopyTo(data, i * longest);
        }

        return new NpyArray(NpyKind.Text, longest, shape, data);
    }

    private double Number(ReadOnlySpan<byte> element) => (Kind, ElementBytes) switch
    {
        (NpyKind.Float, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
        (NpyKind.Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(element),
        (NpyKind.Float, _) => BinaryPrimitives.ReadDoubleLittleEndian(element),
        (NpyKind.Signed, 1) => (sbyte)element[0],
        (NpyKind.Signed, 2) => BinaryPrimitives.ReadInt16LittleEndian(element),
        (NpyKind.Signed, 4) => BinaryPrimitives.ReadInt32LittleEndian(element),
        (NpyKind.Signed, _) => BinaryPrimitives.ReadInt64LittleEndian(element),
        (NpyKind.Unsigned, 1) => element[0],
        (NpyKind.Unsigned, 2) => BinaryPrimitives.ReadUInt16LittleEndian(element),
        (NpyKind.Unsigned, 4) => BinaryPrimitives.ReadUInt32LittleEndian(element),
        (NpyKind.Unsigned, _) => BinaryPrimitives.ReadUInt64LittleEndian(element),
        _ => throw new InvalidOperationException("the array holds texts"),
    };
}
