using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same memory in another shape; -1 stands for what is left.</summary>
        public Tensor view(params long[] shape) => Aten.View.Call(this, shape);

        /// <summary>The same memory in the shape of another.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>The same elements in another shape, copied where they must be; -1 stands for what is left.</summary>
        public Tensor reshape(params long[] shape) => Aten.Reshape.Call(this, shape);

        /// <summary>Dimensions from start to end made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.FlattenUsingInts.Call(this, start_dim, end_dim);

        /// <summary>One dimension made several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Aten.UnflattenInt.Call(this, dim, sizes);

        /// <summary>Two dimensions swapped.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.TransposeInt.Call(this, dim0, dim1);

        /// <summary>A matrix with rows and columns swapped.</summary>
        public Tensor t() => Aten.T.Call(this);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Aten.Permute.Call(this, permutation);

        /// <summary>Without the dimensions of size 1, or without one of them.</summary>
        public Tensor squeeze(long? dim = null) => dim is long known ? Aten.SqueezeDim.Call(this, known) : Aten.Squeeze.Call(this);

        /// <summary>With a dimension of size 1 more.</summary>
        public Tensor unsqueeze(long dim) => Aten.Unsqueeze.Call(this, dim);

        /// <summary>Dimensions of size 1 repeated without a copy; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => Aten.Expand.Call(this, sizes);

        /// <summary>Dimensions of size 1 repeated without a copy, to the shape of another.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Repeated without a copy to a shape.</summary>
        public Tensor broadcast_to(params long[] shape) => Aten.BroadcastTo.Call(this, shape);

        /// <summary>Copied so many times along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.Repeat.Call(this, sizes);

        /// <summary>Each element along a dimension copied so many times.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null) => Aten.RepeatInterleaveSelfInt.Call(this, repeats, dim);

        /// <summary>One place of a dimension, which goes away.</summary>
        public Tensor select(long dim, long index) => Aten.SelectInt.Call(this, dim, index);

        /// <summary>Part of a dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Call(this, dim, start, length);

        /// <summary>Part of a dimension, from start to before finish, in steps.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.SliceTensor.Call(this, dim, start, finish, step);

        /// <summary>Turned round along dimensions.</summary>
        public Tensor flip(params long[] dims) => Aten.Flip.Call(this, dims);

        /// <summary>Shifted along dimensions; what leaves comes in at the other end.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Aten.Roll.Call(this, shifts, dims);

        /// <summary>The lower triangle of each matrix, 0 above.</summary>
        public Tensor tril(long diagonal = 0) => Aten.Tril.Call(this, diagonal);

        /// <summary>The upper triangle of each matrix, 0 below.</summary>
        public Tensor triu(long diagonal = 0) => Aten.Triu.Call(this, diagonal);

        /// <summary>A vector as a diagonal matrix, or the diagonal of a matrix.</summary>
        public Tensor diag(long diagonal = 0) => Aten.Diag.Call(this, diagonal);

        /// <summary>Sliding windows along a dimension, as a last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.Unfold.Call(this, dimension, size, step);

        /// <summary>Itself when its memory is in order, a copy in order otherwise.</summary>
        public Tensor contiguous() => Aten.Contiguous.Call(this);

        /// <summary>A copy of its own memory; gradients flow through.</summary>
        public Tensor clone() => Aten.Clone.Call(this);

        /// <summary>A new reference to the same tensor.</summary>
        public Tensor alias() => Aten.Alias.Call(this);

        /// <summary>Cut into pieces of a size along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.SplitTensor.CallList(this, size, (long)dim);

        /// <summary>Cut into pieces of given sizes along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.SplitWithSizes.CallList(this, sizes, dim);

        /// <summary>Cut into so many pieces along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => Aten.Chunk.CallList(this, chunks, dim);

        /// <summary>Cut into all its places along a dimension, which goes away.</summary>
        public Tensor[] unbind(long dimension = 0L) => Aten.UnbindInt.CallList(this, dimension);
    }
}
