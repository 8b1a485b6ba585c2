using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Part of it: a view unless places are named by tensors. Setting copies a value in, broadcast.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at the places that tensors name, one for each dimension from the first.</summary>
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One place of the first dimension, as a view.</summary>
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        /// <summary>One place of the first two dimensions, as a view.</summary>
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2));
        }

        /// <summary>One place of the first three dimensions, as a view.</summary>
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3));
        }

        /// <summary>Part of it: a view unless places are named by tensors.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, places) = Viewed(indices);
            return scope.MoveToOuter(places is null ? view : Aten.IndexTensor.Call(view, Argument.Optional(places)));
        }

        /// <summary>The elements at the places that tensors name, one for each dimension from the first.</summary>
        public Tensor index(params Tensor[] indices) => Aten.IndexTensor.Call(this, Argument.Optional(indices));

        /// <summary>Puts a value, broadcast, at part of it. Returns itself.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Puts a value, broadcast, at part of it, or adds it there, also where a place is named twice. Returns itself.</summary>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var scope = NewDisposeScope();
            var (view, places) = Viewed(indices);
            if (places is not null)
            {
                Aten.IndexPutInPlace.Apply(view, Argument.Optional(places), value, accumulate);
            }
            else if (accumulate)
            {
                view.add_(value);
            }
            else
            {
                view.copy_(value);
            }

            return this;
        }

        /// <summary>Puts a value, broadcast, at the places that tensors name. Returns itself.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Puts a value, broadcast, at the places that tensors name, or adds it, also where a place is named twice. Returns itself.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Aten.IndexPutInPlace.Apply(this, Argument.Optional(indices), value, accumulate);
            return this;
        }

        /// <summary>The part that places, ranges and new dimensions give, and the tensors that then name places in it, by dimension.</summary>
        private (Tensor View, Tensor?[]? Places) Viewed(TensorIndex[] indices)
        {
            var left = Dimensions - indices.Sum(index => index.What switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor => Takes(index.Places!),
                _ => 0,
            });
            var view = alias();
            var dimension = 0L;
            List<Tensor?>? places = null;
            foreach (var index in indices)
            {
                switch (index.What)
                {
                    case TensorIndex.Kind.Single:
                        view = view.select(dimension, index.Start ?? 0);
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Aten.SliceTensor.Call(view, dimension++, index.Start, index.Stop, index.Step ?? 1);
                        break;
                    case TensorIndex.Kind.NewDimension:
                        view = view.unsqueeze(dimension++);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dimension += left;
                        break;
                    default:
                        places ??= [];
                        while (places.Count < dimension)
                        {
                            places.Add(null);
                        }

                        places.Add(index.Places);
                        dimension += Takes(index.Places!);
                        break;
                }
            }

            return (view, places?.ToArray());
        }

        /// <summary>How many dimensions a tensor that names places speaks about: one of booleans, all that it has.</summary>
        private static long Takes(Tensor places) => places.dtype == ScalarType.Bool ? places.Dimensions : 1;
    }
}
