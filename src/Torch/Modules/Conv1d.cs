using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp
{
    /// <summary>What stands beyond the ends.</summary>
    public enum PaddingModes
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,

        /// <summary>What lies before the end, in reverse.</summary>
        Reflect = 1,

        /// <summary>The end, again and again.</summary>
        Replicate = 2,

        /// <summary>The other end.</summary>
        Circular = 3,

        /// <summary>One value.</summary>
        Constant = 4,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Filters slid along the last dimension.</summary>
    public sealed class Conv1d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Conv1d(torch.Tensor filters, bool bias, long stride, long padding, long dilation, long groups)
            : base(nameof(Conv1d))
        {
            (this.stride, this.padding, this.dilation, this.groups) = ([stride], [padding], [dilation], groups);
            register_parameter(nameof(weight), filters.AsParameter());
            torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (bias)
            {
                var (fanIn, _) = torch.nn.init.CalculateFanInAndFanOut(weight);
                var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
                register_parameter(nameof(bias), torch.empty([weight.size(0)], weight.dtype, weight.device).AsParameter());
                torch.nn.init.uniform_(this.bias!, -bound, bound);
            }
        }

        /// <summary>Places from one window to the next.</summary>
        public long[] stride { get; }

        /// <summary>Zeros put at either end.</summary>
        public long[]? padding { get; }

        /// <summary>Places between the elements of a window.</summary>
        public long[] dilation { get; }

        /// <summary>How many parts the channels are cut into, each filtered alone.</summary>
        public long groups { get; }

        /// <summary>The filters [out, in / groups, width], at first even within ±1/√(in width / groups).</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ReplaceParameter(nameof(weight), value);
        }

        /// <summary>Added to each output [out], or null.</summary>
        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ReplaceParameter(nameof(bias), value);
        }

        /// <summary>[sample, in, length] to [sample, out, windows].</summary>
        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.conv1d(input, weight, bias, stride[0], padding![0], dilation[0], groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Filters slid along the last dimension. Padding is with zeros; other modes are an <see cref="ArgumentException"/>.</summary>
            public static Conv1d Conv1d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                if (padding_mode != PaddingModes.Zeros)
                {
                    throw new ArgumentException($"padding with {padding_mode} is not bound: pad the input with functional.pad", nameof(padding_mode));
                }

                return new(empty(out_channels, in_channels / groups, kernel_size, dtype, device), bias, stride, padding, dilation, groups);
            }

            public static partial class functional
            {
                /// <summary>Filters [out, in / groups, width] slid along the last dimension of [sample, in, length].</summary>
                public static Tensor conv1d(
                    Tensor input,
                    Tensor weight,
                    Tensor? bias = null,
                    long? stride = null,
                    long? padding = null,
                    long? dilation = null,
                    long groups = 1) =>
                    Aten.Conv1d.Call(
                        input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 }, groups);

                /// <summary>More places before and after the last dimension, the one before it, and so on, in pairs.</summary>
                public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                    Aten.Pad.Call(input, pad, Word(mode), mode == PaddingModes.Constant ? value : Argument.None);

                private static string Word(PaddingModes mode) => mode switch
                {
                    PaddingModes.Reflect => "reflect",
                    PaddingModes.Replicate => "replicate",
                    PaddingModes.Circular => "circular",
                    _ => "constant",
                };
            }
        }
    }
}
