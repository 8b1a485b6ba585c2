using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Ba et al. 2016: the last dimensions brought to mean 0 and variance 1, then scaled and shifted.</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal LayerNorm(
            long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            this.normalized_shape = normalized_shape;
            this.eps = eps;
            this.elementwise_affine = elementwise_affine;
            if (elementwise_affine)
            {
                register_parameter(nameof(weight), torch.ones(normalized_shape, dtype, device).AsParameter());
            }

            if (elementwise_affine && bias)
            {
                register_parameter(nameof(bias), torch.zeros(normalized_shape, dtype, device).AsParameter());
            }
        }

        /// <summary>The last dimensions, which are normalised together.</summary>
        public long[] normalized_shape { get; }

        /// <summary>Added to the variance.</summary>
        public double eps { get; }

        /// <summary>Whether it scales and shifts.</summary>
        public bool elementwise_affine { get; }

        /// <summary>The scale, at first 1.</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ReplaceParameter(nameof(weight), value);
        }

        /// <summary>The shift, at first 0, or null.</summary>
        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ReplaceParameter(nameof(bias), value);
        }

        /// <summary>The same shape, normalised.</summary>
        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.layer_norm(input, normalized_shape, get_parameter(nameof(weight)), bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Brings the last dimensions to mean 0 and variance 1, then scales and shifts.</summary>
            public static LayerNorm LayerNorm(
                long[] normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>Brings the last dimension to mean 0 and variance 1, then scales and shifts.</summary>
            public static LayerNorm LayerNorm(
                long normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static partial class functional
            {
                /// <summary>The last dimensions brought to mean 0 and variance 1, then scaled and shifted.</summary>
                public static Tensor layer_norm(
                    Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                    Aten.LayerNorm.Call(input, normalized_shape, weight, bias, eps);

                /// <summary>Each vector along a dimension divided by its p-norm, or by eps where that is larger.</summary>
                public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
                {
                    using var scope = NewDisposeScope();
                    var length = Aten.LinalgVectorNorm.Call(input, p, new long[] { dim }, true).clamp_min(eps);
                    return scope.MoveToOuter(input.div(length));
                }
            }
        }
    }
}
