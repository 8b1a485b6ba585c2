using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Aten.Abs.Call(this);

        /// <summary>The absolute value of each element. In place; returns itself.</summary>
        public Tensor abs_() => Apply(Aten.AbsInPlace);

        /// <summary>Each element with its sign turned.</summary>
        public Tensor neg() => Aten.Neg.Call(this);

        /// <summary>Each element with its sign turned. In place; returns itself.</summary>
        public Tensor neg_() => Apply(Aten.NegInPlace);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Aten.Exp.Call(this);

        /// <summary>e to the power of each element. In place; returns itself.</summary>
        public Tensor exp_() => Apply(Aten.ExpInPlace);

        /// <summary>e to the power of each element, less 1, exact near 0.</summary>
        public Tensor expm1() => Aten.Expm1.Call(this);

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Aten.Log.Call(this);

        /// <summary>The natural logarithm of each element. In place; returns itself.</summary>
        public Tensor log_() => Apply(Aten.LogInPlace);

        /// <summary>The natural logarithm of 1 plus each element, exact near 0.</summary>
        public Tensor log1p() => Aten.Log1p.Call(this);

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => Aten.Log2.Call(this);

        /// <summary>The logarithm to base 10 of each element.</summary>
        public Tensor log10() => Aten.Log10.Call(this);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Aten.Sqrt.Call(this);

        /// <summary>The square root of each element. In place; returns itself.</summary>
        public Tensor sqrt_() => Apply(Aten.SqrtInPlace);

        /// <summary>1 over the square root of each element.</summary>
        public Tensor rsqrt() => Aten.Rsqrt.Call(this);

        /// <summary>1 over each element.</summary>
        public Tensor reciprocal() => Aten.Reciprocal.Call(this);

        /// <summary>-1, 0 or 1: the sign of each element.</summary>
        public Tensor sign() => Aten.Sign.Call(this);

        /// <summary>The largest whole number not above each element.</summary>
        public Tensor floor() => Aten.Floor.Call(this);

        /// <summary>The largest whole number not above each element. In place; returns itself.</summary>
        public Tensor floor_() => Apply(Aten.FloorInPlace);

        /// <summary>The smallest whole number not below each element.</summary>
        public Tensor ceil() => Aten.Ceil.Call(this);

        /// <summary>The smallest whole number not below each element. In place; returns itself.</summary>
        public Tensor ceil_() => Apply(Aten.CeilInPlace);

        /// <summary>Each element without its fraction.</summary>
        public Tensor trunc() => Aten.Trunc.Call(this);

        /// <summary>The fraction of each element.</summary>
        public Tensor frac() => Aten.Frac.Call(this);

        /// <summary>The sine of each element, in radians.</summary>
        public Tensor sin() => Aten.Sin.Call(this);

        /// <summary>The cosine of each element, in radians.</summary>
        public Tensor cos() => Aten.Cos.Call(this);

        /// <summary>The tangent of each element, in radians.</summary>
        public Tensor tan() => Aten.Tan.Call(this);

        /// <summary>The arc sine of each element, in radians.</summary>
        public Tensor asin() => Aten.Asin.Call(this);

        /// <summary>The arc cosine of each element, in radians.</summary>
        public Tensor acos() => Aten.Acos.Call(this);

        /// <summary>The arc tangent of each element, in radians.</summary>
        public Tensor atan() => Aten.Atan.Call(this);

        /// <summary>The hyperbolic sine of each element.</summary>
        public Tensor sinh() => Aten.Sinh.Call(this);

        /// <summary>The hyperbolic cosine of each element.</summary>
        public Tensor cosh() => Aten.Cosh.Call(this);

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Aten.Tanh.Call(this);

        /// <summary>The hyperbolic tangent of each element. In place; returns itself.</summary>
        public Tensor tanh_() => Apply(Aten.TanhInPlace);

        /// <summary>1 / (1 + e^-x) of each element.</summary>
        public Tensor sigmoid() => Aten.Sigmoid.Call(this);

        /// <summary>1 / (1 + e^-x) of each element. In place; returns itself.</summary>
        public Tensor sigmoid_() => Apply(Aten.SigmoidInPlace);

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Aten.Erf.Call(this);

        /// <summary>The larger of each element and 0.</summary>
        public Tensor relu() => Aten.Relu.Call(this);

        /// <summary>The larger of each element and 0. In place; returns itself.</summary>
        public Tensor relu_() => Apply(Aten.ReluInPlace);

        /// <summary>x / (1 + e^-x) of each element.</summary>
        public Tensor silu() => Aten.Silu.Call(this);

        /// <summary>Where an element is not a number.</summary>
        public Tensor isnan() => Aten.Isnan.Call(this);

        /// <summary>Where an element is infinite.</summary>
        public Tensor isinf() => Aten.Isinf.Call(this);

        /// <summary>Where an element is neither infinite nor not a number.</summary>
        public Tensor isfinite() => Aten.Isfinite.Call(this);

        /// <summary>Where an element is 0.</summary>
        public Tensor logical_not() => Aten.LogicalNot.Call(this);

        /// <summary>The square of each element.</summary>
        public Tensor square() => pow(2);

        /// <summary>Each element rounded to so many decimals; halves go to the even neighbour. Its gradient is 0.</summary>
        public Tensor round(long decimals = 0L) => decimals == 0 ? Aten.Round.Call(this) : Aten.RoundDecimals.Call(this, decimals);

        /// <summary>Replaces what is not a number, and infinities, by numbers; without them the largest and smallest of the type.</summary>
        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.NanToNum.Call(this, nan, posinf, neginf);

        /// <summary>x for positive elements, alpha (e^x - 1) for the others.</summary>
        public Tensor elu(double alpha = 1) => Aten.Elu.Call(this, alpha);

        /// <summary>x times the normal distribution up to x.</summary>
        public Tensor gelu() => Aten.Gelu.Call(this);

        /// <summary>x for positive elements, a small slope for the others.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Aten.LeakyRelu.Call(this, negative_slope);

        /// <summary>log(1 + e^(beta x)) / beta, the straight line above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.Softplus.Call(this, beta, threshold);

        /// <summary>The logarithm of 1 / (1 + e^-x), exact for large x of either sign.</summary>
        public Tensor log_sigmoid() => Aten.LogSigmoid.Call(this);

        /// <summary>e^x over the sum of e^x along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.SoftmaxInt.Call(this, dim, dtype);

        /// <summary>The logarithm of the softmax along a dimension, exact for large differences.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.LogSoftmaxInt.Call(this, dim, dtype);
    }
}
