using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Converted to a type; itself as a new reference when it has that type already, unless a copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Then(Aten.ToDtype.Call(this, type, non_blocking, copy), disposeAfter);

        /// <summary>Converted to a type.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>Moved to a device; itself as a new reference when it is there already, unless a copy is asked for.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>Moved to a device.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>Converted to a type and moved to a device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Then(Aten.ToDevice.Call(this, InitializeDevice(device), type, non_blocking, copy), disposeAfter);

        /// <summary>Converted and moved to the type and device of another.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>Converted to the type of another.</summary>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>Moved to the processor.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>A copy in memory that a graphics card reads and writes by itself, without the processor's help.</summary>
        public Tensor pin_memory() => Aten.PinMemory.Call(this);

        /// <summary>Moved to a graphics card, the current one unless one is named.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? new Device(DeviceType.CUDA), non_blocking: non_blocking);

        /// <summary>Converted to single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>Converted to double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>Converted to whole numbers of 64 bits.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>Converted to whole numbers of 32 bits.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>Converted to booleans: what is not 0 holds.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        private Tensor Then(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
