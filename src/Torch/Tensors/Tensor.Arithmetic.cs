using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of each pair of elements.</summary>
        public Tensor add(Tensor target) => Aten.AddTensor.Call(this, target);

        /// <summary>The sum of each pair of elements.</summary>
        public Tensor add(Scalar scalar) => Aten.AddScalar.Call(this, scalar);

        /// <summary>The sum of each pair of elements. In place; returns itself.</summary>
        public Tensor add_(Tensor target) => Apply(Aten.AddInPlaceTensor, target);

        /// <summary>The sum of each pair of elements. In place; returns itself.</summary>
        public Tensor add_(Scalar scalar) => Apply(Aten.AddInPlaceScalar, scalar);

        /// <summary>This plus alpha times the other.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.AddTensor.Call(this, target, alpha);

        /// <summary>This plus alpha times the other. In place; returns itself.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Apply(Aten.AddInPlaceTensor, target, alpha);

        /// <summary>The difference of each pair of elements.</summary>
        public Tensor sub(Tensor target) => Aten.SubTensor.Call(this, target);

        /// <summary>The difference of each pair of elements.</summary>
        public Tensor sub(Scalar target) => Aten.SubScalar.Call(this, target);

        /// <summary>The difference of each pair of elements. In place; returns itself.</summary>
        public Tensor sub_(Tensor target) => Apply(Aten.SubInPlaceTensor, target);

        /// <summary>The difference of each pair of elements. In place; returns itself.</summary>
        public Tensor sub_(Scalar target) => Apply(Aten.SubInPlaceScalar, target);

        /// <summary>The product of each pair of elements.</summary>
        public Tensor mul(Tensor target) => Aten.MulTensor.Call(this, target);

        /// <summary>The product of each pair of elements.</summary>
        public Tensor mul(Scalar target) => Aten.MulScalar.Call(this, target);

        /// <summary>The product of each pair of elements. In place; returns itself.</summary>
        public Tensor mul_(Tensor target) => Apply(Aten.MulInPlaceTensor, target);

        /// <summary>The product of each pair of elements. In place; returns itself.</summary>
        public Tensor mul_(Scalar target) => Apply(Aten.MulInPlaceScalar, target);

        /// <summary>The quotient of each pair of elements, rounded as asked.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.DivTensorMode.Call(this, target, Rounding(rounding_mode));

        /// <summary>The quotient of each pair of elements, rounded as asked.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.DivScalarMode.Call(this, target, Rounding(rounding_mode));

        /// <summary>The quotient of each pair of elements, rounded as asked. In place; returns itself.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Apply(Aten.DivInPlaceTensorMode, target, Rounding(rounding_mode));

        /// <summary>The quotient of each pair of elements, rounded as asked. In place; returns itself.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Apply(Aten.DivInPlaceScalarMode, target, Rounding(rounding_mode));

        /// <summary>Each element to the power of the other.</summary>
        public Tensor pow(Tensor exponent) => Aten.PowTensorTensor.Call(this, exponent);

        /// <summary>Each element to the power of the other.</summary>
        public Tensor pow(Scalar exponent) => Aten.PowTensorScalar.Call(this, exponent);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Aten.RemainderTensor.Call(this, target);

        /// <summary>What division leaves, with the sign of the divisor.</summary>
        public Tensor remainder(Scalar scalar) => Aten.RemainderScalar.Call(this, scalar);

        /// <summary>The quotient of each pair of elements, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Aten.FloorDivideScalar.Call(this, other);

        /// <summary>The quotient of each pair of elements, rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Aten.FloorDivide.Call(this, other);

        /// <summary>The angle of each point (other, this), in radians.</summary>
        public Tensor atan2(Tensor other) => Aten.Atan2.Call(this, other);

        /// <summary>The larger of each pair of elements.</summary>
        public Tensor maximum(Tensor other) => Aten.Maximum.Call(this, other);

        /// <summary>The smaller of each pair of elements.</summary>
        public Tensor minimum(Tensor other) => Aten.Minimum.Call(this, other);

        /// <summary>Where both are not 0.</summary>
        public Tensor logical_and(Tensor other) => Aten.LogicalAnd.Call(this, other);

        /// <summary>Where one is not 0.</summary>
        public Tensor logical_or(Tensor other) => Aten.LogicalOr.Call(this, other);

        /// <summary>Where exactly one is not 0.</summary>
        public Tensor logical_xor(Tensor other) => Aten.LogicalXor.Call(this, other);

        /// <summary>The bits that both have.</summary>
        public Tensor bitwise_and(Tensor other) => Aten.BitwiseAndTensor.Call(this, other);

        /// <summary>The bits that one has.</summary>
        public Tensor bitwise_or(Tensor other) => Aten.BitwiseOrTensor.Call(this, other);

        /// <summary>The bits that exactly one has.</summary>
        public Tensor bitwise_xor(Tensor other) => Aten.BitwiseXorTensor.Call(this, other);

        /// <summary>The bits turned; of booleans, the opposite.</summary>
        public Tensor bitwise_not() => Aten.BitwiseNot.Call(this);

        /// <summary>This plus value times tensor1 times tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcmul.Call(this, tensor1, tensor2, value);

        /// <summary>This plus value times tensor1 times tensor2. In place; returns itself.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Apply(Aten.AddcmulInPlace, tensor1, tensor2, value);

        /// <summary>This plus value times tensor1 over tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>This plus value times tensor1 over tensor2. In place; returns itself.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Apply(Aten.AddcdivInPlace, tensor1, tensor2, value);

        /// <summary>This, moved by the weight towards the end.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.LerpTensor.Call(this, end, weight);

        /// <summary>This, moved by the weight towards the end. In place; returns itself.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Apply(Aten.LerpInPlaceTensor, end, weight);

        /// <summary>Elements no smaller than min and no larger than max; null is no limit.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Call(this, min, max);

        /// <summary>Elements no smaller than min and no larger than max; null is no limit.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Call(this, min, max);

        /// <summary>Elements no smaller than min and no larger than max; null is no limit. In place; returns itself.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Apply(Aten.ClampInPlace, min, max);

        /// <summary>Elements no smaller than min.</summary>
        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Call(this, min);

        /// <summary>Elements no larger than max.</summary>
        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Call(this, max);

        /// <summary>This where the condition holds, y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.WhereSelf.Call(condition, this, y);
    }
}
