namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        FromHost<float>([scalar], [], ScalarType.Float32, null, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>(rawArray, [rawArray.Length], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>(rawArray, dimensions, ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>(rawArray.Span, dimensions, ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>([.. rawArray], [rawArray.Count], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>([.. rawArray], [rows, columns], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<float>([.. rawArray], [dim0, dim1, dim2], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A copy of a table of numbers.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost(Flat(rawArray), Lengths(rawArray), ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>([scalar], [], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>(rawArray, [rawArray.Length], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>(rawArray, dimensions, ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>(rawArray.Span, dimensions, ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>([.. rawArray], [rawArray.Count], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>([.. rawArray], [rows, columns], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<double>([.. rawArray], [dim0, dim1, dim2], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A copy of a table of numbers.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost(Flat(rawArray), Lengths(rawArray), ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>([scalar], [], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>(dataArray, [dataArray.Length], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>(dataArray, dimensions, ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(Memory<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>(rawArray.Span, dimensions, ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>([.. rawArray], [rawArray.Count], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>([.. rawArray], [rows, columns], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<long>([.. rawArray], [dim0, dim1, dim2], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A copy of a table of numbers.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost(Flat(rawArray), Lengths(rawArray), ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromHost<int>([scalar], [], ScalarType.Int32, null, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>(rawArray, [rawArray.Length], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>(rawArray, dimensions, ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>(rawArray.Span, dimensions, ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>([.. rawArray], [rawArray.Count], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>([.. rawArray], [rows, columns], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<int>([.. rawArray], [dim0, dim1, dim2], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<bool>([scalar], [], ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<bool>(rawArray, [rawArray.Length], ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<bool>(rawArray, dimensions, ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        FromHost<byte>([scalar], [], ScalarType.Byte, null, device, requires_grad);

    /// <summary>A copy of numbers as a vector.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<byte>(rawArray, [rawArray.Length], ScalarType.Byte, dtype, device, requires_grad);

    /// <summary>A copy of numbers in a shape.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromHost<byte>(rawArray, dimensions, ScalarType.Byte, dtype, device, requires_grad);
}
