using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Every element set to a value. Returns itself.</summary>
        public Tensor fill_(Scalar value) => Apply(Aten.FillInPlaceScalar, value);

        /// <summary>Every element set to 0. Returns itself.</summary>
        public Tensor zero_() => Apply(Aten.ZeroInPlace);

        /// <summary>The elements of another, converted and broadcast. Returns itself.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Apply(Aten.CopyInPlace, source, nonBlocking);

        /// <summary>Normal random numbers. Returns itself.</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Apply(Aten.NormalInPlace, mean, std, generator);

        /// <summary>Random numbers from one limit to before the other. Returns itself.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => Apply(Aten.UniformInPlace, from, to, generator);

        /// <summary>Exponential random numbers. Returns itself.</summary>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) => Apply(Aten.ExponentialInPlace, lambda, generator);

        /// <summary>1 with a probability, else 0. Returns itself.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Apply(Aten.BernoulliInPlaceFloat, p, generator);

        /// <summary>Zeros in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.ZerosLike.Call(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Ones in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.OnesLike.Call(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Elements that nobody set in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.EmptyLike.Call(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Random numbers from 0 to before 1 in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.RandLike.Call(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Normal random numbers in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.RandnLike.Call(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>A value in this shape, of this type and on this device unless asked otherwise.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.FullLike.Call(this, value, dtype, Argument.None, device).requires_grad_(requires_grad);
    }
}
