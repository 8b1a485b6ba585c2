namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add(left);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add(left);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add(left);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add(right);

        /// <summary>The sum of each pair of elements.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add(left);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul(left);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul(left);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul(left);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul(right);

        /// <summary>The product of each pair of elements.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul(left);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.neg().add(left);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(int left, Tensor right) => right.neg().add(left);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(long left, Tensor right) => right.neg().add(left);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(float left, Tensor right) => right.neg().add(left);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub(right);

        /// <summary>The difference of each pair of elements.</summary>
        public static Tensor operator -(double left, Tensor right) => right.neg().add(left);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(int left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(long left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(float left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div(right);

        /// <summary>The quotient of each pair of elements.</summary>
        public static Tensor operator /(double left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Each element with its sign turned.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, int right) => left.remainder(right);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, long right) => left.remainder(right);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, float right) => left.remainder(right);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, double right) => left.remainder(right);

        /// <summary>The bits that both have; of booleans, where both hold.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>The bits that one has; of booleans, where one holds.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The bits that exactly one has; of booleans, where exactly one holds.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        /// <summary>The bits turned; of booleans, the opposite.</summary>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();
    }
}
