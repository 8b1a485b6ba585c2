using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Elements picked along a dimension: the index has the result's shape.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.Gather.Call(this, dim, index);

        /// <summary>A copy with elements of the source put at the index along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.ScatterSrc.Call(this, dim, index, src);

        /// <summary>Elements of the source put at the index along a dimension. In place; returns itself.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Apply(Aten.ScatterInPlaceSrc, dim, index, src);

        /// <summary>A copy with elements of the source added at the index along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.ScatterAdd.Call(this, dim, index, src);

        /// <summary>Elements of the source added at the index along a dimension. In place; returns itself.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Apply(Aten.ScatterAddInPlace, dim, index, src);

        /// <summary>Whole places of a dimension, in the order of the index.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Call(this, dim, index);

        /// <summary>A copy with alpha times whole places of the source added at the index.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.IndexAdd.Call(this, dim, index, source, alpha);

        /// <summary>Adds alpha times whole places of the source at the index. In place; returns itself.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Apply(Aten.IndexAddInPlace, dim, index, source, alpha);

        /// <summary>Puts whole places of the source at the index. In place; returns itself.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Apply(Aten.IndexCopyInPlace, dim, index, source);

        /// <summary>A copy with a value where the mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFillScalar.Call(this, mask, value);

        /// <summary>A value where the mask holds. In place; returns itself.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Apply(Aten.MaskedFillInPlaceScalar, mask, value);

        /// <summary>The elements where the mask holds, as a vector.</summary>
        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Call(this, mask);

        /// <summary>Elements picked along a dimension by an index that broadcasts.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Aten.TakeAlongDim.Call(this, indices, dim);

        /// <summary>The places of the elements that are not 0, one row each.</summary>
        public Tensor nonzero() => Aten.Nonzero.Call(this);

        /// <summary>The k largest, or smallest, along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.Topk.CallPair(this, (long)k, (long)dim, largest, sorted);

        /// <summary>Sorted along a dimension, and where each element was.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.SortStable.CallPair(this, stable, dim, descending);

        /// <summary>The order that would sort a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Argsort.Call(this, dim, descending);

        /// <summary>How often each whole number from 0 occurs, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Bincount.Call(this, weights, minlength);

        /// <summary>Row numbers drawn with the given weights.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Multinomial.Call(this, num_samples, replacement, generator);

        /// <summary>1 with the probability that the element gives, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.Bernoulli.Call(this, generator);
    }
}
