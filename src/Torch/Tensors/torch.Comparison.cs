namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where the pair is equal.</summary>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <summary>Where the pair differs.</summary>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <summary>Where the left is smaller.</summary>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <summary>Where the left is not larger.</summary>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <summary>Where the left is larger.</summary>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <summary>Where the left is not smaller.</summary>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <summary>Whether every pair differs by at most atol + rtol |other|.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
}
