namespace TorchSharp;

public static partial class torch
{
    /// <summary>The absolute value of each element.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Each element with its sign turned.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>e to the power of each element.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>e to the power of each element, less 1, exact near 0.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>The natural logarithm of each element.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>The natural logarithm of 1 plus each element, exact near 0.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>The logarithm to base 2 of each element.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>The logarithm to base 10 of each element.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>The square root of each element.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>1 over the square root of each element.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>1 over each element.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>-1, 0 or 1: the sign of each element.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>The largest whole number not above each element.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>The smallest whole number not below each element.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Each element without its fraction.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>The fraction of each element.</summary>
    public static Tensor frac(Tensor input) => input.frac();

    /// <summary>The sine of each element, in radians.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>The cosine of each element, in radians.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>The tangent of each element, in radians.</summary>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>The arc sine of each element, in radians.</summary>
    public static Tensor asin(Tensor input) => input.asin();

    /// <summary>The arc cosine of each element, in radians.</summary>
    public static Tensor acos(Tensor input) => input.acos();

    /// <summary>The arc tangent of each element, in radians.</summary>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>The hyperbolic sine of each element.</summary>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <summary>The hyperbolic cosine of each element.</summary>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <summary>The hyperbolic tangent of each element.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>1 / (1 + e^-x) of each element.</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>The error function of each element.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>Where an element is not a number.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Where an element is infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Where an element is neither infinite nor not a number.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Where an element is 0.</summary>
    public static Tensor logical_not(Tensor input) => input.logical_not();

    /// <summary>The square of each element.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>Each element rounded to so many decimals; halves go to the even neighbour. Its gradient is 0.</summary>
    public static Tensor round(Tensor input, long decimals = 0L) => input.round(decimals);

    /// <summary>e^x over the sum of e^x along a dimension.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
}
