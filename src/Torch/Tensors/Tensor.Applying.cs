using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a division rounds.</summary>
    public enum RoundingMode
    {
        /// <summary>It does not.</summary>
        None,

        /// <summary>Towards 0.</summary>
        trunc,

        /// <summary>Downwards.</summary>
        floor,
    }

    public partial class Tensor
    {
        internal Tensor Requiring(bool gradient)
        {
            if (gradient)
            {
                requires_grad = true;
            }

            return this;
        }

        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        private static Tensor As(Tensor tensor, ScalarType? type) => type is ScalarType wanted ? tensor.to_type(wanted) : tensor;

        private Tensor Apply(Operator inPlace)
        {
            inPlace.Apply(this);
            return this;
        }

        private Tensor Apply(Operator inPlace, Argument first)
        {
            inPlace.Apply(this, first);
            return this;
        }

        private Tensor Apply(Operator inPlace, Argument first, Argument second)
        {
            inPlace.Apply(this, first, second);
            return this;
        }

        private Tensor Apply(Operator inPlace, Argument first, Argument second, Argument third)
        {
            inPlace.Apply(this, first, second, third);
            return this;
        }

        private Tensor Apply(Operator inPlace, Argument first, Argument second, Argument third, Argument fourth)
        {
            inPlace.Apply(this, first, second, third, fourth);
            return this;
        }
    }
}
