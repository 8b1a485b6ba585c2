using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>The p-norm of all elements, or along dimensions.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgVectorNorm.Call(input, ord, dims, keepdim);

        /// <summary>The Euclidean norm of all elements, or along a dimension.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => vector_norm(input, 2, dims, keepdim);

        /// <summary>The cross product of vectors of size 3 along a dimension.</summary>
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Aten.LinalgCross.Call(input, other, dim);
    }
}
