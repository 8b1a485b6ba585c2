using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>How many dimensions it has.</summary>
        public long Dimensions => Query(Property.Dimensions);

        /// <summary>How many dimensions it has.</summary>
        public long ndim => Dimensions;

        /// <summary>How many elements it has.</summary>
        public long NumberOfElements => Query(Property.Elements);

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Query(Property.ElementSize);

        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)Query(Property.Dtype);

        /// <summary>The kind of device it lives on.</summary>
        public DeviceType device_type => (DeviceType)Query(Property.DeviceType);

        /// <summary>Which device of its kind it lives on.</summary>
        public int device_index => (int)Query(Property.DeviceIndex);

        /// <summary>Where it lives.</summary>
        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        /// <summary>Whether it lives on a graphics card.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether it was not made by an operator that automatic differentiation recorded.</summary>
        public bool is_leaf => Query(Property.IsLeaf) != 0;

        /// <summary>Its sizes, as a new array.</summary>
        public long[] shape => Sizes();

        /// <summary>How many dimensions it has.</summary>
        public long dim() => Dimensions;

        /// <summary>How many elements it has.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>Whether its elements are real numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether its elements are whole numbers or booleans.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether its elements lie in memory in the order of its dimensions, without gaps.</summary>
        public bool is_contiguous() => Query(Property.IsContiguous) != 0;

        /// <summary>Elements between the start of its memory and its first element.</summary>
        public long storage_offset() => Query(Property.StorageOffset);

        /// <summary>Its sizes, as a new array.</summary>
        public long[] size() => Sizes();

        /// <summary>The size of one dimension; a negative one counts from the end.</summary>
        public unsafe long size(int dim)
        {
            var rank = (int)Dimensions;
            var place = dim < 0 ? dim + rank : dim;
            if ((uint)place >= (uint)rank)
            {
                throw new Motion.Torch.TorchException($"size({dim}): the tensor {Describe()} has {rank} dimensions");
            }

            var sizes = stackalloc long[rank];
            NativeMethods.Sizes(Handle, sizes);
            GC.KeepAlive(this);
            return sizes[place];
        }

        /// <summary>Elements between neighbours along each dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides)
            {
                NativeMethods.Strides(Handle, first);
            }

            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>Type, shape and device, for people.</summary>
        public override string ToString() => IsInvalid ? "disposed" : $"{Describe()}, device = {device}";

        internal string Describe() => $"[{string.Join("x", shape)}], type = {dtype}";

        internal nint DataPointer() => (nint)Query(Property.DataPointer);

        private long Query(Property property)
        {
            var answer = NativeMethods.Query(Handle, property);
            GC.KeepAlive(this);
            return answer;
        }

        private unsafe long[] Sizes()
        {
            var sizes = new long[Dimensions];
            fixed (long* first = sizes)
            {
                NativeMethods.Sizes(Handle, first);
            }

            GC.KeepAlive(this);
            return sizes;
        }
    }
}
