namespace TorchSharp;

public static partial class torch
{
    /// <summary>What is taken along one dimension: a place, a range, the places that a tensor names, or a new dimension.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            NewDimension,
            Single,
            Slice,
            Ellipsis,
            Tensor,
        }

        /// <summary>As many whole dimensions as are left.</summary>
        public static readonly TensorIndex Ellipsis = new() { What = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new() { What = Kind.NewDimension };

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex Null = new() { What = Kind.NewDimension };

        /// <summary>A whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        internal Kind What { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Places { get; private init; }

        /// <summary>A range, from start to before stop, in steps; negative places count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { What = Kind.Slice, Start = start, Stop = stop, Step = step };

        /// <summary>A range such as 1..^2.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value);

        /// <summary>One place; the dimension goes away.</summary>
        public static TensorIndex Single(long? index) => new() { What = Kind.Single, Start = index };

        /// <summary>The places that a tensor of whole numbers names, or where one of booleans holds.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { What = Kind.Tensor, Places = tensor };

        /// <summary>One place.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range such as 1..^2.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One place such as ^1.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>
        /// Never meant to run: it tells the compiler that a number in brackets is a place rather than a tensor of places.
        /// </summary>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("an index is no tensor");
    }
}
