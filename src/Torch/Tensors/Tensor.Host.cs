using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Its memory, to read and write without a copy while the tensor lives; it must be contiguous, on the processor and below 2 GiB,
        /// else an <see cref="InvalidOperationException"/> says what it is.
        /// </summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous() || device_type != DeviceType.CPU)
                {
                    throw new InvalidOperationException(
                        $"the memory of {this} cannot be read in place: it must be contiguous() and on the cpu()");
                }

                return new Span<byte>((void*)DataPointer(), checked((int)(NumberOfElements * ElementSize)));
            }

            set
            {
                var own = bytes;
                if (own.Length != value.Length)
                {
                    throw new ArgumentException($"{value.Length} bytes do not fill {this}, which takes {own.Length}");
                }

                value.CopyTo(own);
            }
        }

        /// <summary>Its elements, to read in order; from a graphics card a copy.</summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (HostType.Of<T>() != dtype)
            {
                throw new ArgumentException($"{this} does not hold {typeof(T).Name}; convert it first");
            }

            return new(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>Its one element.</summary>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"{this} has {NumberOfElements} elements, not 1");
            }

            return data<T>()[0];
        }

        /// <summary>Its one element, as a number of any type.</summary>
        public unsafe Scalar ToScalar()
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"{this} has {NumberOfElements} elements, not 1");
            }

            var host = device_type == DeviceType.CPU ? this : cpu();
            var first = host.DataPointer();
            Scalar value = host.dtype switch
            {
                ScalarType.Byte => *(byte*)first,
                ScalarType.Int8 => *(sbyte*)first,
                ScalarType.Int16 => *(short*)first,
                ScalarType.Int32 => *(int*)first,
                ScalarType.Int64 => *(long*)first,
                ScalarType.Float16 => (float)*(Half*)first,
                ScalarType.BFloat16 => BitConverter.Int32BitsToSingle(*(ushort*)first << 16),
                ScalarType.Float32 => *(float*)first,
                ScalarType.Float64 => *(double*)first,
                ScalarType.Bool => *(bool*)first,
                _ => throw new ArgumentException($"{this} has no number that the host knows"),
            };
            GC.KeepAlive(host);
            return value;
        }
    }
}

/// <summary>Elements as numbers of the host.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The one element in single precision.</summary>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The one element in double precision.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The one element, cut to 32 bits.</summary>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The one element, cut to a whole number.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>Whether the one element is not 0.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>A parameter over the tensor, which it takes over.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        _ => 8,
    };
}

/// <summary>Which element type holds a type of the host.</summary>
internal static class HostType
{
    internal static torch.ScalarType? Of<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Byte => torch.ScalarType.Byte,
        TypeCode.SByte => torch.ScalarType.Int8,
        TypeCode.Int16 => torch.ScalarType.Int16,
        TypeCode.Int32 => torch.ScalarType.Int32,
        TypeCode.Int64 => torch.ScalarType.Int64,
        TypeCode.Single => torch.ScalarType.Float32,
        TypeCode.Double => torch.ScalarType.Float64,
        TypeCode.Boolean => torch.ScalarType.Bool,
        _ => typeof(T) == typeof(Half) ? torch.ScalarType.Float16 : null,
    };
}
