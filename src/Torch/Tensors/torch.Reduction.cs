namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sum of all elements.</summary>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>The sum along a dimension.</summary>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    /// <summary>The sum along dimensions.</summary>
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim.ToArray(), keepdim, type);

    /// <summary>The mean of all elements.</summary>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>The mean along dimensions.</summary>
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    /// <summary>The standard deviation of all elements; unbiased divides by one less than their number.</summary>
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    /// <summary>The variance of all elements; unbiased divides by one less than their number.</summary>
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    /// <summary>The largest element.</summary>
    public static Tensor max(Tensor input) => input.max();

    /// <summary>The largest element along a dimension, and where it is.</summary>
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    /// <summary>The largest element along dimensions.</summary>
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);

    /// <summary>The place of the largest element, counted through all of them.</summary>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>The place of the largest element along a dimension.</summary>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <summary>The smallest element.</summary>
    public static Tensor min(Tensor input) => input.min();

    /// <summary>The smallest element along a dimension, and where it is.</summary>
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    /// <summary>The smallest element along dimensions.</summary>
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);

    /// <summary>The place of the smallest element, counted through all of them.</summary>
    public static Tensor argmin(Tensor input) => input.argmin();

    /// <summary>The place of the smallest element along a dimension.</summary>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    /// <summary>Whether all elements are not 0.</summary>
    public static Tensor all(Tensor input) => input.all();

    /// <summary>Whether all elements are not 0, along a dimension.</summary>
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    /// <summary>Whether one element is not 0.</summary>
    public static Tensor any(Tensor input) => input.any();

    /// <summary>Whether one element is not 0, along a dimension.</summary>
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);

    /// <summary>The product of all elements.</summary>
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    /// <summary>The Euclidean norm of all elements.</summary>
    public static Tensor norm(Tensor input) => input.norm();

    /// <summary>The logarithm of the sum of e^x along a dimension, exact for large elements.</summary>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <summary>The sum of the elements up to each, along a dimension.</summary>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    /// <summary>The product of the elements up to each, along a dimension.</summary>
    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);
}
