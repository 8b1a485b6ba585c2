using Motion.Torch;

namespace TorchSharp;

/// <summary>Kinds of devices; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA graphics card.</summary>
    CUDA = 1,
}

public static partial class torch
{
    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>; anything else is an <see cref="ArgumentException"/>.</summary>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            var numbered = parts.Length == 2;
            var place = -1;
            if (parts.Length > 2
                || !Enum.GetNames<DeviceType>().Contains(parts[0], StringComparer.OrdinalIgnoreCase)
                || (numbered && !int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out place)))
            {
                throw new ArgumentException($"'{description}' is no device: cpu, cuda or cuda:0 were expected", nameof(description));
            }

            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            index = place;
        }

        /// <summary>A device of a kind; index -1 is the current one.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The kind.</summary>
        public DeviceType type { get; }

        /// <summary>Which one of its kind, from 0; -1 is the current one.</summary>
        public int index { get; }

        internal long Packed => (long)type | ((long)index << 8);

        /// <summary>Reads a device's name.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : index < 0 ? "cuda" : $"cuda:{index}";
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current graphics card; a <see cref="TorchException"/> says why there is none.</summary>
    public static Device CUDA => device(DeviceType.CUDA);

    /// <summary>Reads a device's name and makes sure that the device exists.</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));

    /// <summary>A device of a kind that is made sure to exist.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>The device that factories take when none is asked for.</summary>
    public static Device get_default_device() => CPU;

    /// <summary>Makes sure that a device exists; null is the processor. A <see cref="TorchException"/> says what was found instead.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        if (device.type == DeviceType.CUDA)
        {
            var found = cuda.device_count();
            if (found == 0 || device.index >= found)
            {
                var library = TorchLibrary.Describe();
                throw new TorchException(
                    $"device {device} was asked for, but libtorch {library.Version} at {library.Path} sees {found} CUDA devices. "
                    + "Use cpu, or choose a libtorch with CUDA through TORCH_DIR on a machine with an NVIDIA driver.");
            }
        }

        return device;
    }

    /// <summary>Graphics cards.</summary>
    public static partial class cuda
    {
        /// <summary>Whether libtorch was built for CUDA and sees a device.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many devices libtorch sees.</summary>
        public static int device_count() => Motion.Torch.Native.NativeMethods.CudaDevices();

        /// <summary>Waits until the device has done what it was given; null is the current one.</summary>
        public static void synchronize(Device? device = null) =>
            Motion.Torch.Native.NativeMethods.Check(Motion.Torch.Native.NativeMethods.Synchronize(device?.index ?? -1));
    }

    /// <summary>Whether libtorch was built for CUDA and sees a device.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>How many threads one operator may use.</summary>
    public static int get_num_threads() => Motion.Torch.Native.NativeMethods.Threads();

    /// <summary>Limits the threads that one operator, matrix products included, may use.</summary>
    public static void set_num_threads(int num) =>
        Motion.Torch.Native.NativeMethods.Check(Motion.Torch.Native.NativeMethods.SetThreads(num));
}
